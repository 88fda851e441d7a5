"""How long a procedure really takes: receipt to result of the latest dossiers, counted as the law counts days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import ceil

from django.conf import settings

from dossiers.models import Dossier
from portal.accounts.selectors import get_work_calendar
from portal.accounts.workcalendar import WorkCalendar
from portal.core import clock

YEAR = timedelta(days=365)
MOST_DOSSIERS = 200
LEAST_DOSSIERS = 20
_NEARLY_ALL = 0.9
_Row = tuple[datetime, datetime, int]


@dataclass(frozen=True)
class UsualTime:
    """Half of `count` dossiers took at most `median` days, nine in ten at most `nearly_all`; 0: the same day."""

    median: int
    nearly_all: int
    count: int
    in_working_days: bool


def find_usual_time(procedure_id: int) -> UsualTime | None:
    """None with fewer than 20 dossiers of the last twelve months, and in training, which is practice.

    Three queries for the first who asks on a day, none after.
    """
    return None if settings.TRAINING else _find(procedure_id, clock.today())


@lru_cache(maxsize=8192)
def _find(procedure_id: int, on: date) -> UsualTime | None:
    rows = _read(procedure_id, since=datetime.combine(on - YEAR, time(), tzinfo=clock.VN_TZ))
    if len(rows) < LEAST_DOSSIERS:
        return None
    calendar = get_work_calendar(_most_common(agency for _received, _resolved, agency in rows))
    days = [_count_working_days(received, resolved, calendar) for received, resolved, _agency in rows]
    known = [count for count in days if count is not None]
    if len(known) == len(rows):
        return _sum_up(known, in_working_days=True)
    plain = [(_day(resolved) - _day(received)).days for received, resolved, _agency in rows]
    return _sum_up(plain, in_working_days=False)


def _read(procedure_id: int, *, since: datetime) -> list[_Row]:
    """The latest ones with a result."""
    rows = Dossier.objects.filter(
        procedure_id=procedure_id, resolved_at__gte=since, received_at__isnull=False, agency__isnull=False
    )
    found = rows.order_by("-resolved_at").values_list("received_at", "resolved_at", "agency_id")
    return [
        (received, resolved, agency)
        for received, resolved, agency in found[:MOST_DOSSIERS]
        if received and resolved
    ]


def _count_working_days(received: datetime, resolved: datetime, calendar: WorkCalendar) -> int | None:
    """Working days after the day of receipt, the last one included; None where the calendar does not reach."""
    first, last = _day(received), _day(resolved)
    if not (calendar.is_known(first) and calendar.is_known(last)):
        return None
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(1 for day in days if calendar.is_working_day(day))


def _sum_up(days: Sequence[int], *, in_working_days: bool) -> UsualTime:
    ordered = sorted(max(0, count) for count in days)
    return UsualTime(
        median=_at(ordered, 0.5),
        nearly_all=_at(ordered, _NEARLY_ALL),
        count=len(ordered),
        in_working_days=in_working_days,
    )


def _at(ordered: Sequence[int], share: float) -> int:
    """The smallest number of days within which this share of them was done."""
    return ordered[ceil(share * len(ordered)) - 1]


def _most_common(agencies: Iterable[int]) -> int:
    return Counter(agencies).most_common(1)[0][0]


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.VN_TZ).date()
