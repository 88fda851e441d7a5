"""The legal clock of one dossier: when it is checked, when it is due, what pauses it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.utils import translation

from dossiers.deadlines import Limit, PauseKind, check_by, compute_due
from dossiers.deadlines import Pause as Stretch
from dossiers.models import Pause
from dossiers.work import Work
from portal.accounts import selectors as accounts
from portal.accounts.workcalendar import WorkCalendar

if TYPE_CHECKING:
    from portal.accounts.models import Agency

ANSWER_TIME = timedelta(days=30)
"""How long a citizen may take to answer a request or to pay, before the dossier ends."""


def calendar_of(work: Work) -> WorkCalendar:
    """The calendar of the receiving agency."""
    return accounts.work_calendar_of(cast("Agency", work.dossier.agency))


def set_check_by(work: Work) -> None:
    """An online dossier is checked within the hours of its version (I12); paper ones are checked at once."""
    if work.dossier.channel == "online":
        work.dossier.check_by = check_by(work.now, work.content.check_hours, calendar_of(work))


def freeze_due(work: Work) -> None:
    """At acceptance: the moment of receipt and the due moment (I12: a slow desk costs the citizen no time)."""
    dossier = work.dossier
    dossier.received_at = work.now if dossier.check_by is None else min(work.now, dossier.check_by)
    dossier.due_frozen_at = work.now
    recompute_due(work)


def open_pause(work: Work, reason: PauseKind) -> None:
    Pause.objects.create(dossier=work.dossier, reason=reason, started_at=work.now)
    recompute_due(work)


def close_pause(work: Work, reason: PauseKind) -> None:
    Pause.objects.filter(dossier=work.dossier, reason=reason, ended_at=None).update(ended_at=work.now)
    recompute_due(work)


def recompute_due(work: Work) -> None:
    """Due moment from receipt and pauses, by the policy of the pinned version.

    Nothing without a legal limit or before acceptance. The lines are frozen in Vietnamese.
    """
    dossier = work.dossier
    limit = work.content.limit_for(dossier.case_key or None, dossier.channel)
    if dossier.received_at is None or limit is None:
        return
    pauses = list(Pause.objects.filter(dossier=dossier).order_by("started_at"))
    with translation.override("vi"):
        due = compute_due(
            dossier.received_at,
            Limit(limit.value, limit.unit),
            calendar=calendar_of(work),
            policy=work.content.supplement.policy,
            pauses=[Stretch(p.started_at, p.ended_at, p.reason) for p in pauses],
        )
    dossier.due_at, dossier.due_basis = _not_before(due.due_at, dossier.promised_at), list(due.lines)


def _not_before(due_at: datetime | None, promised_at: datetime | None) -> datetime | None:
    """A new date promised on Mẫu 04 holds unless pauses move the due moment past it."""
    if due_at is None or promised_at is None:
        return due_at
    return max(due_at, promised_at)
