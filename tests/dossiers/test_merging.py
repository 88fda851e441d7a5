"""Dossiers of merged agencies: handed over whole, under their old codes, one by one."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from dossiers import commands as c
from dossiers import numbering, takeover
from dossiers.choices import END_STATUSES, Status
from dossiers.handover import count_waiting
from dossiers.models import Assignment, DeskEntry, Dossier, DossierAgency, Step
from dossiers.selectors import DeskFilter, list_desk
from dossiers.services import acting, merging, tracking
from dossiers.services.drafts import start_draft
from dossiers.services.merging import hand_over_due
from dossiers.work import Work
from portal.accounts import acting as accounts
from portal.accounts import selectors
from portal.accounts.actor import Actor
from portal.accounts.choices import Door
from portal.accounts.mergers import plan_merger
from portal.accounts.models import Agency
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import LockTimeout, NotFound
from portal.core.integrity import integrity_checks
from portal.notifications.models import Message
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import SYSTEM, Officer, make_agency, make_officer
from tests.factories.states import STATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def successor(desk: Desk) -> Agency:
    return make_agency(name="Ủy ban nhân dân xã Sông Mới")


def _merge(desk: Desk, successor: Agency, on: date | None = None) -> merging.HandOver:
    merger = plan_merger([desk.agency.code], into=successor.code, on=on or clock.today())
    return merging.merge_agencies(merger, actor=SYSTEM)


def _at_successor(officer: Officer, successor: Agency) -> Actor:
    membership = selectors.find_current_membership(officer.user.pk, successor.pk)
    assert membership is not None
    return accounts.build_officer(officer.user, membership, Door.DESK, None)


def _run(*arguments: str) -> str:
    said = StringIO()
    call_command("merge_agencies", *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(filter(None, state)))
def test_a_dossier_of_every_state_goes_over(
    desk: Desk, successor: Agency, state: tuple[str, str | None]
) -> None:
    dossier = STATES[state](desk)
    _merge(desk, successor)
    moved = Dossier.objects.get(pk=dossier.pk)
    assert (moved.status, moved.code, moved.due_at) == (dossier.status, dossier.code, dossier.due_at)
    assert moved.agency == successor
    assert not DossierAgency.objects.filter(dossier=moved, until=None, agency=desk.agency).exists()
    assert not DeskEntry.objects.filter(dossier=moved, agency=desk.agency).exists()
    assert count_waiting([desk.agency.pk]) == 0
    if moved.status != Status.DRAFT:
        assert DeskEntry.objects.filter(dossier=moved, agency=successor).exists()
        last = moved.events.order_by("seq").last()
        assert last is not None
        assert last.kind == "take_over"
        assert last.payload is not None
        assert last.payload["reason"] == f"{desk.agency.name} đã sáp nhập vào {successor.name}."
        told = Message.objects.filter(event="dossier.taken_over").exists()
        assert told is (moved.status not in END_STATUSES)
    call_command("verify_history", stdout=StringIO())
    assert not [fault for name in ("counters", "filings") for fault in integrity_checks.get(name)()]


def test_the_case_goes_on_with_the_same_people(desk: Desk, successor: Agency) -> None:
    dossier = states.processing(desk)
    _merge(desk, successor)
    moved = Dossier.objects.get(pk=dossier.pk)
    step = Step.objects.get(dossier=moved, ended_at=None)
    held = Assignment.objects.get(step=step, until=None)
    assert step.agency == successor
    assert (held.membership.user, held.membership.agency) == (desk.case_officer.user, successor)

    officer, approver = (_at_successor(who, successor) for who in (desk.case_officer, desk.approver))
    moved = acting.transfer(moved.pk, actor=officer, version=moved.version, step="ky_duyet", assignee_id=None)
    command = make.resolve_command("giay_phep")
    moved = acting.perform(moved.pk, command, actor=approver, version=moved.version)
    assert moved.status == Status.RESOLVED
    with pytest.raises(NotFound):
        acting.perform(moved.pk, command, actor=desk.approver.actor, version=moved.version)


def test_a_step_of_somebody_who_left_is_held_by_nobody(desk: Desk, successor: Agency) -> None:
    dossier = states.processing(desk)
    desk.case_officer.user.memberships.update(until=clock.now())
    _merge(desk, successor)
    assert not Assignment.objects.filter(step__dossier=dossier, until=None).exists()


def test_an_old_code_is_tracked_and_scanned_at_the_successor(desk: Desk, successor: Agency) -> None:
    dossier = make.accept(desk, make.file_birth(desk))
    secret = numbering.tracking_secret(dossier.pk, dossier.secret_version)
    _merge(desk, successor)

    assert tracking.track(str(dossier.code), secret, address="test").pk == dossier.pk
    officer = Client()
    officer.force_login(desk.reception.user)
    scanned = officer.get("/onestop/", {"q": str(dossier.code)})
    assert (scanned.status_code, scanned["Location"]) == (302, f"/onestop/dossiers/{dossier.pk}/")
    found = list_desk(_at_successor(desk.reception, successor), DeskFilter(query=dossier.owner_name))
    assert [row.pk for row in found.rows] == [dossier.pk]


def test_what_is_filed_under_the_old_code_is_numbered_by_the_successor(desk: Desk, successor: Agency) -> None:
    old = make.file_birth(desk)
    _merge(desk, successor)
    new = make.file_birth(desk)
    assert str(old.code).startswith(f"{desk.agency.code}-")
    assert (new.agency, str(new.code)[:-11]) == (successor, f"{successor.code}-")


def test_a_draft_is_filed_with_the_successor(desk: Desk, successor: Agency) -> None:
    draft = start_draft(
        make.MARITAL, actor=desk.citizen_actor, case_key="muc_dich_khac", agency_code=desk.agency.code
    )
    done = _merge(desk, successor)
    assert (done.dossiers, done.drafts) == (0, 1)
    assert Dossier.objects.get(pk=draft.dossier_id).agency == successor


def test_two_merged_at_once_leave_one_relation_of_each_kind(desk: Desk, successor: Agency) -> None:
    other = make_desk()
    dossier = make.file_birth(desk)
    redirect = c.Redirect(other.agency.pk, "Thuộc địa bàn xã bên.")
    dossier = acting.perform(dossier.pk, redirect, actor=desk.reception.actor, version=dossier.version)
    codes = [desk.agency.code, other.agency.code]
    merging.merge_agencies(plan_merger(codes, into=successor.code, on=clock.today()), actor=SYSTEM)
    rows = DossierAgency.objects.filter(dossier=dossier, until=None)
    assert sorted(rows.values_list("relation", "agency")) == [
        ("competent", successor.pk), ("receiving", successor.pk), ("returning", successor.pk),
    ]  # fmt: skip


def test_a_merger_to_come_is_carried_out_on_its_day(desk: Desk, successor: Agency) -> None:
    dossier = make.file_birth(desk)
    day = clock.today() + timedelta(days=30)
    assert not _merge(desk, successor, on=day).moved_any
    assert not hand_over_due().moved_any
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        done = hand_over_due()
    assert (done.people, done.dossiers) == (4, 1)
    assert Dossier.objects.get(pk=dossier.pk).agency == successor


def test_what_slips_in_is_found_in_the_next_round(desk: Desk, successor: Agency) -> None:
    _merge(desk, successor)
    Agency.objects.filter(pk=desk.agency.pk).update(
        valid_until=None
    )  # a request that began before the closing
    late = make.file_birth(desk)
    Agency.objects.filter(pk=desk.agency.pk).update(valid_until=clock.today() - timedelta(days=1))
    assert hand_over_due().dossiers == 1
    assert Dossier.objects.get(pk=late.pk).agency == successor
    assert not hand_over_due().moved_any


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The step fails at its end for the dossiers named in the list, after it has written relations and step."""
    broken: list[str] = []
    original = Work.record

    def record(work: Work, kind: str, *rest: object, **more: object) -> None:
        if kind == "take_over" and str(work.dossier.code) in broken:
            raise LockTimeout
        original(work, kind, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Work, "record", record)
    return broken


