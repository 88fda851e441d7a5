"""Money back: suggested by the system or begun by an officer, proposed by one person, decided by another.

Never more goes back than came in minus what goes back already: held under the lock of dossier and payment. The
decision books it as owed back. See `payments.refunds.rules` for the table, `refund_sending` and `refund_paying` for
how it is paid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.work import write_dossier
from payments.accounts import book_refund_decided
from payments.choices import BookingKind, RefundCause, RefundStatus, RefundWay
from payments.models import Payment, PostCollection, Receipt, Refund, StatementLine
from payments.refunds.notices import tell_decided
from payments.refunds.reads import KIND, access_source, list_withdrawn, subject_of
from payments.refunds.rights import may_decide, may_propose, require
from payments.refunds.rules import Act
from payments.services.refund_sending import send_due
from payments.services.refund_steps import (
    Opened,
    Source,
    advance,
    book_for,
    check_amount,
    sum_decided_before,
    write_refund,
)
from portal.accounts.actor import Actor
from portal.audit import selectors as audit
from portal.audit import services as audit_writes
from portal.audit.kinds import ProposalKind, register_proposal_kind
from portal.core import ids
from portal.core.errors import RuleViolation
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.work import Work

__all__ = ["REFUND", "approve", "begin", "propose", "reject", "send_due", "suggest", "suggest_due"]

REFUND = register_proposal_kind(ProposalKind(KIND, gettext_lazy("Hoàn trả phí, lệ phí")))
LONGEST_REASON = 400


def suggest(
    work: Work,
    *,
    payment: Payment | None = None,
    line: StatementLine | None = None,
    receipt: Receipt | None = None,
    collection: PostCollection | None = None,
    amount: int,
    cause: str,
    fee_id: UUID | None = None,
) -> Refund:
    """Step: the system says that money should go back; two people decide. Needs the locked dossier.

    Name what brought the money (its row may be stored in this transaction). `amount` in đồng, `cause` of
    RefundCause; `fee_id` where a line of a statement does not name its fee yet. Locks the payment. A repeat for the
    same money and cause answers the first one. Raises RuleViolation `refund_too_much`.
    """
    source = Source.of(payment, receipt, line, collection).lock()
    cause = RefundCause(cause)
    same = Refund.objects.filter(
        dossier=work.dossier,
        payment=source.payment,
        receipt=source.receipt,
        line=source.line,
        collection=source.collection,
        cause=cause,
    ).first()
    return same or _create(work, source, amount, cause, status=RefundStatus.SUGGESTED, fee_id=fee_id)


def suggest_due(limit: int = 50) -> int:
    """Suggest what withdrawals and supplements made owed back (`Fee.refund_due`). Returns how many.

    Each in its own transaction. What rose since is suggested beside the first. Harmless at once and again: looked
    at once more under the dossier's lock.
    """
    made = 0
    for receipt in list_withdrawn(limit):
        with write_dossier(receipt.dossier_id, actor=Actor.system()) as work:
            source = Source.of(None, receipt).lock()
            receipt.fee.refresh_from_db(fields=["refund_due"])
            known = Refund.objects.filter(receipt=receipt, cause=RefundCause.WITHDRAWN)
            suggested = known.aggregate(sum=Sum("amount"))["sum"] or 0
            amount = min(receipt.fee.refund_due - suggested, source.measure().left)
            if amount > 0:
                _create(work, source, amount, RefundCause.WITHDRAWN, status=RefundStatus.SUGGESTED)
                made += 1
    return made


def begin(
    source: Source, *, actor: Actor, amount: int, reason: str, way: str, given: int | None = None
) -> Refund:
    """An officer of the agency that took the money proposes that some of it goes back (a mistake).

    `given`: what the officer saw of it going back already, in đồng. Locks dossier and payment. Raises NotFound,
    Forbidden, Conflict (somebody else was first), RuleViolation (`refund_too_much`, `reason`, `way`).
    """
    dossier_id = access_source(actor, source.payment, source.receipt, source.line)
    with write_dossier(dossier_id, actor=actor) as work:
        locked = source.lock()
        agency_id = locked.receipt.agency_id if locked.receipt else work.dossier.agency_id
        require(may_propose(actor, agency_id or 0))
        if given is not None and given != locked.measure().given:
            raise RuleViolation(
                "refunded_meanwhile",
                _("Khoản này vừa có người khác đề xuất hoàn trả. Hãy xem lại số còn lại."),
            )
        refund = _create(work, locked, amount, RefundCause.MISTAKE, status=RefundStatus.PROPOSED)
        _fill(refund, locked, amount=amount, reason=reason, way=way)
        _propose(work, refund)
        refund.save()
    return refund


def propose(refund_id: UUID, *, actor: Actor, amount: int, reason: str, way: str, seen: str) -> Refund:
    """One person proposes what the system suggested, or proposes again after the proposal lapsed.

    `seen`: the fingerprint on the form. Locks dossier, payment, refund. Raises NotFound, Forbidden, Conflict
    (`conflict`, `illegal_transition`, `proposal_open`), RuleViolation (`refund_too_much`, `reason`, `way`).
    """
    with write_refund(refund_id, actor=actor) as opened:
        refund = opened.refund
        require(may_propose(actor, refund.agency_id))
        advance(refund, Act.PROPOSE, seen=seen)
        _fill(refund, opened.source, amount=amount, reason=reason, way=way)
        _propose(opened.work, refund)
        refund.save()
    return refund


def approve(refund_id: UUID, *, actor: Actor, seen: str) -> Refund:
    """The second person's yes: booked as owed back, told to the payer, and sent if it goes through the gateway.

    Locks dossier, payment, refund, proposal. Raises NotFound, Forbidden (role; `proposal_own`), Conflict
    (`conflict`, `illegal_transition`, `proposal_lapsed`), RuleViolation (`refund_too_much`, `proposal_missing`).
    """
    with write_refund(refund_id, actor=actor) as opened:
        refund, work = opened.refund, opened.work
        require(may_decide(actor, refund.agency_id))
        advance(refund, Act.APPROVE, seen=seen)
        _decide(opened, actor, approve=True)
        check_amount(refund.amount, opened.source.measure(without=refund.pk))
        refund.next_try_at = work.now if refund.way == RefundWay.GATEWAY else None
        refund.save()
        _book_decision(opened, actor)
        work.record("approve_refund", {"refund": str(refund.pk), "amount": refund.amount})
        tell_decided(work, refund)
    return refund


def reject(refund_id: UUID, *, actor: Actor, reason: str, seen: str) -> Refund:
    """The second person's no, with a reason for whoever proposed. Raises as `approve`, RuleViolation `reason`."""
    with write_refund(refund_id, actor=actor) as opened:
        refund, why = opened.refund, _clean_reason(reason)
        require(may_decide(actor, refund.agency_id))
        advance(refund, Act.REJECT, seen=seen)
        _decide(opened, actor, approve=False)
        refund.save()
        opened.work.record(
            "reject_refund", {"refund": str(refund.pk), "amount": refund.amount, "reason": why}
        )
    return refund


