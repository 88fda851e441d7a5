"""Waiving a fee: one officer proposes with reason, ground and paper seen, another decides. Needs the locked dossier.

The rules of the catalogue already gave what they give; this is for the person whose case they do not foresee.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import proposals
from dossiers.acts import require
from dossiers.choices import FeeStatus
from dossiers.guards.base import open_fees, refuse
from dossiers.guards.decision import not_own_dossier
from dossiers.models import Fee
from dossiers.transitions import settle_wait
from dossiers.work import Work
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json
from portal.core.text import clean_line, clean_text

if TYPE_CHECKING:
    from portal.audit.models import Proposal

PROPOSE, WAIVE, REJECT = "propose_waiver", "waive_fee", "reject_waiver"
LONGEST_REASON, LONGEST_BASIS = 1000, 200


def propose_waiver(work: Work, fee_id: UUID, reason: str, basis: str, paper: str = "") -> Proposal:
    """Propose to waive one open fee whole, of known amount or not. `basis`: the law; `paper`: what was shown.

    Raises Forbidden, Conflict (`illegal_transition`, `proposal_open`), RuleViolation.
    """
    require(work, PROPOSE)
    not_own_dossier(work, None)
    fee = _open_fee(work, fee_id)
    reason, basis, paper = clean_text(reason).strip(), clean_line(basis), clean_line(paper)
    _check_words(reason, basis, paper)
    payload: dict[str, Json] = {"fee": str(fee.pk), "why": reason, "basis": basis, "paper": paper}
    proposal = proposals.propose_on_fee(work, fee.pk, payload)
    work.record(PROPOSE, {"amount": fee.amount, **payload})
    return proposal


def _check_words(reason: str, basis: str, paper: str) -> None:
    errors: dict[str, list[str]] = {}
    if not reason:
        errors["reason"] = [_("Hãy ghi vì sao người này được miễn.")]
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = [_("Lý do dài quá %(count)d chữ.") % {"count": LONGEST_REASON}]
    if not basis:
        errors["basis"] = [_("Hãy ghi căn cứ: tên, số văn bản và điều cho miễn.")]
    for name, text in (("basis", basis), ("paper", paper)):
        if len(text) > LONGEST_BASIS:
            errors[name] = [_("Phần này dài quá %(count)d chữ.") % {"count": LONGEST_BASIS}]
    if errors:
        raise RuleViolation("invalid", next(iter(errors.values()))[0], errors=errors)


def waive_fee(work: Work, fee_id: UUID) -> Fee:
    """The second person agrees: the fee is owed no more, and the wait it caused ends by itself.

    Raises Forbidden (`role_lacking`, `proposal_own`, `own_dossier`), Conflict (`illegal_transition`,
    `proposal_decided`), RuleViolation (`fee_not_open`, `proposal_missing`). A repeat is refused.
    """
    require(work, WAIVE)
    not_own_dossier(work, None)
    fee = _open_fee(work, fee_id)
    proposal = proposals.decide_on_fee(work, fee.pk, approve=True)
    proposed = proposal.payload if isinstance(proposal.payload, dict) else {}
    fee.status = FeeStatus.WAIVED
    fee.save(update_fields=["status"])
    payload: dict[str, Json] = {"fee": str(fee.pk), "amount": fee.amount}
    payload |= {name: proposed.get(name, "") for name in ("why", "basis", "paper")}
    work.record(WAIVE, payload, notify="dossier.fee_waived")
    settle_wait(work)
    return fee


def reject_waiver(work: Work, fee_id: UUID, reason: str) -> None:
    """The second person says no; the fee stays owed. A proposal about a fee that was paid meanwhile ends so too."""
    require(work, REJECT)
    if not reason.strip():
        raise refuse("reason", _("Hãy ghi lý do không duyệt. Người đề xuất sẽ đọc câu này."))
    if not work.dossier.fees.filter(pk=fee_id).exists():
        raise refuse("fee", _("Hồ sơ này không có khoản như vậy."))
    proposals.decide_on_fee(work, fee_id, approve=False)
    work.record(REJECT, {"fee": str(fee_id), "why": clean_text(reason)})


def _open_fee(work: Work, fee_id: UUID) -> Fee:
    fee = open_fees(work).filter(pk=fee_id).first()
    if fee is None:
        message = _("Khoản này đã nộp rồi, đã được miễn, hoặc không còn phải nộp.")
        raise RuleViolation("fee_not_open", message, errors={"fee": [message]})
    return fee
