"""What falls due between the last look and now. Pure rules: data in, reminders out.

The warning 7 days before a wait ends is written by dossiers.services.system, with a line of history; here is the
one of the last day. Who was warned within that day is not told twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from dossiers.choices import RUNNING_STATUSES, Status
from dossiers.deadlines.moments import apologise_by
from dossiers.deadlines.worktime import opening
from portal.accounts.workcalendar import WorkCalendar
from portal.core.clock import VN_TZ, to_local

LAST_DAY: Final = timedelta(days=1)
UNCOLLECTED_DAYS: Final = (30, 60, 90)


class Kind(StrEnum):
    """The end of the notice event's name, `reminder.<kind>`."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    RESULT = "result"
    LATE = "late"
    DUE_SOON = "due_soon"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. `calendar`: of the agency that promised; without it nothing is due soon."""

    dossier_id: UUID
    status: str
    answer_by: datetime | None = None
    warned_at: datetime | None = None
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    calendar: WorkCalendar | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """`event_key` is the same however often and by whomever it is found; `at`: since when it is due."""

    dossier_id: UUID
    kind: Kind
    at: datetime
    event_key: str
    days: int | None = None


def list_due(facts: Facts, since: datetime, now: datetime) -> tuple[Reminder, ...]:
    """Reminders that fell due after `since` and not after `now`, and still make sense."""
    return tuple(found for found in _find(facts, now) if since < found.at <= now)


def _find(facts: Facts, now: datetime) -> Iterator[Reminder]:
    yield from _last_day(facts, now)
    yield from _uncollected(facts, now)
    if facts.status in RUNNING_STATUSES and facts.due_at is not None:
        if now >= facts.due_at:
            yield _remind(facts, Kind.LATE, facts.due_at, facts.due_at)
        else:
            yield from _due_soon(facts, facts.due_at)


def _last_day(facts: Facts, now: datetime) -> Iterator[Reminder]:
    """A wait that ends within a day, unless its 7-day warning came as late as that or has not come yet."""
    kind = {Status.AWAITING_SUPPLEMENT: Kind.SUPPLEMENT, Status.AWAITING_PAYMENT: Kind.PAYMENT}.get(
        Status(facts.status)
    )
    if kind is None or facts.answer_by is None or facts.warned_at is None or now >= facts.answer_by:
        return
    at = facts.answer_by - LAST_DAY
    if facts.warned_at < at:
        yield _remind(facts, kind, at, facts.answer_by)


def _uncollected(facts: Facts, now: datetime) -> Iterator[Reminder]:
    """Only the newest of 30, 60 and 90 days: after a long silence nobody gets three at once."""
    if facts.status != Status.RESOLVED or facts.resolved_at is None:
        return
    passed = [days for days in UNCOLLECTED_DAYS if facts.resolved_at + timedelta(days=days) <= now]
    if passed:
        at = facts.resolved_at + timedelta(days=passed[-1])
        yield _remind(facts, Kind.RESULT, at, facts.resolved_at, passed[-1])


def _due_soon(facts: Facts, due_at: datetime) -> Iterator[Reminder]:
    """From the opening of the last working day before the promised one (Decree 61/2018 Art. 19.9), so that a delay
    can still be announced in time; a holiday in between moves it to before the holiday."""
    calendar = facts.calendar
    if calendar is None or not calendar.is_known(to_local(due_at).date()):
        return
    at = opening(apologise_by(due_at, calendar), calendar).replace(tzinfo=VN_TZ)
    yield _remind(facts, Kind.DUE_SOON, at, due_at)


def _remind(facts: Facts, kind: Kind, at: datetime, about: datetime, days: int | None = None) -> Reminder:
    """The key names the day it is about, so a moved date is a new reminder and a repeat is none."""
    round_ = f"{to_local(about):%Y-%m-%d}" + (f"+{days}" if days else "")
    return Reminder(facts.dossier_id, kind, at, f"reminder:{kind}:{facts.dossier_id}:{round_}", days)
