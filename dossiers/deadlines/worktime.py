"""Arithmetic with the working time of one office, in naive wall time and whole seconds."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dossiers.deadlines.limits import CalendarUnknown
from portal.accounts.workcalendar import WorkCalendar

ONE_DAY = timedelta(days=1)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether the office works on this day. Raises CalendarUnknown outside the known days."""
    if not calendar.is_known(day):
        raise CalendarUnknown(day, calendar.known_from, calendar.known_until)
    return calendar.is_working_day(day)


def sessions_of(day: date, calendar: WorkCalendar) -> tuple[tuple[datetime, datetime], ...]:
    """The working sessions of a day as moments; none on a day off."""
    if not is_working_day(day, calendar):
        return ()
    return tuple(
        (datetime.combine(day, opens), datetime.combine(day, closes))
        for opens, closes in calendar.sessions_on(day)
    )


def opening(day: date, calendar: WorkCalendar) -> datetime:
    return sessions_of(day, calendar)[0][0]


def closing(day: date, calendar: WorkCalendar) -> datetime:
    return sessions_of(day, calendar)[-1][1]


def length_of(day: date, calendar: WorkCalendar) -> int:
    """Working seconds of a day."""
    return sum(_seconds(end - start) for start, end in sessions_of(day, calendar))


def next_working_day(day: date, calendar: WorkCalendar) -> date:
    """The first working day after `day`."""
    return step_working_days(day, 1, calendar)


def roll_forward(day: date, calendar: WorkCalendar) -> date:
    """`day` itself if the office works, else the next working day (Civil Code 2015 Art. 148.5)."""
    return day if is_working_day(day, calendar) else next_working_day(day, calendar)


def step_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """`count` working days after `day`, which is not counted (I1); before it if negative."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, calendar):
            day += step
    return day


def add_seconds(start: datetime, seconds: int, calendar: WorkCalendar) -> datetime:
    """Working seconds added; a sum that fills a session ends at its end, not at the next opening (I9)."""
    if seconds == 0:
        return start
    for opens, closes in _sessions_from(start, calendar):
        available = _seconds(closes - max(opens, start))
        if available >= seconds:
            return max(opens, start) + timedelta(seconds=seconds)
        seconds -= max(available, 0)
    raise AssertionError("the sessions of a calendar end only in CalendarUnknown")


def seconds_between(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working seconds from `start` to `end`; 0 if `end` is not later."""
    total = 0
    day = start.date()
    while start < end and day <= end.date():
        for opens, closes in sessions_of(day, calendar):
            total += max(0, _seconds(min(closes, end) - max(opens, start)))
        day += ONE_DAY
    return total


def receipt_of(moment: datetime, calendar: WorkCalendar) -> datetime:
    """The moment that counts as receipt (I3, I10).

    Inside office or reception hours it is the moment itself. Before opening or in the lunch
    break of a working day it is the next opening of that day. Otherwise it is the start of
    the next working day. The second of closing is still inside.
    """
    day = moment.date()
    sessions = sessions_of(day, calendar)
    if is_reception_only(moment, calendar) or any(start <= moment <= end for start, end in sessions):
        return moment
    later_today = [start for start, _end in sessions if start > moment]
    return later_today[0] if later_today else opening(next_working_day(day, calendar), calendar)


def is_reception_only(moment: datetime, calendar: WorkCalendar) -> bool:
    """Inside hours in which papers are taken in but no working time runs (I10)."""
    return any(opens <= moment.time() <= closes for opens, closes in calendar.reception_on(moment.date()))


def is_after(moment: datetime, hour: time) -> bool:
    """Strictly later in the day: 15:00:00 is not after 15:00 (I2)."""
    return moment.time() > hour


def _sessions_from(start: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    day = start.date()
    while True:
        yield from sessions_of(day, calendar)
        day += ONE_DAY


def _seconds(span: timedelta) -> int:
    return span.days * 86_400 + span.seconds
