"""Refunds on their way through the gateway: sent under one reference for ever, asked about when the answer is lost.

Claim (a short transaction that leaves a lease in `next_try_at`), call with no transaction open, store under the
locks. Who dies in between leaves a refund that was begun: the next one asks before it orders again. Refunds of one
payment go one after another, because a gateway tells them apart by little more than the payment and the amount.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from payments.accounts import book_refund_paid
from payments.choices import Account, BookingKind, DifferenceKind, RefundStatus, RefundWay
from payments.gateways.base import Gateway, RefundOrder, RefundState, RefundVerdict, cannot
from payments.gateways.registry import gateways
from payments.models import GatewayEvent, Payment, Refund
from payments.refunds.notices import tell_paid
from payments.refunds.rules import Act, find_target
from payments.services.accounts import open_contract
from payments.services.differing import end_difference, open_difference
from payments.services.refund_steps import Opened, advance, book_for, write_refund
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.locking import claim_rows, durable, lock_rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from payments.gateways.base import Contract

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""Longer than two questions to a gateway (connect 3 s, read 10 s each)."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
WORTH_A_LOOK = 5
"""After so many tries without a clear answer it stands among the differences."""

_ACTS = {
    RefundState.DONE: Act.SUCCEED,
    RefundState.REFUSED: Act.FAIL,
    RefundState.ACCEPTED: Act.DOUBT,
    RefundState.ABSENT: Act.DOUBT,
    RefundState.UNKNOWN: Act.DOUBT,
}


def send_due(*, budget_s: float = 20.0) -> int:
    """Send or ask about every refund whose time has come. Returns how many were brought to an end.

    Safe to run twice at once and after any kill.
    """
    until, ended = time.monotonic() + budget_s, 0
    while time.monotonic() < until:
        refund = _claim()
        if refund is None:
            break
        ended += _store(refund.pk, _call(refund))
    return ended


def _claim() -> Refund | None:
    """One refund that is due and whose payment has no other one under way, leased. Locks payment, refund."""
    now = clock.now()
    skipped: set[UUID] = set()
    while True:
        found = _due(now).exclude(pk__in=skipped).values_list("pk", "payment_id").first()
        if found is None:
            return None
        skipped.add(found[0])
        with durable():
            lock_rows(Payment.objects.filter(pk=found[1]))
            if _has_other(found[1], found[0]):
                continue
            rows = claim_rows(_with_all(_due(now).filter(pk=found[0])), limit=1)
            if rows:
                return _lease(rows[0], now)


def _due(now: datetime) -> QuerySet[Refund]:
    sending = (RefundStatus.APPROVED, RefundStatus.UNSURE)
    due = Refund.objects.filter(status__in=sending, way=RefundWay.GATEWAY, next_try_at__lte=now)
    return due.order_by("next_try_at", "pk")


def _with_all(rows: QuerySet[Refund]) -> QuerySet[Refund]:
    return rows.select_related("payment__account", "decided_by__user", "dossier")


def _has_other(payment_id: UUID | None, refund_id: UUID) -> bool:
    sending = (RefundStatus.APPROVED, RefundStatus.UNSURE)
    others = Refund.objects.filter(payment=payment_id, status__in=sending, attempts__gt=0)
    return others.exclude(pk=refund_id).exists()


def _lease(refund: Refund, now: datetime) -> Refund:
    refund.attempts += 1
    refund.next_try_at = now + LEASE
    refund.save(update_fields=["attempts", "next_try_at"])
    return refund


def _call(refund: Refund) -> RefundVerdict:
    """Ask first when it was begun before; order only what the gateway does not have. Never raises."""
    payment = refund.payment
    if payment is None:
        return RefundVerdict(RefundState.REFUSED, "no_payment")
    try:
        gateway, contract = gateways.get(payment.gateway), open_contract(payment.account)
        order = _build_order(refund, payment)
        if refund.attempts > 1:
            asked = _ask(gateway, contract, order)
            if asked.state is not RefundState.ABSENT:
                return asked
        return gateway.refund(contract, order)
    except Exception:
        # The edge of the task: one gateway that cannot be called must not stop the refunds of the others.
        logger.exception("Refund %s could not be sent", refund.pk)
        return RefundVerdict(RefundState.UNKNOWN, "fault")


def _ask(gateway: Gateway, contract: Contract, order: RefundOrder) -> RefundVerdict:
    """A gateway that cannot be asked knows a repeat by its number: then ordering again is the question."""
    if gateway.ask_refund is cannot:
        return RefundVerdict(RefundState.ABSENT)
    return gateway.ask_refund(contract, order)


def _build_order(refund: Refund, payment: Payment) -> RefundOrder:
    decider = refund.decided_by.user.username if refund.decided_by else "portal"
    return RefundOrder(
        request_number=refund.reference,
        reference=payment.reference,
        gateway_number=payment.gateway_number,
        amount=refund.amount,
        paid_amount=payment.amount,
        paid_created_at=payment.created_at,
        ordered_at=refund.decided_at or refund.created_at,
        ordered_by=decider,
        purpose=f"Hoan tra ho so {refund.dossier.code}",
        earlier_numbers=_list_earlier_numbers(refund, payment),
    )


def _list_earlier_numbers(refund: Refund, payment: Payment) -> tuple[str, ...]:
    """The gateway's numbers of what went back before: an equal part is another one."""
    others = Refund.objects.filter(payment=payment).exclude(pk=refund.pk).exclude(gateway_number="")
    return tuple(others.values_list("gateway_number", flat=True))


