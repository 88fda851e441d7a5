"""Two-person acts on a dossier: declining, recalling a result, asking for a new item in a later round."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.audit import selectors as audit
from portal.audit import services as audit_writes
from portal.audit.kinds import ProposalKind, register_proposal_kind
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from dossiers.work import Work
    from portal.audit.models import Proposal

DECLINE = register_proposal_kind(ProposalKind("dossier.decline", gettext_lazy("Từ chối tiếp nhận hồ sơ")))
RECALL = register_proposal_kind(ProposalKind("dossier.recall", gettext_lazy("Thu hồi kết quả")))
SUPPLEMENT = register_proposal_kind(
    ProposalKind("dossier.supplement", gettext_lazy("Yêu cầu bổ sung mục mới ở lần sau"))
)


def subject_of(dossier_id: UUID) -> str:
    """How a proposal names a dossier."""
    return f"dossier:{dossier_id}"


def propose(work: Work, kind: ProposalKind, payload: dict[str, Json]) -> None:
    """Propose an act on the locked dossier. Raises Conflict `proposal_open` while another waits."""
    audit_writes.propose(
        kind=kind.key,
        subject=subject_of(work.dossier.pk),
        payload=payload,
        proposed_by=cast("UUID", work.actor.user_id),
    )


def approve_open(work: Work, kind: ProposalKind) -> None:
    """The second person's yes. Raises RuleViolation `proposal_missing`, Forbidden `proposal_own`."""
    subject = subject_of(work.dossier.pk)
    proposal = audit.get_open_proposal(kind.key, subject)
    if proposal is None:
        message = _("Việc này cần hai người: chưa có ai đề xuất.")
        raise RuleViolation("proposal_missing", message, errors={"proposal": [message]})
    audit_writes.decide(
        proposal_id=proposal.pk,
        kind=kind.key,
        subject=subject,
        decided_by=cast("UUID", work.actor.user_id),
        approve=True,
    )


def is_approved(work: Work, kind: ProposalKind, since: datetime) -> bool:
    """Did a second person agree since that moment?"""
    return audit.was_approved(kind.key, subject_of(work.dossier.pk), since=since)


def approved_supplement_items(work: Work) -> frozenset[str]:
    """Items for a later round that the head of the desk approved since the last answer."""
    last = work.dossier.supplement_requests.filter(round__gt=0).order_by("-round").first()
    since = last.asked_at if last else work.dossier.created_at
    payloads = audit.list_approved_payloads(SUPPLEMENT.key, subject_of(work.dossier.pk), since=since)
    items = (payload.get("items", []) for payload in payloads if isinstance(payload, dict))
    return frozenset(str(key) for keys in items for key in keys)


def open_proposal_of(dossier: Dossier, kind: ProposalKind) -> Proposal | None:
    """The proposal that waits on a dossier, for its page."""
    return audit.get_open_proposal(kind.key, subject_of(dossier.pk))
