"""Acts beside the state table that take two people: one proposes, another decides. All need the locked dossier."""

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers import proposals
from dossiers.acts import require
from dossiers.choices import ActingRole
from dossiers.guards import supplement
from dossiers.guards.base import refuse
from dossiers.precheck import role_lacking
from dossiers.proposals import DECLINE, RECALL, SUPPLEMENT
from dossiers.roles import acting_roles
from dossiers.work import Work
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json

DECIDERS = {
    DECLINE.key: ActingRole.DESK_HEAD,
    SUPPLEMENT.key: ActingRole.DESK_HEAD,
    RECALL.key: ActingRole.APPROVER,
}
"""Whose yes or no a kind of proposal waits for."""


def propose_decline(work: Work, reason: str) -> None:
    """Reception proposes to decline; the head of the desk decides (domain 3.8)."""
    require(work, "propose_decline")
    if not reason.strip():
        raise refuse("reason", _("Hãy ghi lý do. Người dân sẽ đọc câu này."))
    proposals.propose(work, DECLINE, {"reason": reason})
    work.record("propose_decline", {"reason": reason})


def propose_recall(work: Work, reason: str) -> None:
    """An approver proposes to take the result back; a second person carries it out."""
    if not reason.strip():
        raise refuse("reason", _("Hãy ghi lý do thu hồi."))
    proposals.propose(work, RECALL, {"reason": reason})
    work.record("propose_recall", {"reason": reason})


def propose_supplement(work: Work, asked: c.RequestSupplement) -> None:
    """A later round with items that no round left allows: the head of the desk decides (Decree 61/2018 Art. 11.2c)."""
    require(work, "propose_supplement")
    supplement.items_given(work, asked)
    if not supplement.count_rounds(work):
        raise refuse(
            "items", _("Hồ sơ chưa được yêu cầu bổ sung lần nào. Hãy yêu cầu bổ sung, không cần đề xuất.")
        )
    if not asked.legal_basis.strip():
        raise refuse("legal_basis", _("Hãy ghi căn cứ pháp lý cho phép yêu cầu thêm."))
    items: list[Json] = [
        {"requirement": item.requirement, "field": item.field, "reason": item.reason} for item in asked.items
    ]
    proposals.propose(work, SUPPLEMENT, {"items": items, "legal_basis": asked.legal_basis})
    work.record("propose_supplement", {"items": items, "basis": asked.legal_basis})


def approve_supplement(work: Work) -> None:
    """The head of the desk agrees; whoever works on the dossier may now send that request."""
    require(work, "approve_supplement")
    proposals.approve_open(work, SUPPLEMENT)
    work.record("approve_supplement")


def reject_proposal(work: Work, reason: str) -> None:
    """The no of the one whom the open proposal waits for; the dossier stays as it was."""
    require(work, "reject_proposal")
    kind = proposals.find_open_kind(work.dossier)
    if kind is None:
        message = _("Không có đề xuất nào đang chờ quyết định.")
        raise RuleViolation("proposal_missing", message, errors={"proposal": [message]})
    if DECIDERS[kind.key] not in acting_roles(work.dossier, work.actor, work.relations):
        raise role_lacking()
    if not reason.strip():
        raise refuse("reason", _("Hãy ghi lý do không duyệt. Người đề xuất sẽ đọc câu này."))
    proposals.reject_open(work, kind)
    work.record("reject_proposal", {"kind": kind.key, "reason": reason})
