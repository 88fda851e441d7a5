"""Pauses made plain, and how far they move a limit that was counted without them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dossiers.deadlines import explain, worktime
from dossiers.deadlines.counting import Counted
from dossiers.deadlines.limits import Due, Pause, PauseKind
from dossiers.deadlines.moments import to_seconds, to_wall
from portal.accounts.workcalendar import WorkCalendar
from portal.core.errors import RuleViolation

# I13: a draft not answered within this many working hours counts as confirmed
CONFIRMATION_HOURS = 8


@dataclass(frozen=True)
class Span:
    """A pause in wall time; `end` is None while open."""

    start: datetime
    end: datetime | None


def to_wall_pause(pause: Pause, calendar: WorkCalendar) -> Pause:
    """The pause in wall time; a confirmation ends after 8 working hours at the latest (I13).

    Raises RuleViolation if it ends before it starts.
    """
    start = to_wall(pause.start)
    end = None if pause.end is None else to_wall(pause.end)
    if end is None:
        return replace(pause, start=start, end=None)
    if end < start:
        raise RuleViolation(code="invalid_pause", message=_("Thời gian tạm dừng kết thúc trước khi bắt đầu."))
    if pause.kind == PauseKind.CONFIRMATION:
        end = min(end, worktime.add_seconds(start, to_seconds(CONFIRMATION_HOURS), calendar))
    return replace(pause, start=start, end=end)


def merge(pauses: Iterable[Pause], begin: datetime) -> tuple[Span, ...]:
    """Pauses from `begin` on, sorted, overlapping and touching ones joined, so that nothing counts twice."""
    spans: list[Span] = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.end is not None and pause.end <= begin:
            continue
        span = Span(max(pause.start, begin), pause.end)
        if spans and _touches(spans[-1], span):
            spans[-1] = Span(spans[-1].start, _later(spans[-1].end, span.end))
        else:
            spans.append(span)
    return tuple(spans)


def move_by_pauses(counted: Counted, spans: Iterable[Span], calendar: WorkCalendar) -> Counted:
    """The limit after its closed pauses.

    A pause that begins at or after the due moment moves nothing: the limit had already ended.
    """
    for span in spans:
        if span.end is not None and span.start < counted.due:
            counted = _move(counted, span.start, span.end, calendar)
    return counted


def stop_at(counted: Counted, start: datetime, calendar: WorkCalendar) -> Due:
    """The answer while a pause is open since `start`: no due moment, but what is left (I4)."""
    lines = (*counted.lines, explain.still_paused(start))
    if counted.last_day is not None:
        days = max(0, (counted.last_day - start.date()).days)
        return Due(None, (*lines, explain.days_left(days)), remaining_days=days)
    seconds = worktime.seconds_between(start, counted.due, calendar)
    return Due(None, (*lines, explain.time_left(seconds)), remaining_seconds=seconds)


def _move(counted: Counted, start: datetime, end: datetime, calendar: WorkCalendar) -> Counted:
    lines = (*counted.lines, explain.paused(start, end))
    if counted.last_day is None:  # I4
        seconds = worktime.seconds_between(start, end, calendar)
        due = worktime.add_seconds(counted.due, seconds, calendar)
        return Counted(due, (*lines, explain.moved_by_seconds(seconds)))
    # I5; a limit rolled to a Monday may be paused on that Monday, and cannot end while paused
    last = max(counted.last_day + timedelta(days=(end.date() - start.date()).days), end.date())
    due = worktime.closing(worktime.roll_forward(last, calendar), calendar)
    return Counted(due, (*lines, explain.moved_by_days((last - counted.last_day).days)), last)


def _touches(earlier: Span, later: Span) -> bool:
    return earlier.end is None or later.start <= earlier.end


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    return None if first is None or second is None else max(first, second)
