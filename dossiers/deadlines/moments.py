"""Working time for callers: aware or naive moments in, the same kind out."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from dossiers.deadlines import worktime
from portal.accounts.workcalendar import WorkCalendar
from portal.core.clock import VN_TZ

SECONDS_PER_HOUR = 3600


def to_wall(moment: datetime) -> datetime:
    """Office wall time, naive, without fractions of a second: what a receipt prints is what counts."""
    local = moment.astimezone(VN_TZ).replace(tzinfo=None) if moment.tzinfo else moment
    return local.replace(microsecond=0)


def from_wall(wall: datetime, like: datetime) -> datetime:
    """Wall time as the same kind of moment (aware or naive) as `like`."""
    return wall.replace(tzinfo=VN_TZ) if like.tzinfo else wall


def to_seconds(hours: int | float | Decimal | Fraction) -> int:
    """Hours in whole seconds, rounded to the nearest."""
    return round(Fraction(str(hours)) * SECONDS_PER_HOUR)


def effective_receipt(moment: datetime, calendar: WorkCalendar) -> datetime:
    """The moment that counts as receipt of something that came in at `moment` (I3, I10).

    Raises CalendarUnknown outside the known days.
    """
    return from_wall(worktime.receipt_of(to_wall(moment), calendar), moment)


def add_working_hours(start: datetime, hours: int | float | Decimal, calendar: WorkCalendar) -> datetime:
    """`hours` of working time after `start`; a sum ending with a session is due then (I9).

    Raises CalendarUnknown outside the known days.
    """
    return from_wall(worktime.add_seconds(to_wall(start), to_seconds(hours), calendar), start)


def working_time_between(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Working time from `start` to `end`, zero if `end` is not later. Raises CalendarUnknown."""
    return timedelta(seconds=worktime.seconds_between(to_wall(start), to_wall(end), calendar))


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether the office works on this day. Raises CalendarUnknown outside the known days."""
    return worktime.is_working_day(day, calendar)


def apologise_by(due_at: datetime, calendar: WorkCalendar) -> date:
    """The last day on which a delay may be announced in time: one working day before (Decree 61/2018 Art. 19.9).

    Raises CalendarUnknown outside the known days.
    """
    return add_working_days(to_wall(due_at).date(), -1, calendar)


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """The working day `count` after `day`, which is not counted; before it if negative.

    Raises CalendarUnknown outside the known days.
    """
    return worktime.step_working_days(day, count, calendar)
