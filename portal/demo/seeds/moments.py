"""The past of the demo: a seeded dossier is filed, and each act on it done, at a moment of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from dossiers.deadlines import add_working_hours
from dossiers.models import Dossier, DossierEvent
from portal.accounts.calendar_files import load_work_calendar
from portal.accounts.selectors import get_work_calendar
from portal.core import clock

_OPENING, _CLOSING = time(8, 10), time(17)
HOURS_A_DAY = 8


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The services believe that it is this moment. For a command that nobody else shares a process with."""
    original = clock.now
    clock.now = lambda: moment.astimezone(UTC)
    try:
        yield
    finally:
        clock.now = original


def working_days_ago(days: int) -> datetime:
    """A morning that many working days back; 0 is this very moment."""
    return datetime.combine(_working_day(-days), _OPENING, clock.VN_TZ) if days else clock.now()


def end_of_working_day(days: int) -> datetime:
    """The close of office that many working days from today, before it when negative."""
    return datetime.combine(_working_day(days), _CLOSING, clock.VN_TZ)


def _working_day(days: int) -> date:
    day, left, calendar = clock.today(), abs(days), load_work_calendar("std")
    while left:
        day += timedelta(days=1 if days > 0 else -1)
        left -= calendar.is_working_day(day)
    return day


@contextmanager
def after(dossier: Dossier, hours: float) -> Iterator[None]:
    """That many working hours after the last act on the dossier, but never in the future."""
    events = DossierEvent.objects.filter(dossier=dossier)
    last = events.order_by("-seq").values_list("at", flat=True)[0]
    calendar = get_work_calendar(cast("int", dossier.agency_id))
    with at(min(clock.now(), add_working_hours(last, hours, calendar))):
        yield
