"""The working time of an office as a plain value, for the counting of deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

Session = tuple[time, time]
Week = Mapping[int, tuple[Session, ...]]


@dataclass(frozen=True)
class WorkCalendar:
    """Office hours per weekday (0 is Monday) and the dates that differ.

    `reception` holds hours beside the office hours in which papers are taken in,
    but which do not count as working time. Dates outside `known_from` to
    `known_until` (both included) are not known: nobody may count over them.
    """

    name: str
    sessions: Week
    reception: Week
    holidays: frozenset[date]
    working_days: frozenset[date]
    known_from: date
    known_until: date

    def is_known(self, day: date) -> bool:
        return self.known_from <= day <= self.known_until

    def is_working_day(self, day: date) -> bool:
        """An ordinary office day or a swapped one; never a holiday."""
        if day in self.holidays:
            return False
        return day in self.working_days or bool(self.sessions.get(day.weekday()))

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The working sessions of a day, in order; a swapped day has those of a Monday-to-Friday day."""
        if not self.is_working_day(day):
            return ()
        return self.sessions.get(day.weekday()) or self._ordinary_sessions()

    def is_reception_day(self, day: date) -> bool:
        """Whether papers are taken in on this day, be it a working day or only a reception day."""
        return self.is_working_day(day) or bool(self.reception_on(day))

    def reception_on(self, day: date) -> tuple[Session, ...]:
        """Reception-only sessions of a day; none on holidays and on swapped working days."""
        if day in self.holidays or day in self.working_days:
            return ()
        return self.reception.get(day.weekday(), ())

    def _ordinary_sessions(self) -> tuple[Session, ...]:
        return next((self.sessions[day] for day in sorted(self.sessions) if self.sessions[day]), ())
