"""What is due without anybody asking: expiry with a warning before it, silence as consent, old uploads."""

from datetime import timedelta
from uuid import UUID

from dossiers import acts, transitions
from dossiers import commands as c
from dossiers.choices import ConfirmationAnswer, FeeStatus, Medium, Status
from dossiers.models import ConfirmationRequest, Dossier
from dossiers.work import write_dossier
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import PortalError

WARNED_BEFORE = timedelta(days=7)
BATCH = 200


def expire_due() -> int:
    """End waits whose time passed, warn those that end within 7 days, close unanswered confirmations,
    return results that are electronic in all their parts.

    Each dossier in its own transaction; one that moved on meanwhile is left alone, so a repeat, or two beats
    at once, are harmless. Returns how many dossiers were written.
    """
    return _expire() + _warn() + _close_confirmations() + _return_electronic()


def _expire() -> int:
    due = Dossier.objects.filter(answer_by__lt=clock.now()).order_by("answer_by")
    return sum(_expire_one(pk) for pk in due.values_list("pk", flat=True)[:BATCH])


def _expire_one(dossier_id: UUID) -> bool:
    try:
        with write_dossier(dossier_id, actor=Actor.system()) as work:
            transitions.apply(work, c.Expire())
    except PortalError:  # answered, ended or locked meanwhile; the next round looks again
        return False
    return True


def _warn() -> int:
    soon = clock.now() + WARNED_BEFORE
    waiting = Dossier.objects.filter(answer_by__lt=soon, answer_by__gt=clock.now(), warned_at=None)
    return sum(_warn_one(pk) for pk in waiting.order_by("answer_by").values_list("pk", flat=True)[:BATCH])


def _warn_one(dossier_id: UUID) -> bool:
    with write_dossier(dossier_id, actor=Actor.system()) as work:
        dossier = work.dossier
        if dossier.answer_by is None or dossier.warned_at is not None:
            return False
        dossier.warned_at = work.now
        work.record(
            "expiry_warning", {"answer_by": dossier.answer_by.isoformat()}, notify="dossier.expiry_warning"
        )
    return True


def _close_confirmations() -> int:
    """Only where the answer still matters: a dossier that waits for papers or has ended is left alone."""
    open_ones = ConfirmationRequest.objects.filter(answer=None, until__lt=clock.now())
    ids = (
        open_ones.filter(dossier__status=Status.PROCESSING)
        .order_by("until")
        .values_list("dossier_id", flat=True)
    )
    return sum(_consent_by_silence(pk) for pk in ids[:BATCH])


def _return_electronic() -> int:
    """A result that is electronic in all its parts, with nothing owed or lying here, is returned at once."""
    resolved = Dossier.objects.filter(status=Status.RESOLVED, decisions__items__medium=Medium.ELECTRONIC)
    whole = (
        resolved.exclude(decisions__items__medium=Medium.PAPER)
        .exclude(fees__status=FeeStatus.OPEN)
        .distinct()
    )
    return sum(_return_one(pk) for pk in whole.order_by("resolved_at").values_list("pk", flat=True)[:BATCH])


def _return_one(dossier_id: UUID) -> bool:
    try:
        with write_dossier(dossier_id, actor=Actor.system()) as work:
            transitions.apply(work, c.ReturnResult())
    except PortalError:  # something on paper, or changed meanwhile
        return False
    return True


def _consent_by_silence(dossier_id: UUID) -> bool:
    try:
        with write_dossier(dossier_id, actor=Actor.system()) as work:
            acts.answer_confirmation(work, ConfirmationAnswer.SILENCE, "")
    except PortalError:  # answered meanwhile
        return False
    return True
