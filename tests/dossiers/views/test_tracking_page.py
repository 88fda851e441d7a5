"""Following a dossier without an account: right, wrong, too often, and from a QR code."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from dossiers.numbering import tracking_secret
from dossiers.services import acting
from portal.core import clock
from tests.dossiers.views.steps import read
from tests.factories.dossiers import Desk, accept, file_birth, start

pytestmark = pytest.mark.django_db
TRACK = "/track/"


def right(dossier: object) -> dict[str, str]:
    return {"code": dossier.code, "secret": tracking_secret(dossier.pk, dossier.secret_version)}  # type: ignore[attr-defined]


def test_code_and_secret_show_the_state_and_no_person(desk: Desk, client: Client) -> None:
    dossier = start(desk, accept(desk, file_birth(desk)))
    answer = client.post(TRACK, right(dossier))
    assert answer["Location"] == TRACK
    page = read(client, TRACK)
    for words in ("Đang giải quyết, đúng hạn", "Hẹn trả kết quả", "Đã tiếp nhận", str(dossier.code)):
        assert words in page, words
    for name in ("Lê Thu Trang", "Đỗ Thị Lý", desk.citizen.full_name, dossier.owner_name):
        assert name not in page, name
    assert page == read(client, TRACK)


@pytest.mark.parametrize(
    "write", [str.lower, lambda text: f" {text[:4]} - {text[4:]} ", lambda text: text.replace("0", "o")]
)
def test_the_secret_is_read_as_people_type_it(desk: Desk, client: Client, write: object) -> None:
    typed = right(file_birth(desk))
    typed = {"code": typed["code"].lower(), "secret": write(typed["secret"])}  # type: ignore[operator]
    assert client.post(TRACK, typed).status_code == 302


def test_wrong_and_unknown_answer_alike(desk: Desk, client: Client) -> None:
    dossier = file_birth(desk)
    pages = []
    for code in (str(dossier.code), "H99.9-261123-9999"):
        answer = client.post(TRACK, {"code": code, "secret": "00000000"})
        assert answer.status_code == 422
        token = answer.content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        pages.append(answer.content.decode().replace(code, "CODE").replace(token, ""))
    assert pages[0] == pages[1]
    assert "Mã hồ sơ hoặc mã tra cứu chưa đúng" in pages[0]


@pytest.mark.parametrize(
    "typed", [{}, {"code": "x"}, {"secret": "y"}, {"code": "x" * 99, "secret": "y" * 99}]
)
def test_an_unfinished_form_comes_back(client: Client, typed: dict[str, str]) -> None:
    answer = client.post(TRACK, typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_twenty_failures_close_the_door_for_a_while(desk: Desk, client: Client) -> None:
    dossier = file_birth(desk)
    for _failure in range(20):
        assert client.post(TRACK, {"code": "H1-1-1", "secret": "00000000"}).status_code == 422
    answer = client.post(TRACK, right(dossier))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "quá nhiều lần" in answer.content.decode()
    assert client.get(TRACK, right(dossier), follow=True).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").post(TRACK, right(dossier)).status_code == 302


def test_a_qr_code_leaves_no_secret_in_the_address(desk: Desk, client: Client) -> None:
    typed = right(file_birth(desk))
    answer = client.get(TRACK, typed)
    assert answer["Location"] == TRACK
    page = client.get(TRACK, follow=True)
    assert page.redirect_chain == [(TRACK, 302)]
    assert typed["secret"] not in page.content.decode()
    assert "Đã nộp, chờ tiếp nhận" in page.content.decode()


def test_a_wrong_link_keeps_the_code_to_mend(client: Client) -> None:
    page = client.get(TRACK, {"code": "H99.1-261123-0001", "secret": "x"}, follow=True)
    assert page.status_code == 422
    assert 'value="H99.1-261123-0001"' in page.content.decode()
    assert 'value="H99.1-261123-0001"' in read(client, f"{TRACK}?code=H99.1-261123-0001")


def test_another_code_is_a_click_away(desk: Desk, client: Client) -> None:
    client.post(TRACK, right(file_birth(desk)))
    client.get(f"{TRACK}?new=1")
    assert "Xem hồ sơ" in read(client, TRACK)


def test_a_reprint_ends_what_the_old_secret_opened(desk: Desk, client: Client) -> None:
    dossier = file_birth(desk)
    client.post(TRACK, right(dossier))
    acting.reissue_secret(dossier.pk, actor=desk.reception.actor, version=dossier.version)
    assert "Mã tra cứu" in read(client, TRACK)
    assert client.post(TRACK, right(dossier)).status_code == 422


def test_what_was_opened_closes_after_half_an_hour(desk: Desk, client: Client) -> None:
    client.post(TRACK, right(file_birth(desk)))
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert "Mã tra cứu" in read(client, TRACK)


def test_reasons_typed_by_citizens_stay_private(desk: Desk, client: Client) -> None:
    from dossiers import commands as c

    dossier = file_birth(desk)
    command = c.Withdraw("Vợ chồng tôi cãi nhau.")
    acting.perform(dossier.pk, command, actor=desk.citizen_actor, version=dossier.version)
    client.post(TRACK, right(dossier))
    page = read(client, TRACK)
    assert "Đã rút theo yêu cầu" in page
    assert "cãi nhau" not in page
