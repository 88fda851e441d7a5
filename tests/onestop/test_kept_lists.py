"""Work lists are kept as they were drawn, and an officer still sees every change at once."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.choices import STAGES, Stage
from dossiers.desk import build_place
from dossiers.models import DeskEntry, Dossier
from dossiers.selectors import get_desk_revision
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories import states
from tests.factories.dossiers import Desk, file_birth
from tests.factories.people import make_officer
from tests.onestop.conftest import SignIn

DESK = "/onestop/"
QUERIES_OF_A_KEPT_PAGE = 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def test_a_new_dossier_shows_at_once(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.reception)
    first = file_birth(desk)
    assert str(first.code) in client.get(DESK).content.decode()
    second = file_birth(desk)
    assert str(second.code) in client.get(DESK).content.decode()


def test_a_step_taken_shows_at_once(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.reception)
    dossier = states.submitted(desk)
    assert "Đã nộp, chờ tiếp nhận" in client.get(DESK).content.decode()
    revision = get_desk_revision(desk.agency.pk)
    states.accepted(desk)
    assert get_desk_revision(desk.agency.pk) > revision
    assert "Đã tiếp nhận" in client.get(DESK).content.decode()
    assert dossier.code


def test_a_kept_page_costs_few_queries(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.reception)
    file_birth(desk)
    drawn = client.get(DESK).content
    with CaptureQueriesContext(connection) as captured:
        kept = client.get(DESK).content
    assert len(captured) <= QUERIES_OF_A_KEPT_PAGE
    assert TOKEN.sub("", kept.decode()) == TOKEN.sub("", drawn.decode())


def test_everybody_gets_an_own_page_with_an_own_token(desk: Desk, sign_in: SignIn) -> None:
    file_birth(desk)
    colleague = make_officer(Role.DESK_HEAD, agency=desk.agency)
    pages = [sign_in(officer).get(DESK).content.decode() for officer in (desk.reception, colleague)]
    assert colleague.user.full_name in pages[1]
    assert colleague.user.full_name not in pages[0]
    tokens = [set(TOKEN.findall(page)) for page in pages]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_the_token_of_a_kept_page_is_taken(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reception.user)
    for _time in range(2):
        token = TOKEN.findall(client.get(DESK).content.decode())[0]
    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert client.post("/accounts/logout/", {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize(
    "begin",
    [
        states.submitted,
        states.accepted,
        states.processing,
        states._ask_supplement(states.submitted),
        states.resolved,
        states.returned,
    ],
)
def test_the_line_of_a_dossier_says_what_the_dossier_says(desk: Desk, begin: object) -> None:
    dossier = Dossier.objects.get(pk=begin(desk).pk)  # type: ignore[operator]
    lines = {line.agency_id: line for line in DeskEntry.objects.filter(dossier=dossier)}
    assert set(lines) == set(dossier.agencies.filter(until=None).values_list("agency_id", flat=True))
    for line in lines.values():
        assert line.stage == STAGES[dossier.status]
        assert (line.sort_at, line.is_promised) == build_place(dossier)


@pytest.mark.parametrize(
    ("status", "due_in", "check_in", "expected_in", "is_promised"),
    [
        ("submitted", None, 1, 1, True),
        ("submitted", 5, 1, 1, True),
        ("processing", 5, None, 5, True),
        ("awaiting_supplement", None, None, 9, False),
        ("awaiting_payment", 5, None, 5, True),
        ("resolved", 5, None, 9 + 90, False),
        ("returned", 5, None, 9, False),
    ],
)
def test_an_agency_is_late_only_with_what_it_owes(
    status: str, due_in: int | None, check_in: int | None, expected_in: int, is_promised: bool
) -> None:
    moment = clock.now()

    def after(days: int | None) -> datetime | None:
        return None if days is None else moment + timedelta(days=days)

    dossier = Dossier(
        status=status, due_at=after(due_in), check_by=after(check_in), sort_at=moment + timedelta(days=9)
    )
    assert build_place(dossier) == (after(expected_in), is_promised)


def test_every_filed_status_has_a_stage_and_every_stage_a_status() -> None:
    assert set(STAGES.values()) == set(Stage)
    assert "draft" not in STAGES
