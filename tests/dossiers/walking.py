"""A second opinion on deadlines: a clock that walks minute by minute, sharing no code with the first."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from portal.accounts.workcalendar import WorkCalendar

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EPOCH = datetime.fromisoformat("2025-01-01")
MINUTES = 3 * 365 * 1440

Span = tuple[datetime, datetime]


@cache
def _working_minutes(
    sessions: tuple[tuple[int, int], ...], off: frozenset[date], extra: frozenset[date]
) -> bytes:
    marks = bytearray(MINUTES)
    for index in range(MINUTES):
        day, minute = divmod(index, 1440)
        on = date(2025, 1, 1) + day * DAY
        works = on not in off and (on.weekday() < 5 or on in extra)
        marks[index] = works and any(start <= minute < end for start, end in sessions)
    return bytes(marks)


class Walker:
    """Walks over 2025 to 2027 in an office that works 07:00-11:30 and 13:30-17:00."""

    def __init__(self, calendar: WorkCalendar, *, saturday_reception: bool) -> None:
        self.calendar = calendar
        self.saturday_reception = saturday_reception
        self.marks = _working_minutes(
            ((420, 690), (810, 1020)), calendar.holidays, frozenset(calendar.working_days)
        )

    def works_at(self, moment: datetime) -> bool:
        return bool(self.marks[int((moment - EPOCH) / MINUTE)])

    def works_on(self, day: date) -> bool:
        return self.works_at(datetime.combine(day, time(8)))

    def receives_at(self, moment: datetime) -> bool:
        if not self.saturday_reception or moment.weekday() != 5 or moment.date() in self.calendar.holidays:
            return False
        return (
            moment.date() not in self.calendar.working_days and 420 <= moment.hour * 60 + moment.minute <= 690
        )

    def receipt(self, moment: datetime) -> datetime:
        if self.receives_at(moment) or self.works_at(moment - MINUTE):
            return moment
        while not self.works_at(moment):
            moment += MINUTE
        return moment

    def run_out(self, moment: datetime, minutes: int, pauses: Sequence[Span]) -> datetime:
        """When so many unpaused working minutes have passed."""
        while minutes:
            if self.works_at(moment) and not any(start <= moment < end for start, end in pauses):
                minutes -= 1
            moment += MINUTE
        return moment

    def working_minutes(self, start: datetime, end: datetime) -> int:
        count = 0
        while start < end:
            count += self.works_at(start)
            start += MINUTE
        return count

    def closing(self, day: date) -> datetime:
        return datetime.combine(day, time(17))

    def nth_working_day(self, day: date, count: int) -> date:
        while count:
            day += DAY
            count -= self.works_on(day)
        return day

    def due_after_days(self, receipt: datetime, days: int, pauses: Sequence[Span]) -> datetime:
        """Calendar days: a midnight inside a pause does not begin a new day of the limit."""
        pauses = [(max(start, receipt), end) for start, end in pauses if end > receipt]
        day = receipt.date()
        while days:
            day += DAY
            midnight = datetime.combine(day, time.min)
            days -= not any(start < midnight <= end for start, end in pauses)
        while not self.works_on(day) or self._is_paused_overnight(day, pauses):
            day += DAY
        return self.closing(day)

    def _is_paused_overnight(self, day: date, pauses: Sequence[Span]) -> bool:
        midnight = datetime.combine(day, time.min) + DAY
        return any(start < self.closing(day) and end >= midnight for start, end in pauses)

    def due(self, received: datetime, value: int, unit: str, pauses: Sequence[Span]) -> datetime:
        begin = self.receipt(received)
        if unit in {"calendar_day", "day"}:
            return self.due_after_days(begin, value, pauses)
        if unit == "month":
            return self.due_after_days(
                begin, (_months_later(begin.date(), value) - begin.date()).days, pauses
            )
        if unit == "hour":
            return self.run_out(begin, value * 60, pauses)
        count = value if unit == "working_day" else int(begin.hour * 60 + begin.minute > 900)
        last = self.nth_working_day(begin.date(), count)
        if not self.works_on(last):
            last = self.nth_working_day(last, 1)
        return self.run_out(begin, self.working_minutes(begin, self.closing(last)), pauses)


def _months_later(day: date, months: int) -> date:
    target = day.replace(day=1)
    for _month in range(months):
        target = (target + 31 * DAY).replace(day=1)
    last = (target + 31 * DAY).replace(day=1) - DAY
    return min(target + (day.day - 1) * DAY, last)