def _create(
    work: Work,
    source: Source,
    amount: int,
    cause: RefundCause,
    *,
    status: RefundStatus,
    fee_id: UUID | None = None,
) -> Refund:
    check_amount(amount, source.measure())
    receipt, fee = source.receipt, source.fee_id or fee_id
    taker = receipt or source.collection or work.dossier
    agency_id = taker.agency_id
    if fee is None or agency_id is None:
        raise ValueError("money goes back for a fee, by an agency")
    return Refund.objects.create(
        dossier=work.dossier,
        fee_id=fee,
        payment=source.payment,
        receipt=receipt,
        line=source.line,
        collection=source.collection,
        agency_id=agency_id,
        amount=amount,
        cause=cause,
        way=source.way,
        status=status,
        reference=ids.uuid7().hex,
        created_at=work.now,
    )


def _fill(refund: Refund, source: Source, *, amount: int, reason: str, way: str) -> None:
    check_amount(amount, source.measure(without=refund.pk))
    if way not in RefundWay.values or (way == RefundWay.GATEWAY and source.way != RefundWay.GATEWAY):
        message = _("Tiền này không trả lại theo cách đó được. Hãy chọn cách khác.")
        raise RuleViolation("way", message, errors={"way": [message]})
    refund.amount, refund.way, refund.reason = amount, way, _clean_reason(reason)


def _clean_reason(reason: str) -> str:
    said = clean_line(reason)
    if not 0 < len(said) <= LONGEST_REASON:
        message = _("Hãy ghi lý do, tối đa 400 chữ.")
        raise RuleViolation("reason", message, errors={"reason": [message]})
    return said


def _propose(work: Work, refund: Refund) -> None:
    proposal = audit_writes.propose(
        kind=REFUND.key,
        subject=subject_of(refund.pk),
        payload={"amount": refund.amount, "way": str(refund.way), "reason": refund.reason},
        proposed_by=cast("UUID", work.actor.user_id),
    )
    refund.proposal_id, refund.proposed_by_id = proposal.pk, work.actor.membership_id
    work.record(
        "propose_refund", {"refund": str(refund.pk), "amount": refund.amount, "reason": refund.reason}
    )


def _decide(opened: Opened, actor: Actor, *, approve: bool) -> None:
    refund = opened.refund
    if refund.proposal_id is None or audit.get_open_proposal(REFUND.key, subject_of(refund.pk)) is None:
        message = _("Đề xuất này đã quá hạn. Hãy đề xuất lại.")
        raise RuleViolation("proposal_missing", message, errors={"proposal": [message]})
    audit_writes.decide(
        proposal_id=refund.proposal_id,
        kind=REFUND.key,
        subject=subject_of(refund.pk),
        decided_by=cast("UUID", actor.user_id),
        approve=approve,
    )
    refund.decided_by_id, refund.decided_at = actor.membership_id, opened.work.now


def _book_decision(opened: Opened, actor: Actor) -> None:
    receipt, refund = opened.source.receipt, opened.refund
    before = sum_decided_before(refund) if receipt else 0
    postings = book_refund_decided(receipt.lines if receipt else None, refund.amount, before=before)
    book_for(opened, BookingKind.REFUND_DECIDED, postings, membership_id=actor.membership_id)
