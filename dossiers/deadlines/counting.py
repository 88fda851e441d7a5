"""The limit counted from receipt, as if the clock never stopped."""

import calendar as months
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossiers.deadlines import explain, worktime
from dossiers.deadlines.limits import Limit, Unit
from dossiers.deadlines.moments import to_seconds
from portal.accounts.workcalendar import WorkCalendar

# Decree 61/2018 Art. 18.2: hand-over and same-day results only (I2)
SAME_DAY_UNTIL = time(15, 0)


@dataclass(frozen=True)
class Counted:
    """A limit counted out.

    `last_day` is set for limits in calendar days and months: their last day as the calendar
    has it, which may be a day off. `due` is the due moment in wall time.
    """

    due: datetime
    lines: tuple[str, ...]
    last_day: date | None = None


def count_limit(receipt: datetime, limit: Limit, calendar: WorkCalendar) -> Counted:
    """Count `limit` from the effective receipt, in wall time. Raises CalendarUnknown."""
    return _COUNTERS[limit.unit](receipt, limit, calendar)


def _count_working_days(receipt: datetime, limit: Limit, calendar: WorkCalendar) -> Counted:
    whole, part = divmod(limit.amount, 1)
    last = worktime.step_working_days(receipt.date(), int(whole), calendar)
    lines = [explain.receipt_day_excluded(), explain.working_days(limit)]
    if not part:
        lines.append(explain.ends_at_closing())
        return Counted(worktime.closing(last, calendar), tuple(lines))
    # a part of a day is that part of the office's working time on the day after the whole ones
    last = worktime.next_working_day(last, calendar)
    seconds = round(part * worktime.length_of(last, calendar))
    due = worktime.add_seconds(worktime.opening(last, calendar), seconds, calendar)
    return Counted(due, (*lines, explain.part_of_day(seconds)))


def _count_calendar_days(receipt: datetime, limit: Limit, calendar: WorkCalendar) -> Counted:
    last = receipt.date() + timedelta(days=int(limit.amount))
    lines = (explain.receipt_day_excluded(), explain.calendar_days(limit))
    return _count_to(last, lines, calendar)


def _count_months(receipt: datetime, limit: Limit, calendar: WorkCalendar) -> Counted:
    day = receipt.date()
    year, month0 = divmod(day.year * 12 + day.month - 1 + int(limit.amount), 12)
    length = months.monthrange(year, month0 + 1)[1]
    last = date(year, month0 + 1, min(day.day, length))
    lines = [explain.months(limit, last)]
    if day.day > length:
        lines.append(explain.month_too_short(day.day, last))
    return _count_to(last, tuple(lines), calendar)


def _count_to(last: date, lines: tuple[str, ...], calendar: WorkCalendar) -> Counted:
    due = worktime.closing(worktime.roll_forward(last, calendar), calendar)
    return Counted(due, lines, last)


def _count_hours(receipt: datetime, limit: Limit, calendar: WorkCalendar) -> Counted:
    due = worktime.add_seconds(receipt, to_seconds(limit.amount), calendar)
    return Counted(due, (explain.working_hours(limit),))


def _count_same_day(receipt: datetime, _limit: Limit, calendar: WorkCalendar) -> Counted:
    day = receipt.date()
    lines = [explain.same_day()]
    if worktime.is_after(receipt, SAME_DAY_UNTIL):
        lines.append(explain.same_day_too_late())
        day = worktime.next_working_day(day, calendar)
    elif not worktime.is_working_day(day, calendar):
        lines.append(explain.same_day_closed())
        day = worktime.next_working_day(day, calendar)
    lines.append(explain.ends_at_closing())
    return Counted(worktime.closing(day, calendar), tuple(lines))


_COUNTERS: Mapping[str, Callable[[datetime, Limit, WorkCalendar], Counted]] = {
    Unit.WORKING_DAY: _count_working_days,
    Unit.CALENDAR_DAY: _count_calendar_days,
    Unit.DAY: _count_calendar_days,
    Unit.MONTH: _count_months,
    Unit.HOUR: _count_hours,
    Unit.SAME_DAY: _count_same_day,
}
