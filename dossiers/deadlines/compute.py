"""The due moment of a dossier: receipt, limit, pauses and policy together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from dossiers.deadlines import explain, worktime
from dossiers.deadlines.counting import Counted, count_limit
from dossiers.deadlines.limits import Due, Limit, Pause, PauseKind, Policy
from dossiers.deadlines.moments import add_working_hours, from_wall, to_wall
from dossiers.deadlines.pauses import CONFIRMATION_HOURS, merge, move_by_pauses, stop_at, to_wall_pause
from portal.accounts.workcalendar import WorkCalendar
from portal.core.errors import RuleViolation


def compute_due(
    received_at: datetime,
    limit: Limit,
    *,
    calendar: WorkCalendar,
    policy: str = Policy.RESET,
    pauses: Iterable[Pause] = (),
) -> Due:
    """When the result is due, and why.

    RESET counts the whole limit again from the end of the last supplement (Decree 61/2018
    Art. 19.4); PAUSE moves the due moment by the pauses. An open pause leaves no due moment.
    `due_at` is naive if `received_at` is naive, else in Asia/Ho_Chi_Minh. Lines are in the active language.
    Raises CalendarUnknown beyond the known days, RuleViolation for a malformed pause or policy.
    """
    if policy not in set(Policy):
        raise RuleViolation(code="invalid_policy", message=_("Cách tính khi bổ sung hồ sơ không hợp lệ."))
    received = to_wall(received_at)
    plain = [to_wall_pause(pause, calendar) for pause in pauses]
    lines = [explain.received(received)]
    if policy == Policy.RESET:
        supplements = [p for p in plain if p.kind == PauseKind.SUPPLEMENT and _ends_after(p, received)]
        plain = [p for p in plain if p.kind != PauseKind.SUPPLEMENT]
        if supplements:
            restart = _last_end(supplements)
            if restart is None:
                return _awaiting_supplement(supplements, lines)
            received = restart
            lines += [explain.starts_again(received), explain.restart_rule()]
    counted, begin = _count_from(received, limit, lines, calendar)
    spans = merge(plain, begin)
    counted = move_by_pauses(counted, spans, calendar)
    if spans and spans[-1].end is None:
        return stop_at(counted, spans[-1].start, calendar)
    lines = [*counted.lines, *_days_off(counted, begin, calendar), explain.promise(counted.due)]
    return Due(from_wall(counted.due, like=received_at), tuple(lines))


def check_by(submitted_at: datetime, hours: int | float | Decimal, calendar: WorkCalendar) -> datetime:
    """Until when an online dossier must have been checked: `hours` of working time later (I12)."""
    return add_working_hours(submitted_at, hours, calendar)


def limit_start(accepted_at: datetime, check_by_at: datetime | None) -> datetime:
    """From when the limit runs: acceptance, but not later than the check was due (I12)."""
    return accepted_at if check_by_at is None else min(accepted_at, check_by_at)


def silence_is_consent_at(asked_at: datetime, calendar: WorkCalendar) -> datetime:
    """When an unanswered draft counts as confirmed: 8 working hours after the question (I13)."""
    return add_working_hours(asked_at, CONFIRMATION_HOURS, calendar)


def _ends_after(pause: Pause, received: datetime) -> bool:
    return pause.end is None or pause.end > received


def _last_end(supplements: Sequence[Pause]) -> datetime | None:
    """When the complete supplement came in; None while one is open."""
    ends = [pause.end for pause in supplements if pause.end is not None]
    return max(ends) if len(ends) == len(supplements) else None


def _count_from(
    received: datetime, limit: Limit, lines: list[str], calendar: WorkCalendar
) -> tuple[Counted, datetime]:
    """The limit counted from `received`, `lines` put before its own; and the effective receipt."""
    begin = worktime.receipt_of(received, calendar)
    if begin != received:
        lines = [*lines, explain.receipt_moved(received, begin)]
    elif worktime.is_reception_only(received, calendar):
        lines = [*lines, explain.reception_only()]
    counted = count_limit(begin, limit, calendar)
    return replace(counted, lines=(*lines, *counted.lines)), begin


def _awaiting_supplement(supplements: Sequence[Pause], lines: list[str]) -> Due:
    """RESET with an open supplement: the whole limit is still to come (I6)."""
    since = min(pause.start for pause in supplements if pause.end is None)
    return Due(None, (*lines, explain.still_paused(since), explain.restart_rule()))


def _days_off(counted: Counted, begin: datetime, calendar: WorkCalendar) -> list[str]:
    """The days off that made the due moment what it is."""
    if counted.last_day is None:
        return explain.days_off(begin.date(), counted.due.date(), calendar)
    return explain.rolled(counted.last_day, counted.due.date())
