"""The work list of an agency."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier
from onestop.worklist import build_left, describe_span
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories import states
from tests.factories.dossiers import PERMIT, Desk, Request, file_birth, file_dossier, walk_in
from tests.factories.people import make_officer, make_user
from tests.onestop.conftest import SignIn

DESK = "/onestop/"
MOST_QUERIES = 15


def receive(desk: Desk, name: str) -> Dossier:
    return file_dossier(desk, Request(PERMIT, "nha_o", channel="desk", parties=(walk_in(name),)))


@pytest.mark.parametrize(
    "role", [Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER, Role.LEADER]
)
def test_everybody_who_works_on_dossiers_sees_those_of_the_own_agency(
    desk: Desk, sign_in: SignIn, role: Role
) -> None:
    dossier = file_birth(desk)
    page = sign_in(make_officer(role, agency=desk.agency)).get(DESK).content.decode()
    assert str(dossier.code) in page


@pytest.mark.parametrize("role", [Role.SITE_ADMIN, Role.CATALOGUE_ADMIN])
def test_administrators_see_no_dossier(desk: Desk, sign_in: SignIn, role: Role) -> None:
    client = sign_in(make_officer(role, agency=desk.agency))
    dossier = file_birth(desk)
    assert client.get(DESK).status_code == 403
    assert client.get(f"{DESK}dossiers/{dossier.pk}/").status_code == 403


def test_another_agency_sees_nothing_of_it(desk: Desk, sign_in: SignIn) -> None:
    dossier = file_birth(desk)
    page = sign_in(make_officer()).get(DESK, {"view": "all"}).content.decode()
    assert str(dossier.code) not in page


def test_visitors_sign_in_and_citizens_are_refused(desk: Desk, sign_in: SignIn) -> None:
    assert Client().get(DESK).status_code == 302
    assert sign_in(make_user()).get(DESK).status_code == 403


@pytest.mark.parametrize(
    ("view", "begin"),
    [
        ("new", states.submitted),
        ("working", states.accepted),
        ("working", states.processing),
        ("waiting", states._ask_supplement(states.submitted)),
        ("results", states.resolved),
        ("open", states.resolved),
        ("all", states.returned),
    ],
)
def test_saved_views_hold_what_they_name(desk: Desk, sign_in: SignIn, view: str, begin: object) -> None:
    dossier = begin(desk)  # type: ignore[operator]
    client = sign_in(desk.reception)
    assert str(dossier.code) in client.get(DESK, {"view": view}).content.decode()
    others = {"new", "working", "waiting", "results"} - {view}
    if view in ("new", "working", "waiting", "results"):
        for other in others:
            assert str(dossier.code) not in client.get(DESK, {"view": other}).content.decode()


def test_mine_is_what_i_hold(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.processing(desk)
    assert str(dossier.code) in sign_in(desk.case_officer).get(DESK, {"view": "mine"}).content.decode()
    assert str(dossier.code) not in sign_in(desk.reception).get(DESK, {"view": "mine"}).content.decode()


def test_a_scanned_code_opens_its_dossier(desk: Desk, sign_in: SignIn) -> None:
    dossier = file_birth(desk)
    client = sign_in(desk.reception)
    for scanned in (
        str(dossier.code),
        f" {str(dossier.code).lower()} ",
        f"https://dichvucong.example.vn/track/?code={dossier.code}&secret=7K3M9QXT",
    ):
        answer = client.get(DESK, {"q": scanned})
        assert answer.status_code == 302
        assert answer["Location"] == f"/onestop/dossiers/{dossier.pk}/"


def test_a_code_of_another_agency_only_finds_nothing(desk: Desk, sign_in: SignIn) -> None:
    dossier = file_birth(desk)
    answer = sign_in(make_officer()).get(DESK, {"q": str(dossier.code)})
    assert answer.status_code == 200
    assert "Không thấy hồ sơ nào" in answer.content.decode()


@pytest.mark.parametrize("words", ["bao an", "Lê Trần Bảo", "BẢO AN"])
def test_words_find_the_owner_with_and_without_diacritics(desk: Desk, sign_in: SignIn, words: str) -> None:
    dossier = file_birth(desk)
    assert str(dossier.code) in sign_in(desk.reception).get(DESK, {"q": words}).content.decode()


def test_words_also_find_what_has_ended(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.returned(desk)
    page = sign_in(desk.reception).get(DESK, {"q": dossier.owner_name}).content.decode()
    assert str(dossier.code) in page


@pytest.mark.parametrize(
    "address",
    [
        "?view=khong-co",
        "?q=%27%22%5C%3A*%26",
        "?procedure=abc",
        "?cursor=abc",
        "?q=" + "a" * 3000,
        "?view=late&q=0014",
    ],
)
def test_any_address_gets_a_page(desk: Desk, sign_in: SignIn, address: str) -> None:
    file_birth(desk)
    assert sign_in(desk.reception).get(DESK + address).status_code in (200, 422)


def test_the_pager_keeps_the_filters(desk: Desk, sign_in: SignIn) -> None:
    for n in range(27):
        receive(desk, f"Người thứ {n}")
    client = sign_in(desk.reception)
    page = client.get(DESK, {"view": "new", "procedure": PERMIT}).content.decode()
    href = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "view=new" in href
    assert f"procedure={PERMIT}" in href
    assert client.get(DESK + href).content.decode().count("data-row") == 2


def test_a_long_list_costs_no_more_queries_than_a_short_one(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.case_officer)
    states.processing(desk)
    client.get(DESK)
    short = count_queries(client)
    for n in range(59):
        receive(desk, f"Người thứ {n}")
    states.processing(desk)
    assert count_queries(client) <= short <= MOST_QUERIES


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(DESK, {"view": "all"}).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("status", "offset", "kind", "words"),
    [
        ("processing", timedelta(days=-2, hours=-1), "late", "Quá hạn 2 ngày"),
        ("processing", timedelta(days=9), "", "Còn 9 ngày"),
        ("submitted", timedelta(days=-1), "late", "Quá hạn 1 ngày"),
        ("returned", timedelta(days=-9), "", ""),
    ],
)
def test_lateness_is_said_in_words(status: str, offset: timedelta, kind: str, words: str) -> None:
    moment = clock.now().replace(hour=5, minute=0)
    when = moment + offset
    dossier = Dossier(status=status, due_at=when, check_by=when if status == "submitted" else None)
    left = build_left(dossier, moment)
    assert (left.kind, left.text) == (kind, words)


def test_what_is_due_today_is_amber_with_its_hours() -> None:
    moment = clock.now().replace(hour=2, minute=0)
    left = build_left(Dossier(status="accepted", due_at=moment + timedelta(hours=3)), moment)
    assert (left.kind, left.icon, left.text) == ("warn", "clock", "Còn 3 giờ")
    assert describe_span(moment, moment + timedelta(minutes=5)) == "1 giờ"
