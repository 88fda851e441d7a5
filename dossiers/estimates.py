"""When a result may be expected, before anything is promised: named as expected wherever it is shown."""

from dataclasses import dataclass
from datetime import datetime

from dossiers.deadlines import CalendarUnknown, Limit, check_by, compute_due
from dossiers.models import Dossier
from portal.accounts import selectors as accounts
from procedures import selectors as catalogue


def estimate_due(dossier: Dossier) -> datetime | None:
    """The due moment if the dossier were accepted at `check_by` (or on filing); None where nobody can say."""
    content = catalogue.get_content(dossier.procedure_version_id)
    limit = content.limit_for(dossier.case_key or None, dossier.channel)
    start = dossier.check_by or dossier.submitted_at
    if limit is None or start is None or dossier.agency is None:
        return None
    calendar = accounts.work_calendar_of(dossier.agency)
    try:
        return compute_due(start, Limit(limit.value, limit.unit), calendar=calendar).due_at
    except CalendarUnknown:
        return None


@dataclass(frozen=True, slots=True)
class Expected:
    """What to expect of a filing: until when it is checked, and the due moment if it is accepted then."""

    check_by: datetime | None
    due_at: datetime | None


def expect_filing(dossier: Dossier, at: datetime) -> Expected:
    """What to expect if this draft were filed at `at`; None where nobody can say."""
    content = catalogue.get_content(dossier.procedure_version_id)
    limit = content.limit_for(dossier.case_key or None, dossier.channel)
    if dossier.agency_id is None:
        return Expected(None, None)
    calendar = accounts.get_work_calendar(dossier.agency_id)
    try:
        checked = check_by(at, content.check_hours, calendar)
        due = (
            compute_due(checked, Limit(limit.value, limit.unit), calendar=calendar).due_at if limit else None
        )
    except CalendarUnknown:
        return Expected(None, None)
    return Expected(checked, due)
