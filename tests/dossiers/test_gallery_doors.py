"""The form with all types through the real doors: pages without scripts, the API, the printed sheet."""

import json
import unicodedata
from io import BytesIO
from itertools import count
from typing import Any

import jsonschema
import pytest
from django.test import Client
from pypdf import PdfReader

from dossiers.models import Dossier, Filing, Party
from tests.dossiers.views.steps import begin, fill, picture, read, send, sign_in
from tests.factories.catalogue import publish
from tests.factories.dossiers import Desk, make_empty_desk, make_upload
from tests.factories.people import make_verified_user
from tests.procedures.formschema.gallery import ANSWERS, LABELS, gallery_document

pytestmark = pytest.mark.django_db
_keys = count(1)
# what is sent for a type, the part its error stands at
WRONG: list[tuple[str, Any, str]] = [
    ("text", 5, ""), ("text", ["x"], ""), ("text", "x" * 201, ""), ("paragraph", {"a": 1}, ""),
    ("integer", "hai", ""), ("integer", 10**15, ""), ("integer", 1.5, ""), ("integer", True, ""),
    ("decimal", 10**15, ""), ("decimal", 1e300, ""), ("decimal", [], ""), ("money", -1, ""),
    ("money", 10**15, ""), ("date", "2023-02-29", ""), ("date", 20200101, ""), ("date", "2999-01-01", ""),
    ("partial_date", "1990-13", ""), ("time", "24:00", ""), ("choice", "z", ""), ("choice", ["a"], ""),
    ("choices", "a", ""), ("choices", ["a", "z"], ""), ("choices", [1], ""), ("boolean", "yes", ""),
    ("boolean", 1, ""), ("declaration", False, ""), ("declaration", "no", ""), ("person_name", "Hạnh 2", ""),
    ("person_name", "a" * 121, ""), ("identity_document", "037190001234", ".type"),
    ("identity_document", {"type": "zz"}, ".type"), ("identity_document", {"type": "passport"}, ".number"),
    ("identity_document", {"type": "citizen_id", "number": "1"}, ".number"),
    ("national_id", 37190001234, ""), ("national_id", "123456789", ""), ("phone", "0", ""), ("email", "a", ""),
    ("address", "Hà Nội", ".province"), ("address", {"province": "37"}, ".commune"),
    ("address", {"province": "35", "commune": "00001", "line": "Xã cũ"}, ".province"),
    ("address", {"province": "37", "commune": "00001", "line": "Xã cũ"}, ".commune"),
    ("ethnicity", "Sao Hỏa", ""), ("nationality", "ZZ", ""), ("tax_code", "0100233489", ""),
]  # fmt: skip
UNSAID: tuple[Any, ...] = (False, {"type": "passport"})
"""Where nothing must be said, these say nothing."""


@pytest.fixture
def desk() -> Desk:
    return make_empty_desk()


@pytest.fixture
def code() -> str:
    return publish(gallery_document()).procedure.code


@pytest.fixture
def citizen(desk: Desk) -> Client:
    return sign_in(desk.citizen)


def file_through_the_api(citizen: Client, desk: Desk, code: str, answers: Any) -> Any:
    upload = str(make_upload(desk.citizen_actor).pk)
    body = {
        "procedure": code,
        "agency": desk.agency.code,
        "answers": answers,
        "attachments": [{"requirement": "don", "upload": upload}],
    }
    return citizen.post(
        "/api/v1/dossiers",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": f"gallery-{next(_keys)}"},
    )


