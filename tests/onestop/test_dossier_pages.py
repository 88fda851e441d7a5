"""A dossier on the desk: who may read it, what it shows, what may be done."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from dossiers import commands as c
from dossiers.models import Attachment, Dossier
from dossiers.services import acting, supplementing
from portal.audit.models import ReadLog
from tests.factories import states
from tests.factories.dossiers import Desk, answers_of, file_birth
from tests.factories.people import Officer, make_officer
from tests.onestop.conftest import SignIn

TABS = ("", "history/", "prints/")


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/onestop/dossiers/{dossier.pk}/{rest}"


@pytest.mark.parametrize("tab", TABS)
def test_the_agency_reads_every_tab_and_it_is_written_down(desk: Desk, sign_in: SignIn, tab: str) -> None:
    dossier = file_birth(desk)
    answer = sign_in(desk.reception).get(address(dossier, tab))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert str(dossier.code) in answer.content.decode()
    assert ReadLog.objects.filter(dossier_id=dossier.pk, user_id=desk.reception.user.pk).count() == 1


@pytest.mark.parametrize("rest", [*TABS, "supplement/", "do/accept/", "receipt.pdf"])
def test_nobody_else_reads_anything(desk: Desk, sign_in: SignIn, rest: str) -> None:
    dossier = file_birth(desk)
    stranger = sign_in(make_officer())
    assert stranger.get(address(dossier, rest)).status_code == 404
    assert sign_in(desk.citizen).get(address(dossier, rest)).status_code == 403
    assert Client().get(address(dossier, rest)).status_code == 302
    assert not ReadLog.objects.exists()


def test_files_are_downloaded_never_run(desk: Desk, sign_in: SignIn) -> None:
    dossier = file_birth(desk)
    file_id = Attachment.objects.get().file_id
    answer = sign_in(desk.reception).get(address(dossier, f"files/{file_id}/"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ReadLog.objects.filter(what=f"file:{file_id}").exists()


def test_a_file_of_another_dossier_is_not_found(desk: Desk, sign_in: SignIn) -> None:
    first, second = file_birth(desk), file_birth(desk)
    other = Attachment.objects.get(dossier=second).file_id
    assert sign_in(desk.reception).get(address(first, f"files/{other}/")).status_code == 404


def test_the_page_shows_answers_papers_people_and_fees(desk: Desk, sign_in: SignIn) -> None:
    page = sign_in(desk.reception).get(address(states.submitted(desk))).content.decode()
    for words in ("Chủ hộ", "ban_ve_thiet_ke.png", "Người nộp: Trần Văn Sông", "75.000", "Diễn biến"):
        assert words in page


def test_what_a_supplement_changed_stands_beside_the_answer(desk: Desk, sign_in: SignIn) -> None:
    dossier = file_birth(desk)
    ask = c.RequestSupplement((c.SupplementItem("Thiếu chữ đệm.", field="child_name"),))
    dossier = acting.perform(dossier.pk, ask, actor=desk.reception.actor, version=dossier.version)
    answers = {**answers_of("1.001193"), "child_name": "Lê Trần Thị Bảo An"}
    supplementing.supplement(dossier.pk, actor=desk.citizen_actor, version=dossier.version, answers=answers)
    page = sign_in(desk.reception).get(address(dossier)).content.decode()
    assert page.count("Đã đổi") == 1
    assert re.search(r"Trước:\s*Lê Trần Bảo An", page)


OFFERS: list[tuple[Callable[[Desk], Dossier], str, list[str], str]] = [
    (
        states.submitted,
        "reception",
        ["accept", "request_supplement", "propose_decline", "redirect", "withdraw", "request_payment"],
        "accept",
    ),
    (states.submitted, "case_officer", ["request_payment"], ""),
    (states.submitted, "head", [], ""),
    (
        states.accepted,
        "case_officer",
        ["request_supplement", "start", "reschedule", "request_payment"],
        "start",
    ),
    (
        states.processing,
        "case_officer",
        ["transfer", "request_supplement", "reschedule", "request_payment"],
        "transfer",
    ),
    (states.at_approval, "approver", ["resolve", "transfer", "stop", "reschedule"], "resolve"),
    (states.processing, "approver", ["transfer", "stop", "reschedule"], "transfer"),
    (states.returned, "reception", [], ""),
]


@pytest.mark.parametrize(("begin", "who", "offered", "primary"), OFFERS)
def test_the_box_holds_exactly_what_may_be_done(
    desk: Desk, sign_in: SignIn, begin: Callable[[Desk], Dossier], who: str, offered: list[str], primary: str
) -> None:
    dossier = begin(desk)
    officer: Officer = getattr(desk, who)
    page = sign_in(officer).get(address(dossier)).content.decode()
    found = set(re.findall(r"/do/([a-z_]+)/", page))
    assert found == set(offered)
    assert page.count('class="button button--wide"') == bool(primary)
    if primary:
        red = (
            page.split('class="button button--wide"')[0][-600:]
            + page.split('class="button button--wide"')[1][:200]
        )
        assert f"/do/{primary}/" in red


def test_a_fee_that_is_due_comes_first(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.resolved(desk)
    page = sign_in(desk.reception).get(address(dossier)).content.decode()
    assert f"/payments/{dossier.fees.get().pk}/" in page
    assert "Thu 75.000" in page


def test_a_leader_only_reads(desk: Desk, sign_in: SignIn, leader: Officer) -> None:
    dossier = file_birth(desk)
    client = sign_in(leader)
    page = client.get(address(dossier)).content.decode()
    assert "/do/" not in page
    answer = client.post(address(dossier, "do/accept/"), {"version": dossier.version})
    assert answer.status_code == 403
    dossier.refresh_from_db()
    assert dossier.status == "submitted"


@pytest.mark.parametrize(
    ("begin", "key"),
    [
        (states.submitted, "filing-notice"),
        (states.accepted, "receipt"),
        (states._ask_supplement(states.submitted), "supplement-request"),
        (states.declined, "decline"),
    ],
)
def test_prints_that_exist_are_pdf(
    desk: Desk, sign_in: SignIn, begin: Callable[[Desk], Dossier], key: str
) -> None:
    dossier = begin(desk)
    client = sign_in(desk.reception)
    assert f"/{key}.pdf" in client.get(address(dossier, "prints/")).content.decode()
    answer = client.get(address(dossier, f"{key}.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert ReadLog.objects.filter(what=f"print:{key}").exists()


@pytest.mark.parametrize("key", ["receipt", "decline", "supplement-request", "khong-co"])
def test_prints_that_do_not_exist_are_not_found(desk: Desk, sign_in: SignIn, key: str) -> None:
    assert sign_in(desk.reception).get(address(states.submitted(desk), f"{key}.pdf")).status_code == 404
