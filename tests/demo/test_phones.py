"""The simulated providers keep their promises and break them as they are told; the demo's telephone shows it all."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from portal.demo.phones import list_texts
from portal.demo.simulators.phones.server import Phones

SMS = {"from": "MOTCUA", "to": "84912345678", "text": "Ho so da co ket qua", "reference": "r1.sms"}
ZALO = {
    "phone": "84912345678",
    "template_id": "demo.dossier.accepted",
    "template_data": {"code": "H13.36.01-261123-0014", "due_at": "17:00, 26/11/2026"},
    "tracking_id": "r1.zalo",
}


@pytest.fixture
def phones(tmp_path: Path) -> Iterator[Phones]:
    server = Phones(sms_keys={"alpha": "a", "beta": "b"}, zalo_token="z", folder=tmp_path / "phones")
    server.start()
    yield server
    server.stop()


def _post(url: str, body: Any, **headers: str) -> tuple[int, Any]:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


def _sms(phones: Phones, provider: str = "alpha", key: str = "a", **changes: object) -> tuple[int, Any]:
    return _post(f"{phones.url}/{provider}/messages", {**SMS, **changes}, Authorization=f"Bearer {key}")


def _zalo(phones: Phones, token: str = "z", **changes: object) -> tuple[int, Any]:
    return _post(f"{phones.url}/zalo/message/template", {**ZALO, **changes}, access_token=token)


def test_a_repeated_reference_is_answered_alike_and_counted_once(phones: Phones) -> None:
    answers = [_sms(phones) for _ in range(3)] + [_zalo(phones) for _ in range(2)]
    assert {status for status, _body in answers} == {200}
    assert len({body["id"] for _status, body in answers[:3]}) == 1
    assert len({body["data"]["msg_id"] for _status, body in answers[3:]}) == 1

    with urlopen(f"{phones.url}/alpha/books", timeout=10) as answer:
        books = json.load(answer)
    assert (books["messages"], books["repeats"], books["parts"]) == (1, 2, 1)


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"key": "wrong"}, 401, "unauthorized"),
        ({"from": "M" * 12}, 403, "brandname"),
        ({"to": "0912345678"}, 422, "invalid_number"),
        ({"text": "có dấu"}, 422, "text_refused"),
        ({"text": ""}, 422, "text_refused"),
        ({"reference": ""}, 422, "text_refused"),
    ],
)
def test_an_sms_provider_refuses_what_it_says_it_refuses(
    phones: Phones, changes: dict[str, str], status: int, error: str
) -> None:
    answered, body = _sms(phones, **changes)

    assert (answered, body["error"]) == (status, error)
    assert phones.book.list_entries() == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"token": "old"}, -124),
        ({"phone": "84612345678"}, -108),
        ({"template_data": {"code": "x" * 201}}, -112),
        ({"tracking_id": ""}, -112),
    ],
)
def test_zalo_refuses_by_number_with_a_200(phones: Phones, changes: dict[str, Any], error: int) -> None:
    status, body = _zalo(phones, **changes)

    assert (status, body["error"]) == (200, error)


def test_faults_are_switched_from_outside_and_end_after_their_times(phones: Phones) -> None:
    faults = f"{phones.url}/alpha/faults"
    assert _post(faults, {"answer": "5xx", "times": 1})[0] == 200
    assert [_sms(phones)[0], _sms(phones)[0]] == [500, 200]
    assert _sms(phones, "beta", "b")[0] == 200
    _post(faults, {"answer": "busy"})
    assert _sms(phones, reference="r2.sms")[0] == 503
    _post(faults, {"forget": True, "refused": ["84987654321"]})
    assert _sms(phones, to="84987654321")[1]["error"] == "unknown_number"
    for wrong in ({"answer": "nonsense"}, {"unknown": 1}):
        assert _post(faults, wrong)[0] == 400


@pytest.mark.parametrize("body", [[], "x", None])
def test_what_is_no_object_is_refused(phones: Phones, body: object) -> None:
    assert _post(f"{phones.url}/alpha/messages", body)[0] == 400


@pytest.mark.django_db
@pytest.mark.urls("tests.demo.urls")
def test_the_telephone_shows_sms_and_zalo_as_people_read_them(
    phones: Phones, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    _sms(phones)
    _sms(phones, to="84987654321", reference="r2.sms")
    _zalo(phones)

    zalo, sms = list_texts(to="0912 345 678")
    assert (zalo.sender, sms.sender, sms.to) == ("Zalo", "MOTCUA", "0912345678")
    assert "H13.36.01-261123-0014" in zalo.text
    assert "template" not in zalo.text
    page = Client().get("/demo/phone/?to=0987654321")
    assert "0987" in page.content.decode()
    assert len(re.findall("<article", page.content.decode())) == 1
    settings.DEMO = False
    assert Client().get("/demo/phone/").status_code == 404


def test_its_books_outlive_a_kill(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DEMO": "1", "TEST": "1", "DEMO_PHONE_PORT": "0"}
    command = [sys.executable, "-m", "portal.demo.simulators.phones"]
    counts = []
    for _start in range(2):
        with subprocess.Popen(
            command, cwd=django_settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            found = re.search(r"listening on (\S+),", process.stdout.readline())
            assert found is not None
            sms = {"Authorization": "Bearer demo-alpha"}
            counts.append(_post(f"{found[1]}/alpha/messages", SMS, **sms)[1])
            process.send_signal(signal.SIGKILL)
    assert counts[0]["id"] == counts[1]["id"]
    assert (counts[0]["repeated"], counts[1]["repeated"]) == (False, True)