def print_of(citizen: Client, dossier: Dossier) -> str:
    answer = citizen.get(f"/dossiers/{dossier.pk}/print/answers/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    words = " ".join(page.extract_text() for page in pages).replace("\u200b", "").split()
    return unicodedata.normalize("NFC", " ".join(words))


def test_the_schema_of_the_api_and_its_filing_agree(desk: Desk, citizen: Client, code: str) -> None:
    shape = Client().get(f"/api/v1/procedures/{code}/form").json()["schema"]
    jsonschema.Draft202012Validator.check_schema(shape)
    jsonschema.validate(ANSWERS, shape)
    answer = file_through_the_api(citizen, desk, code, ANSWERS)
    assert answer.status_code == 201, answer.content.decode()
    filed = Filing.objects.get()
    assert filed.answers == ANSWERS
    jsonschema.validate(filed.answers, shape)
    assert {(party.kind, party.name) for party in Party.objects.all()} >= {
        ("person", "K'Brể"),
        ("person", "H'Hen Niê"),
        ("person", "Y Blăm"),
    }


def test_wrong_shapes_are_422_with_their_reason_at_their_path(desk: Desk, citizen: Client, code: str) -> None:
    for kind, value, part in WRONG:
        answer = file_through_the_api(citizen, desk, code, {**ANSWERS, f"t_{kind}": value})
        assert answer.status_code == 422, (kind, ascii(value)[:60], answer.status_code)
        errors = answer.json()["errors"]
        assert f"t_{kind}{part}" in errors, (kind, ascii(value)[:60], errors)
        if value not in UNSAID:
            rows = [{"g_name": "Y Blăm", f"g_{kind}": value}]
            told = file_through_the_api(citizen, desk, code, {**ANSWERS, "t_group": rows})
            assert told.status_code == 422, (kind, ascii(value)[:60], told.status_code)
            assert f"t_group.0.g_{kind}{part}" in told.json()["errors"], (kind, ascii(value)[:60])
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "a\x1bb"])
def test_what_is_no_text_is_refused_before_anything_is_kept(
    desk: Desk, citizen: Client, code: str, value: str
) -> None:
    for answers in ({**ANSWERS, "t_text": value}, {**ANSWERS, value: "x"}):
        assert file_through_the_api(citizen, desk, code, answers).status_code in (400, 422)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("answers", [[], "x", None, 5, {"t_group": {"a": [[[[[]]]]]}}])
def test_answers_of_no_use_are_refused_as_a_whole(
    desk: Desk, citizen: Client, code: str, answers: Any
) -> None:
    assert file_through_the_api(citizen, desk, code, answers).status_code in (400, 422)
    assert not Dossier.objects.exists()


def test_every_missing_answer_is_named(desk: Desk, citizen: Client, code: str) -> None:
    errors = file_through_the_api(citizen, desk, code, {}).json()["errors"]
    for kind in LABELS:
        assert any(path.startswith(f"t_{kind}") for path in errors), kind
    assert {"t_group", "has_pets", "oath"} <= set(errors)
    assert "warehouse" not in " ".join(errors)


def test_it_is_filed_page_by_page_without_a_script_and_printed(
    desk: Desk, citizen: Client, code: str
) -> None:
    dossier_id = begin(citizen, code, desk)
    fill(citizen, dossier_id, ANSWERS, {"don": picture()})
    overview = read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    assert "Quán cơm K&#x27;Brể “Ngon &amp; rẻ” &lt;b&gt;" in overview
    assert send(citizen, dossier_id)["Location"] == f"/dossiers/{dossier_id}/done/"
    assert Filing.objects.get().answers == ANSWERS
    text = print_of(citizen, Dossier.objects.get(pk=dossier_id))
    for words in (
        "BẢN IN LỜI KHAI", "Quán cơm K'Brể “Ngon & rẻ” <b>", "Dòng một dòng hai, thụt vào", "75,5", "1.234.567 đ",
        "29/02/2024", "19:05", "Bán lẻ, Dịch vụ", "Hộ chiếu C1234567", "037190001234", "0912 345 678", "brE@thu.vn",
        "phường Tây Hoa Lư, tỉnh Ninh Bình", "Cơ-ho", "Việt Nam", "0100233488-001", "Người thứ 2", "Y Blăm",
        "Đã cam đoan",
    ):  # fmt: skip
        assert words in text, words


def test_nobody_else_prints_it(desk: Desk, citizen: Client, code: str) -> None:
    file_through_the_api(citizen, desk, code, ANSWERS)
    path = f"/dossiers/{Dossier.objects.get().pk}/print/answers/"
    assert sign_in(make_verified_user()).get(path).status_code == 404
    assert Client().get(path)["Location"].startswith("/accounts/login/")
