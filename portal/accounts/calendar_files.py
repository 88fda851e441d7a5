"""The working calendars shipped with the product, one readable file each in `calendars/`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from portal.accounts.choices import DayKind, HoursKind
from portal.accounts.workcalendar import Session, Week, WorkCalendar

FOLDER = Path(__file__).resolve().parent / "calendars"


@dataclass(frozen=True)
class HoursLine:
    """One session of one weekday (0 is Monday), local time."""

    weekday: int
    opens: time
    closes: time
    kind: HoursKind


@dataclass(frozen=True)
class DayLine:
    day: date
    kind: DayKind
    note: str


@dataclass(frozen=True)
class CalendarFile:
    """A calendar as written in its file, with what it is based on folded in."""

    name: str
    title: str
    known_from: date
    known_until: date
    hours: tuple[HoursLine, ...]
    days: tuple[DayLine, ...]


def list_calendar_names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def read_calendar(name: str) -> CalendarFile:
    """The calendar of that name. Raises KeyError with the known names."""
    if name not in list_calendar_names():
        raise KeyError(f"{name}: not one of {', '.join(list_calendar_names())}")
    document = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    base = read_calendar(document["based_on"]) if "based_on" in document else None
    return CalendarFile(
        name=document["name"],
        title=document["title"],
        known_from=base.known_from if base else date.fromisoformat(document["known_from"]),
        known_until=base.known_until if base else date.fromisoformat(document["known_until"]),
        hours=(*(base.hours if base else ()), *_parse_hours(document["hours"])),
        days=(*(base.days if base else ()), *_parse_days(document["days"])),
    )


@cache
def load_work_calendar(name: str) -> WorkCalendar:
    """The shipped calendar as a plain value; no database. Raises KeyError with the known names."""
    calendar = read_calendar(name)
    return build_work_calendar(
        calendar.name, calendar.known_from, calendar.known_until, calendar.hours, calendar.days
    )


def build_work_calendar(
    name: str, known_from: date, known_until: date, hours: Iterable[HoursLine], days: Iterable[DayLine]
) -> WorkCalendar:
    hours, days = tuple(hours), tuple(days)
    return WorkCalendar(
        name=name,
        sessions=_build_week(hours, HoursKind.OFFICE),
        reception=_build_week(hours, HoursKind.RECEPTION),
        holidays=frozenset(line.day for line in days if line.kind != DayKind.WORKING),
        working_days=frozenset(line.day for line in days if line.kind == DayKind.WORKING),
        known_from=known_from,
        known_until=known_until,
    )


def _build_week(hours: Iterable[HoursLine], kind: HoursKind) -> Week:
    week: dict[int, tuple[Session, ...]] = {}
    for line in sorted(hours, key=lambda line: (line.weekday, line.opens)):
        if line.kind == kind:
            week[line.weekday] = (*week.get(line.weekday, ()), (line.opens, line.closes))
    return week


def _parse_hours(lines: list[dict[str, object]]) -> list[HoursLine]:
    return [
        HoursLine(
            weekday=weekday,
            opens=time.fromisoformat(str(line["opens"])),
            closes=time.fromisoformat(str(line["closes"])),
            kind=HoursKind(str(line["kind"])),
        )
        for line in lines
        for weekday in _weekdays(line["weekdays"])
    ]


def _weekdays(value: object) -> list[int]:
    if not isinstance(value, list):
        raise TypeError("weekdays is a list of numbers, 0 is Monday")
    return [int(day) for day in value]


def _parse_days(lines: list[dict[str, str]]) -> list[DayLine]:
    return [DayLine(date.fromisoformat(line["day"]), DayKind(line["kind"]), line["note"]) for line in lines]
