"""Every write of audit. All of them are steps: they join the transaction of the use case that calls them."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.audit.choices import Outcome
from portal.audit.kinds import proposal_kinds
from portal.audit.models import AuditEntry, Proposal, ReadLog
from portal.core.clock import now
from portal.core.errors import Conflict, Forbidden, NotFound
from portal.core.jsontypes import Json, JsonObject
from portal.core.locking import lock_rows, require_transaction


def log_read(
    *,
    dossier_id: UUID,
    user_id: UUID,
    membership_id: int | None,
    agency_id: int | None,
    door: str,
    what: str,
) -> None:
    """Note that somebody on the staff read a dossier; `what` names the page or file. Never locks."""
    ReadLog.objects.create(
        dossier_id=dossier_id,
        user_id=user_id,
        membership_id=membership_id,
        agency_id=agency_id,
        door=door,
        what=what,
    )


def record(*, user_id: UUID | None, action: str, subject: str, detail: JsonObject | None = None) -> None:
    """Note an act of administration; `subject` like "agency:12", `detail` holds no personal data."""
    AuditEntry.objects.create(user_id=user_id, action=action, subject=subject, detail=detail or {})


def propose(*, kind: str, subject: str, payload: Json, proposed_by: UUID) -> Proposal:
    """Propose an act of a registered kind on a subject like "dossier:<id>".

    A lapsed proposal on the same subject is closed first. Raises Conflict `proposal_open` while another
    waits, KeyError for an unknown kind, RuntimeError outside a transaction.
    """
    require_transaction()
    validity = proposal_kinds.get(kind).valid_for
    moment = now()
    for earlier in lock_rows(Proposal.objects.filter(kind=kind, subject=subject, outcome=Outcome.OPEN)):
        if earlier.until <= moment:
            _close(earlier, Outcome.LAPSED, decided_by=None)
    proposal = Proposal(
        kind=kind,
        subject=subject,
        payload=payload,
        proposed_by_id=proposed_by,
        proposed_at=moment,
        until=moment + validity,
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        if "audit_proposal_one_open" not in str(error):
            raise
        raise Conflict("proposal_open", _("Đã có một đề xuất đang chờ quyết định.")) from error
    return proposal


def decide(*, proposal_id: UUID, kind: str, subject: str, decided_by: UUID, approve: bool) -> Proposal:
    """Approve or reject a proposal, once, under its lock; the caller has checked the decider's role.

    `kind` and `subject` are what the caller is about to act on. Raises NotFound when it is not about them,
    Forbidden `proposal_own` for the proposer, Conflict `proposal_decided` or `proposal_lapsed`,
    LockTimeout, RuntimeError outside a transaction. A repeat is refused. Lock it after the dossier.
    """
    rows = lock_rows(Proposal.objects.filter(pk=proposal_id, kind=kind, subject=subject))
    if not rows:
        raise NotFound
    [proposal] = rows
    if proposal.is_proposer(decided_by):
        raise Forbidden("proposal_own", _("Người đề xuất không được tự quyết định."))
    if proposal.outcome != Outcome.OPEN:
        raise Conflict("proposal_decided", _("Đề xuất này đã có quyết định."))
    if not proposal.is_open:
        raise Conflict("proposal_lapsed", _("Đề xuất này đã quá hạn. Hãy lập đề xuất mới."))
    return _close(proposal, Outcome.APPROVED if approve else Outcome.REJECTED, decided_by=decided_by)


def _close(proposal: Proposal, outcome: Outcome, *, decided_by: UUID | None) -> Proposal:
    proposal.outcome = outcome
    proposal.decided_at = now()
    proposal.decided_by_id = decided_by
    proposal.save(update_fields=["outcome", "decided_at", "decided_by"])
    return proposal
