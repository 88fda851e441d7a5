"""Which dossiers a reminder may be due for, read narrowly and by index."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q

from dossiers.choices import AWAITING_STATUSES, RUNNING_STATUSES, Status
from dossiers.models import Assignment, Dossier, Step
from dossiers.reminders.rules import LAST_DAY, UNCOLLECTED_DAYS, Facts, Reminder, list_due
from portal.accounts import selectors as accounts
from portal.accounts.choices import Role
from portal.accounts.workcalendar import WorkCalendar

if TYPE_CHECKING:
    from portal.accounts.models import User

LONGEST_BREAK: Final = timedelta(days=16)
"""So far ahead a promised day may lie whose last working day before it is today: Tết is the longest break."""


def find_due(since: datetime, now: datetime) -> list[Reminder]:
    """Everything that fell due after `since` and not after `now`. Few queries, one more per agency's calendar."""
    calendars = _Calendars()
    return [
        found for row in _list_candidates(since, now) for found in list_due(_read(row, calendars), since, now)
    ]


def read_facts(dossier: Dossier) -> Facts:
    """The same of a row that was just read again, but for what is due soon to officers."""
    return Facts(
        dossier.pk, dossier.status, dossier.answer_by, dossier.warned_at, dossier.due_at, dossier.resolved_at
    )


def list_holders(dossier_ids: Collection[UUID]) -> "Mapping[UUID, list[User]]":
    """Who has to act on each dossier: who holds its step, else the case officers of the step's agency, else the
    head of the desk. Two queries, and one for each agency with nobody assigned."""
    steps = {row.dossier_id: row for row in Step.objects.filter(dossier__in=dossier_ids, ended_at=None)}
    rows = Assignment.objects.filter(step__in=[step.pk for step in steps.values()], until=None)
    held = {row.step_id: row.membership.user for row in rows.select_related("membership__user")}
    found: dict[UUID, list[User]] = {}
    for dossier_id, step in steps.items():
        found[dossier_id] = (
            [held[step.pk]] if step.pk in held else _list_people(step.agency_id, Role.CASE_OFFICER)
        )
    rest = Dossier.objects.filter(pk__in=set(dossier_ids) - found.keys()).values_list("pk", "agency_id")
    return found | {pk: _list_people(agency, Role.DESK_HEAD) for pk, agency in rest if agency}


class _Calendars:
    """One reading of each agency's calendar for a whole look."""

    def __init__(self) -> None:
        self._known: dict[int, WorkCalendar] = {}

    def get(self, agency_id: int | None) -> WorkCalendar | None:
        if agency_id is None:
            return None
        if agency_id not in self._known:
            self._known[agency_id] = accounts.get_work_calendar(agency_id)
        return self._known[agency_id]


_COLUMNS: Final = ("pk", "status", "answer_by", "warned_at", "due_at", "resolved_at", "agency_id")


def _list_candidates(since: datetime, now: datetime) -> Iterator[tuple[object, ...]]:
    """By the index on `sort_at`, which is the promised day while work runs and the day of the result after it."""
    yield from _rows(Q(status__in=AWAITING_STATUSES, answer_by__gt=now, answer_by__lte=now + LAST_DAY))
    yield from _rows(Q(status__in=RUNNING_STATUSES, sort_at__gt=since, sort_at__lte=now + LONGEST_BREAK))
    spans = (Q(sort_at__gt=since - _days(n), sort_at__lte=now - _days(n)) for n in UNCOLLECTED_DAYS)
    for span in spans:
        yield from _rows(Q(status=Status.RESOLVED) & span)


def _rows(wanted: Q) -> Iterable[tuple[object, ...]]:
    return Dossier.objects.filter(wanted).order_by("pk").values_list(*_COLUMNS).iterator()


def _read(row: tuple[object, ...], calendars: _Calendars) -> Facts:
    pk, status, answer_by, warned_at, due_at, resolved_at, agency_id = row
    calendar = calendars.get(agency_id) if status in RUNNING_STATUSES else None  # type: ignore[arg-type]
    return Facts(pk, status, answer_by, warned_at, due_at, resolved_at, calendar)  # type: ignore[arg-type]


def _list_people(agency_id: int, role: Role) -> "list[User]":
    return [membership.user for membership in accounts.list_officers(agency_id, role)]


def _days(count: int) -> timedelta:
    return timedelta(days=count)
