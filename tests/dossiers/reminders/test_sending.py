"""Reminders reach their people exactly once, whatever the beat and the clock do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from dossiers.choices import Status
from dossiers.models import Assignment, Dossier, Step
from dossiers.reminders import finding, sending
from dossiers.services.system import expire_due
from dossiers.tasks import remind_due
from portal.accounts.choices import Role
from portal.notifications.models import Message
from tests.core.races import race
from tests.dossiers.reminders.waiting import NOON, make_supplement, make_waiting, told
from tests.factories.people import make_officer
from tests.payments.owed import Desk, make_desk

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celery.current_app.send_task", lambda *args, **options: None)


@pytest.fixture
def at_noon() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def make_late(desk: Desk | None = None) -> Dossier:
    """Promised for one o'clock today."""
    return make_waiting(desk, status=Status.PROCESSING, due_at=NOON + HOUR, received_at=NOON - 9 * DAY)


def test_the_last_day_is_told_once_to_the_citizen(at_noon: Any) -> None:
    dossier = make_supplement()
    assert remind_due() == 1
    assert remind_due() == 0

    [message] = Message.objects.filter(event="reminder.supplement")
    assert message.user_id == dossier.filed_by_id
    assert message.subject_key == f"dossier:{dossier.pk}"
    assert message.event_key == f"reminder:supplement:{dossier.pk}:2026-12-02"
    assert {row.channel for row in message.deliveries.all()} == {"email", "inapp"}
    assert message.context["answer_by"] == "08:00, thứ Tư, 02/12/2026"


def test_payment_names_what_is_owed(at_noon: Any) -> None:
    dossier = make_supplement()
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.AWAITING_PAYMENT)
    dossier.fees.update(requested_at=NOON - DAY)
    remind_due()

    [message] = Message.objects.filter(event="reminder.payment")
    assert message.context["amount"] == "15.000 đ"


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        ([0 * HOUR, 3 * HOUR], ["supplement"]),  # three hours without beat
        ([0 * HOUR, 11 * HOUR, 13 * HOUR], ["supplement"]),  # over midnight
        ([0 * HOUR, -2 * HOUR, 0 * HOUR], ["supplement"]),  # the clock set back
        ([-6 * HOUR, -5 * HOUR], []),  # too early
        ([19 * HOUR], ["supplement"]),  # found late, still in time
        ([21 * HOUR], []),  # the wait is over
    ],
)
def test_it_comes_once_whenever_somebody_looks(moves: list[timedelta], wanted: list[str]) -> None:
    with time_machine.travel(NOON - DAY, tick=False) as clock:
        make_supplement()
        for move in moves:
            clock.move_to(NOON + move)
            remind_due()
    assert told() == wanted


def test_the_warning_of_seven_days_and_the_last_day_never_come_together() -> None:
    """A short wait is warned once; the last day follows only a day or more later."""
    with time_machine.travel(NOON, tick=False) as clock:
        short, long = make_supplement(), make_supplement(left=6 * DAY)
        Dossier.objects.filter(pk__in=[short.pk, long.pk]).update(warned_at=None)
        assert remind_due() == 0, "the warning comes first"
        expire_due()
        remind_due()
        assert told() == []
        clock.move_to(NOON + 5 * DAY + HOUR)
        expire_due()
        remind_due()
    assert (told(short), told(long)) == ([], ["supplement"])
    warnings = Message.objects.filter(event="dossier.expiry_warning")
    assert warnings.count() == 2


def test_results_after_thirty_sixty_and_ninety_days() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dossier = make_waiting(status=Status.RESOLVED, resolved_at=NOON, received_at=NOON - 9 * DAY)
        for days in (29, 30, 31, 60, 61, 90, 119):
            clock.move_to(NOON + days * DAY)
            remind_due()
            remind_due()
    rows = Message.objects.filter(event="reminder.result").order_by("created_at")
    assert [row.context["days"] for row in rows] == [30, 60, 90]
    assert told(dossier) == ["result"] * 3


def test_a_late_dossier_is_apologised_for_once_for_each_promise() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dossier = make_late()
        remind_due()
        for minutes in (55, 61, 120, 600):
            clock.move_to(NOON + timedelta(minutes=minutes))
            remind_due()
        assert told(dossier) == ["late"]
        moved = NOON + 9 * DAY
        Dossier.objects.filter(pk=dossier.pk).update(
            due_at=moved, sort_at=moved, rescheduled_from=NOON + HOUR
        )
        remind_due()
        clock.move_to(moved + HOUR)
        remind_due()
    apologies = Message.objects.filter(event="reminder.late").order_by("created_at")
    assert [str(row.context["due_at"])[:5] for row in apologies] == ["13:00", "12:00"]


def test_who_holds_the_step_hears_of_a_near_day_and_the_citizen_does_not(at_noon: Any) -> None:
    desk = make_desk()
    dossier = make_waiting(desk, status=Status.PROCESSING, due_at=NOON + DAY, received_at=NOON - 9 * DAY)
    holder, other = (make_officer(Role.CASE_OFFICER, agency=desk.agency) for _ in range(2))
    step = Step.objects.create(dossier=dossier, key="x", kind="x", agency=desk.agency, started_at=NOON)
    Assignment.objects.create(step=step, membership=holder.membership, since=NOON)
    remind_due()
    remind_due()

    [message] = Message.objects.filter(event="reminder.due_soon")
    assert message.user_id == holder.user.pk != other.user.pk
    assert message.subject_key == ""
    assert [row.channel for row in message.deliveries.all()] == ["inapp"]
    assert str(message.context["dossier_url"]).endswith(f"/dossiers/{dossier.pk}/")


def test_a_step_that_nobody_holds_is_told_to_every_case_officer_of_its_agency(at_noon: Any) -> None:
    desk = make_desk()
    dossier = make_waiting(desk, status=Status.PROCESSING, due_at=NOON + DAY, received_at=NOON - 9 * DAY)
    officers = [make_officer(Role.CASE_OFFICER, agency=desk.agency) for _ in range(2)]
    Step.objects.create(dossier=dossier, key="x", kind="x", agency=desk.agency, started_at=NOON)
    remind_due()

    users = set(Message.objects.filter(event="reminder.due_soon").values_list("user_id", flat=True))
    assert users == {officer.user.pk for officer in officers}


def test_who_answered_between_the_look_and_the_write_is_not_reminded(
    at_noon: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = make_supplement()

    def answer(keys: Any) -> frozenset[str]:
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.ACCEPTED, resume_to=None, answer_by=None)
        return frozenset()

    monkeypatch.setattr(sending, "list_told", answer)
    assert remind_due() == 0
    assert told() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_key", [True, False], ids=["with the key", "control: a key of its own"])
def test_two_beats_at_once(monkeypatch: pytest.MonkeyPatch, has_key: bool) -> None:
    with time_machine.travel(NOON, tick=False):
        make_supplement()
        if not has_key:
            found = finding.find_due
            monkeypatch.setattr(
                sending,
                "find_due",
                lambda since, now: [replace(one, event_key=f"x:{uuid4()}") for one in found(since, now)],
            )
            monkeypatch.setattr(sending, "_is_still_due", lambda dossier, reminder: True)
        results = race([remind_due] * 2)

    assert not [one for one in results if isinstance(one, Exception)], results
    assert len(told()) == (1 if has_key else 2)
