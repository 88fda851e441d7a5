"""What a gateway's word does to an attempt, and what follows from it: under lock, once, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from dossiers.choices import END_STATUSES, FeeStatus
from dossiers.work import write_dossier
from payments.accounts import book_receipt
from payments.choices import Account, DifferenceKind, Method, PaymentOutcome, PaymentStatus
from payments.gateways.base import PayState, Verdict
from payments.models import Payment
from payments.online import attempts
from payments.online import reads as attempt_reads
from payments.online.attempts import Applied, Move, Source
from payments.services import differing, events
from payments.steps import keep_surplus, receive_money
from portal.accounts.actor import Actor
from portal.core.clock import to_local
from portal.core.errors import RuleViolation
from portal.core.locking import lock_rows

if TYPE_CHECKING:
    from dossiers.models import Fee
    from dossiers.work import Work

logger = structlog.get_logger(__name__)


def apply_verdict(
    payment_id: UUID, verdict: Verdict, source: Source, content: Mapping[str, str] | None = None
) -> Applied:
    """Bring one attempt to where the gateway says it is, with all that follows, in one transaction.

    Money settles the fee and the dossier goes on by itself; money that no open fee waits for is kept as surplus and a
    refund is suggested. A repeat changes nothing. `content` is kept beside it. Locks dossier, fee, payment. Raises
    NotFound, LockTimeout.
    """
    dossier_id = attempt_reads.get_dossier_id(payment_id)
    with write_dossier(dossier_id, actor=Actor.system()) as work:
        fee, payment = _lock(work, payment_id)
        applied = _apply(work, fee, payment, verdict, source)
        _note_difference(work, payment, verdict, source)
        events.keep(
            payment.gateway,
            source,
            verdict=applied,
            content=content or {},
            payment_id=payment.pk,
            reference=payment.reference,
        )
    logger.info("payment_verdict", payment=str(payment_id), source=str(source), applied=str(applied))
    return applied


def _lock(work: Work, payment_id: UUID) -> tuple[Fee, Payment]:
    found = Payment.objects.filter(pk=payment_id, dossier=work.dossier)
    fees = lock_rows(work.dossier.fees.filter(payments=payment_id))
    rows = lock_rows(found.select_related("account"))
    return fees[0], rows[0]


def _apply(work: Work, fee: Fee, payment: Payment, verdict: Verdict, source: Source) -> Applied:
    is_over = source is Source.QUERY and work.now >= payment.expires_at
    move = attempts.find_move(payment.status, verdict.state, is_over=is_over)
    if move is Move.TAKE and verdict.amount != payment.amount:
        return _ask_later(work, payment, Applied.WRONG_AMOUNT, verdict, source)
    if move is Move.TAKE:
        return _take(work, fee, payment, verdict)
    if move is Move.KEEP:
        return _leave(work, payment, verdict, source)
    if move is Move.WAIT:
        if source is Source.IPN:
            _note_undecided(payment, verdict)
        return _ask_later(work, payment, Applied.WAITING, verdict, source)
    is_failed = move is Move.FAIL
    return _end(work, payment, PaymentStatus.FAILED if is_failed else PaymentStatus.EXPIRED, verdict)


def _take(work: Work, fee: Fee, payment: Payment, verdict: Verdict) -> Applied:
    """Money came. It settles the fee it was meant for, or is kept to be given back."""
    if _is_waited_for(work, fee, payment):
        receipt = receive_money(
            work,
            fee.pk,
            method=Method.ONLINE,
            account=Account.GATEWAY_CLEARING,
            payer_name=payment.payer_name,
            payment=payment,
        )
        transaction, outcome, applied = receipt.transaction, PaymentOutcome.SETTLED, Applied.SETTLED
    else:
        transaction = keep_surplus(
            work,
            fee,
            amount=payment.amount,
            account=Account.GATEWAY_CLEARING,
            agency_id=payment.account.agency_id,
            payment=payment,
        )
        outcome, applied = PaymentOutcome.SURPLUS, Applied.SURPLUS
    payment.status, payment.outcome, payment.transaction = PaymentStatus.PAID, outcome, transaction
    payment.paid_at, payment.finished_at = verdict.paid_at or work.now, work.now
    payment.next_ask_at = None
    _note_words(payment, verdict)
    payment.save()
    return applied


def _is_waited_for(work: Work, fee: Fee, payment: Payment) -> bool:
    """Is this the money that the open fee of a running dossier waits for, to the đồng and line by line?"""
    if work.dossier.status in END_STATUSES or fee.status != FeeStatus.OPEN or fee.amount != payment.amount:
        return False
    try:
        book_receipt(Account.GATEWAY_CLEARING, fee.lines, payment.amount)
    except RuleViolation:
        logger.exception("payment_fee_lines_differ", fee=str(fee.pk))
        return False
    return True


def _end(work: Work, payment: Payment, status: PaymentStatus, verdict: Verdict) -> Applied:
    payment.status, payment.finished_at = status, work.now
    payment.next_ask_at = work.now + attempts.LAST_QUESTION
    _note_words(payment, verdict)
    payment.save()
    return Applied.FAILED if status == PaymentStatus.FAILED else Applied.EXPIRED


def _note_words(payment: Payment, verdict: Verdict) -> None:
    payment.gateway_number = verdict.gateway_number or payment.gateway_number
    payment.bank_code = verdict.bank_code or payment.bank_code
    payment.answer_code = verdict.code or payment.answer_code


def _note_undecided(payment: Payment, verdict: Verdict) -> None:
    """The gateway has the order and has not decided: nobody should pay it again meanwhile."""
    payment.status = PaymentStatus.PENDING
    _note_words(payment, verdict)
    payment.save(update_fields=["status", "gateway_number", "bank_code", "answer_code"])


def _ask_later(work: Work, payment: Payment, applied: Applied, verdict: Verdict, source: Source) -> Applied:
    """A message, however often it is repeated, never puts our own question off; a doubtful one brings it forward."""
    following = attempts.find_next_question(
        created_at=payment.created_at,
        expires_at=payment.expires_at,
        returned_at=payment.returned_at,
        now=work.now,
        is_answered=verdict.state != PayState.UNKNOWN,
    )
    if source is not Source.QUERY:
        soon = work.now + attempts.AFTER_RETURN if applied is Applied.WRONG_AMOUNT else following
        following = min(payment.next_ask_at or soon, soon)
    payment.next_ask_at = following
    payment.save(update_fields=["next_ask_at"])
    return applied


def _leave(work: Work, payment: Payment, verdict: Verdict, source: Source) -> Applied:
    """It stays what it was; an answered last question is the last one."""
    if source is Source.QUERY and payment.status != PaymentStatus.PAID:
        goes_on = verdict.state == PayState.UNKNOWN and work.now < payment.expires_at + attempts.ASKED_FOR
        payment.next_ask_at = work.now + attempts.WHEN_UNANSWERED if goes_on else None
        payment.save(update_fields=["next_ask_at"])
    return Applied.UNCHANGED


def _note_difference(work: Work, payment: Payment, verdict: Verdict, source: Source) -> None:
    """A question without an answer for an hour, or money of another amount, is shown to a person."""
    about = {"source": payment.gateway, "reference": payment.reference}
    if verdict.is_paid and verdict.amount != payment.amount:
        _open(work, payment, DifferenceKind.AMOUNT, theirs=verdict.amount)
    elif verdict.state != PayState.UNKNOWN:
        differing.end_difference(**about, kinds=[DifferenceKind.UNANSWERED])
    elif source is Source.QUERY and work.now >= payment.created_at + attempts.UNANSWERED_AFTER:
        _open(work, payment, DifferenceKind.UNANSWERED, theirs=None)


def _open(work: Work, payment: Payment, kind: DifferenceKind, *, theirs: int | None) -> None:
    differing.open_difference(
        kind,
        agency_id=payment.account.agency_id,
        source=payment.gateway,
        reference=payment.reference,
        day=to_local(work.now).date(),
        ours=payment.amount,
        theirs=theirs,
        payment_id=payment.pk,
    )
