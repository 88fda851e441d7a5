"""When a result is due, exact to the second, and the sentences that explain it.

Pure: a calendar, a moment and a limit in; a moment and lines out. The conventions are
numbered I1 to I13 in docs/deadlines.md; a comment names the one it carries out.
Moments may be aware (any zone) or naive (office wall time); answers are of the same kind.
"""

from dossiers.deadlines.compute import check_by, compute_due, limit_start, silence_is_consent_at
from dossiers.deadlines.limits import CalendarUnknown, Due, Limit, Pause, PauseKind, Policy, Unit
from dossiers.deadlines.moments import (
    add_working_days,
    add_working_hours,
    apologise_by,
    effective_receipt,
    is_working_day,
    working_time_between,
)

__all__ = [
    "CalendarUnknown",
    "Due",
    "Limit",
    "Pause",
    "PauseKind",
    "Policy",
    "Unit",
    "add_working_days",
    "add_working_hours",
    "apologise_by",
    "check_by",
    "compute_due",
    "effective_receipt",
    "is_working_day",
    "limit_start",
    "silence_is_consent_at",
    "working_time_between",
]
