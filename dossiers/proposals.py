"""Two-person acts on a dossier: declining, recalling a result, a new item in a later round, waiving a fee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, UUIDField, Value
from django.db.models.functions import Cast, Concat, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import Status
from dossiers.models import Fee
from portal.audit import selectors as audit
from portal.audit import services as audit_writes
from portal.audit.kinds import ProposalKind, proposal_kinds, register_proposal_kind
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from dossiers.work import Work
    from portal.accounts.actor import Actor
    from portal.audit.models import Proposal

DECLINE = register_proposal_kind(ProposalKind("dossier.decline", gettext_lazy("Từ chối tiếp nhận hồ sơ")))
RECALL = register_proposal_kind(ProposalKind("dossier.recall", gettext_lazy("Thu hồi kết quả")))
SUPPLEMENT = register_proposal_kind(
    ProposalKind("dossier.supplement", gettext_lazy("Yêu cầu bổ sung mục mới ở lần sau"))
)
WAIVER = register_proposal_kind(ProposalKind("dossier.waiver", gettext_lazy("Miễn phí, lệ phí")))


def subject_of(dossier_id: UUID) -> str:
    """How a proposal names a dossier."""
    return f"dossier:{dossier_id}"


def subject_of_fee(fee_id: UUID) -> str:
    """How a proposal names one fee of a dossier."""
    return f"fee:{fee_id}"


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
    _decide(work, kind, approve=True)


def reject_open(work: Work, kind: ProposalKind) -> None:
    """The second person's no. Raises as `approve_open`."""
    _decide(work, kind, approve=False)


def propose_on_fee(work: Work, fee_id: UUID, payload: dict[str, Json]) -> Proposal:
    """Propose to waive one fee of the locked dossier. Raises Conflict `proposal_open` while another waits."""
    return audit_writes.propose(
        kind=WAIVER.key,
        subject=subject_of_fee(fee_id),
        payload=payload,
        proposed_by=cast("UUID", work.actor.user_id),
    )


def decide_on_fee(work: Work, fee_id: UUID, *, approve: bool) -> Proposal:
    """The second person's yes or no about waiving one fee. Raises as `approve_open`."""
    return _decide_on(work, WAIVER, subject_of_fee(fee_id), approve=approve)


def list_open_waivers(fee_ids: Iterable[UUID]) -> dict[str, Proposal]:
    """Waivers that wait, by the id of the fee as text, with who proposed each. One query, none without fees."""
    subjects = [subject_of_fee(fee_id) for fee_id in fee_ids]
    found = audit.list_open_proposals(kinds=[WAIVER.key], subjects=subjects) if subjects else []
    return {proposal.subject.removeprefix("fee:"): proposal for proposal in found}


def list_proposed_waivers(actor: Actor, limit: int) -> list[tuple[UUID, str]]:
    """Fees of the actor's agency whose waiver waits, longest first: id, and its dossier's code. One query."""
    fee_id = Cast(Substr("subject", len("fee:") + 1), UUIDField())
    waiting = audit.filter_waiting(WAIVER.key).annotate(fee_id=fee_id)
    own = Fee.objects.filter(pk__in=waiting.values("fee_id"), dossier__agency_id=actor.scope_agency_id)
    found = own.order_by("assessed_at", "pk").values_list("pk", "dossier__code")[:limit]
    return [(fee_id, code or "") for fee_id, code in found]


def has_open_waiver() -> Exists:
    """For a query of fees: does a waiver of each wait for a second person?"""
    return audit.waits_on(WAIVER.key, Concat(Value("fee:"), Cast(OuterRef("pk"), CharField())))


def _decide(work: Work, kind: ProposalKind, *, approve: bool) -> None:
    _decide_on(work, kind, subject_of(work.dossier.pk), approve=approve)


def _decide_on(work: Work, kind: ProposalKind, subject: str, *, approve: bool) -> Proposal:
    proposal = audit.get_open_proposal(kind.key, subject)
    if proposal is None:
        message = _("Việc này cần hai người: chưa có ai đề xuất.")
        raise RuleViolation("proposal_missing", message, errors={"proposal": [message]})
    return audit_writes.decide(
        proposal_id=proposal.pk,
        kind=kind.key,
        subject=subject,
        decided_by=cast("UUID", work.actor.user_id),
        approve=approve,
    )


def is_approved(work: Work, kind: ProposalKind, since: datetime) -> bool:
    """Did a second person agree since that moment?"""
    return audit.was_approved(kind.key, subject_of(work.dossier.pk), since=since)


def approved_supplement_items(work: Work) -> frozenset[str]:
    """Keys of the items for a later round that the head of the desk approved since the last request."""
    asked = find_approved_supplement(work.dossier)
    return frozenset(item.get("requirement") or item.get("field") or "" for item in asked.items)


@dataclass(frozen=True, slots=True)
class ApprovedSupplement:
    """What may be asked for in a later round: items {requirement, field, reason}, and by which law."""

    items: tuple[Mapping[str, str], ...] = ()
    legal_basis: str = ""


def find_approved_supplement(dossier: Dossier) -> ApprovedSupplement:
    """What the head of the desk approved since the last request; empty when nothing was. Two queries."""
    last = dossier.supplement_requests.filter(round__gt=0).order_by("-round").first()
    since = last.asked_at if last else dossier.created_at
    found = audit.list_approved_payloads(SUPPLEMENT.key, subject_of(dossier.pk), since=since)
    payloads = [payload for payload in found if isinstance(payload, dict)]
    items = tuple(item for payload in payloads for item in payload.get("items", ()))
    return ApprovedSupplement(items, payloads[-1].get("legal_basis", "") if payloads else "")


KIND_OF_STATUS: dict[str, ProposalKind] = {
    Status.SUBMITTED: DECLINE,
    Status.ACCEPTED: SUPPLEMENT,
    Status.PROCESSING: SUPPLEMENT,
    Status.RESOLVED: RECALL,
}
"""What can wait for a second person in each status."""


def find_open_kind(dossier: Dossier) -> ProposalKind | None:
    """The kind of the proposal that waits on a dossier. One query at most."""
    return kind_of(find_open(dossier))


def kind_of(proposal: Proposal | None) -> ProposalKind | None:
    return None if proposal is None else proposal_kinds.get(proposal.kind)


def find_open(dossier: Dossier) -> Proposal | None:
    """The proposal that waits on a dossier in its present status."""
    kind = KIND_OF_STATUS.get(dossier.status)
    return open_proposal_of(dossier, kind) if kind is not None else None


def open_proposal_of(dossier: Dossier, kind: ProposalKind) -> Proposal | None:
    """The proposal that waits on a dossier, for its page."""
    return audit.get_open_proposal(kind.key, subject_of(dossier.pk))
