"""When an office takes papers in, day by day."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from portal.accounts.workcalendar import Session, WorkCalendar

DAYS_SHOWN = 7


@dataclass(frozen=True)
class DayHours:
    """`sessions` are empty on a day off; `is_known`: the calendar reaches this day."""

    day: date
    is_today: bool
    is_known: bool
    sessions: tuple[Session, ...]

    @property
    def words(self) -> str:
        """ "7:30–11:30, 13:00–17:00"; nothing on a day off."""
        return ", ".join(f"{_words(opens)}–{_words(closes)}" for opens, closes in self.sessions)


def list_hours(calendar: WorkCalendar, on: date) -> tuple[DayHours, ...]:
    """Today and the six days after it: office hours and hours in which papers are only taken in."""
    return tuple(_read(calendar, on + timedelta(days=n), on) for n in range(DAYS_SHOWN))


def _read(calendar: WorkCalendar, day: date, on: date) -> DayHours:
    known = calendar.is_known(day)
    sessions = sorted((*calendar.sessions_on(day), *calendar.reception_on(day))) if known else []
    return DayHours(day, day == on, known, _join(sessions))


def _join(sessions: list[Session]) -> tuple[Session, ...]:
    """Sessions that touch are one."""
    joined: list[Session] = []
    for opens, closes in sessions:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def _words(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"