def test_one_that_fails_is_left_whole_and_done_later(
    desk: Desk, successor: Agency, breaking: list[str]
) -> None:
    bad, good = states.processing(desk), states.accepted(desk)
    breaking.append(str(bad.code))
    done = _merge(desk, successor)
    assert (done.dossiers, list(done.failed)) == (1, [bad.pk])
    untouched = Dossier.objects.get(pk=bad.pk)
    assert (untouched.agency, untouched.version) == (desk.agency, bad.version)
    assert Step.objects.get(dossier=bad, ended_at=None).agency == desk.agency
    assert Dossier.objects.get(pk=good.pk).agency == successor

    with pytest.raises(CommandError, match="1 dossiers are still to be handed over"):
        _run(desk.agency.code, "--into", successor.code)
    breaking.clear()
    assert "everything was handed over" in _run(desk.agency.code, "--into", successor.code)
    assert Dossier.objects.get(pk=bad.pk).agency == successor


def test_the_command_says_what_it_would_do_and_does_it(desk: Desk, successor: Agency) -> None:
    states.processing(desk)
    states.returned(desk)
    arguments = (desk.agency.code, "--into", successor.code)
    said = _run(*arguments, "--dry-run")
    assert "4 people, 0 units, 1 open dossiers, 0 drafts, 1 ended dossiers" in said
    assert "nothing was changed" in said
    assert count_waiting([desk.agency.pk]) == 2
    said = _run(*arguments)
    assert "moved 4 people, 2 dossiers, 0 drafts" in said
    assert "everything was handed over" in said
    assert AuditEntry.objects.get(action="agency.dossiers_moved").detail["dossiers"] == 2
    assert "moved" not in _run(*arguments)


def test_the_command_waits_for_a_day_to_come(desk: Desk, successor: Agency) -> None:
    day = (clock.today() + timedelta(days=3)).isoformat()
    assert "hands over on that day" in _run(desk.agency.code, "--into", successor.code, "--on", day)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["H00.1", "--into", "H00.2"], "Không có cơ quan nào mang mã"),
        (["{own}", "--into", "{own}"], "không thể sáp nhập vào chính mình"),
        (["{own}", "--into", "{other}", "--on", "31/12/2026"], "a date is written"),
    ],
)
def test_the_command_refuses_in_words(desk: Desk, successor: Agency, arguments: list[str], says: str) -> None:
    names = {"own": desk.agency.code, "other": successor.code}
    with pytest.raises(CommandError, match=says):
        _run(*(word.format(**names) for word in arguments))


def test_nobody_but_a_site_admin_or_the_system_hands_over(desk: Desk, successor: Agency) -> None:
    stranger = make_officer("leader", agency=successor).actor
    dossier = make.file_birth(desk)
    assert not takeover.take_over(Work(dossier, SYSTEM), {successor.pk: desk.agency.pk})
    with pytest.raises(Exception, match="site_admin_only"):
        takeover.take_over(Work(dossier, stranger), {desk.agency.pk: successor.pk})