def _store(refund_id: UUID, verdict: RefundVerdict) -> int:
    """Write what the gateway said. Locks dossier, payment, refund. A late answer to what has ended moves nothing."""
    with write_refund(refund_id, actor=Actor.system()) as opened:
        refund, act = opened.refund, _ACTS[verdict.state]
        _keep(opened, verdict)
        if find_target(act, refund.status, refund.way) is None:
            _note_late(opened, verdict)
            return 0
        advance(refund, act)
        refund.answer_code = verdict.code[:20]
        refund.next_try_at = _next_try(refund, opened.work.now) if act is Act.DOUBT else None
        if act is Act.SUCCEED:
            refund.paid_at, refund.gateway_number = opened.work.now, verdict.gateway_number[:40]
        refund.save()
        _follow(opened, act)
    return int(act is not Act.DOUBT)


def _follow(opened: Opened, act: Act) -> None:
    refund, work = opened.refund, opened.work
    source = refund.payment.gateway if refund.payment else ""
    if act is Act.DOUBT:
        if refund.attempts >= WORTH_A_LOOK:
            open_difference(
                DifferenceKind.UNANSWERED,
                agency_id=refund.agency_id,
                source=source,
                reference=refund.reference,
                payment_id=refund.payment_id,
                ours=refund.amount,
                day=clock.to_local(work.now).date(),
            )
        return
    end_difference(source=source, reference=refund.reference, kinds=(DifferenceKind.UNANSWERED,))
    if act is Act.SUCCEED:
        postings = book_refund_paid(Account.GATEWAY_CLEARING, refund.amount)
        book_for(opened, BookingKind.REFUND_PAID, postings)
        work.record("pay_refund", {"refund": str(refund.pk), "amount": refund.amount})
        tell_paid(work, refund)


def _note_late(opened: Opened, verdict: RefundVerdict) -> None:
    """The gateway paid what we had given up, or paid by hand: a person has to look at it."""
    refund, payment = opened.refund, opened.source.payment
    if verdict.state is not RefundState.DONE or refund.status == RefundStatus.DONE or payment is None:
        return
    open_difference(
        DifferenceKind.STATUS,
        agency_id=refund.agency_id,
        source=payment.gateway,
        reference=refund.reference,
        payment_id=payment.pk,
        ours=0,
        theirs=refund.amount,
        day=clock.to_local(opened.work.now).date(),
    )


def _keep(opened: Opened, verdict: RefundVerdict) -> None:
    payment, refund = opened.source.payment, opened.refund
    GatewayEvent.objects.create(
        gateway=payment.gateway if payment else "",
        kind="refund",
        at=opened.work.now,
        payment=payment,
        reference=refund.reference,
        verdict=str(verdict.state),
        content={"code": verdict.code, "number": verdict.gateway_number, "amount": refund.amount},
    )


def _next_try(refund: Refund, now: datetime) -> datetime:
    """1, 2, 4 … minutes, at most an hour; it is asked about until the gateway says how it ended."""
    wait: timedelta = FIRST_WAIT * (1 << min(refund.attempts - 1, 10))
    return now + min(wait, LONGEST_WAIT)
