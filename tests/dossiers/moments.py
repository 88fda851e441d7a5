"""Short spellings for rows of moments: the two shipped calendars, naive wall times."""

from datetime import datetime

from dossiers.deadlines import Pause
from portal.accounts.calendar_files import load_work_calendar

STD = load_work_calendar("std")
SAT = load_work_calendar("sat_am_reception")
MON = "2026-03-02 09:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def pause(start: str, end: str | None, kind: str = "supplement") -> Pause:
    return Pause(at(start), None if end is None else at(end), kind)
