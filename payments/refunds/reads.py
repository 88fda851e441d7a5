"""Reads of refunds. They belong to the agency that took the money: its officers see them, and nobody else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from payments.choices import PaymentOutcome, PaymentStatus, RefundCause, RefundStatus
from payments.models import Payment, Receipt, Refund, StatementLine
from payments.refunds.rights import READERS
from payments.refunds.rules import WAITING, Room, measure_room
from portal.accounts.actor import Actor
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from portal.accounts.models import Agency

PAGE = 50
KIND = "payments.refund"
"""Of the proposals that two people decide."""
VIEWS = ("waiting", "done", "rejected", "all")


def subject_of(refund_id: UUID) -> str:
    """How a proposal names a refund."""
    return f"refund:{refund_id}"


def fingerprint(refund: Refund) -> str:
    """What a form saw of a refund: changes with everything that somebody could have decided on."""
    seen = (refund.status, refund.amount, refund.way, refund.attempts, refund.proposal_id, refund.answer_code)
    return hashlib.sha256("|".join(map(str, seen)).encode()).hexdigest()[:16]


def find_dossier_id(refund_id: UUID) -> UUID:
    """Raises NotFound."""
    found = Refund.objects.filter(pk=refund_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def access_refund(actor: Actor, refund_id: UUID) -> Refund:
    """A refund with all that its page shows. One query. Raises NotFound unless it is of the actor's agency."""
    refund = _visible(actor).filter(pk=refund_id).first()
    if refund is None:
        raise NotFound
    return refund


def list_refunds(actor: Actor, view: str, *, before: str = "") -> tuple[list[Refund], str]:
    """One page: what waits oldest first, everything else newest first; and the key of the next page, if any."""
    rows = _of_view(_visible(actor), view)
    is_waiting = view == "waiting"
    if before:
        rows = rows.filter(pk__gt=before) if is_waiting else rows.filter(pk__lt=before)
    found = list(rows.order_by("pk" if is_waiting else "-pk")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def count_waiting(actor: Actor) -> int:
    """How many wait for somebody. One query."""
    return _of_view(_visible(actor), "waiting").count()


def _visible(actor: Actor) -> QuerySet[Refund]:
    rows = Refund.objects.select_related(
        "dossier__procedure",
        "receipt",
        "payment",
        "line",
        "collection",
        "agency",
        "proposed_by__user",
        "decided_by__user",
    )
    if not actor.has_role(*READERS) or actor.scope_agency_id is None:
        return rows.none()
    return rows.filter(agency_id=actor.scope_agency_id)


def _of_view(rows: QuerySet[Refund], view: str) -> QuerySet[Refund]:
    if view == "waiting":
        return rows.filter(status__in=WAITING)
    if view in (RefundStatus.DONE, RefundStatus.REJECTED):
        return rows.filter(status=view)
    return rows


def access_source(
    actor: Actor, payment: Payment | None, receipt: Receipt | None, line: StatementLine | None
) -> UUID:
    """The dossier that this money is about. Raises NotFound unless the actor's agency took it."""
    row = receipt or payment or (line.fee if line else None)
    if row is None:
        raise NotFound
    agency_id = receipt.agency_id if receipt else row.dossier.agency_id
    if agency_id is None or agency_id != actor.scope_agency_id:
        raise NotFound
    return row.dossier_id


def list_withdrawn(limit: int) -> list[Receipt]:
    """Receipts of whose fee more is owed back than was suggested for that. What was not approved counts. One query."""
    owed = Receipt.objects.select_related("fee", "payment").filter(fee__refund_due__gt=0)
    given = Coalesce(Sum("refunds__amount", filter=~Q(refunds__status=RefundStatus.REJECTED)), 0)
    suggested = Coalesce(Sum("refunds__amount", filter=Q(refunds__cause=RefundCause.WITHDRAWN)), 0)
    open_ones = owed.annotate(given=given, suggested=suggested)
    short = open_ones.filter(given__lt=F("amount"), suggested__lt=F("fee__refund_due"))
    return list(short.order_by("pk")[:limit])


@dataclass(frozen=True, slots=True)
class Refundable:
    """One sum that came in for a dossier and what may still go back of it. One of receipt and payment is set."""

    receipt: Receipt | None
    payment: Payment | None
    room: Room
    agency: Agency | None

    @property
    def key(self) -> str:
        """How a form names it."""
        row = self.receipt or self.payment
        return f"{'receipt' if self.receipt else 'payment'}:{row.pk if row else ''}"


def list_refundable(actor: Actor, code: str) -> list[Refundable]:
    """What the actor's agency took for the dossier of this code, receipts first. Three queries."""
    code = code.strip().upper()
    if not code or actor.scope_agency_id is None or not actor.has_role(*READERS):
        return []
    receipts = (
        Receipt.objects.select_related("dossier", "agency", "payment")
        .filter(dossier__code=code, agency_id=actor.scope_agency_id)
        .order_by("issued_at", "pk")
    )
    surplus = Payment.objects.select_related("dossier__agency").filter(
        dossier__code=code,
        dossier__agency_id=actor.scope_agency_id,
        status=PaymentStatus.PAID,
        outcome=PaymentOutcome.SURPLUS,
    )
    rows: list[tuple[Receipt | None, Payment | None]] = [(receipt, receipt.payment) for receipt in receipts]
    rows += [(None, payment) for payment in surplus.order_by("paid_at", "pk")]
    refunds = _refunds_of(rows)
    return [_build(receipt, payment, refunds) for receipt, payment in rows]


def _refunds_of(rows: list[tuple[Receipt | None, Payment | None]]) -> list[Refund]:
    receipts = [receipt.pk for receipt, _payment in rows if receipt]
    payments = [payment.pk for _receipt, payment in rows if payment]
    if not rows:
        return []
    return list(Refund.objects.filter(Q(receipt__in=receipts) | Q(payment__in=payments)))


def _build(receipt: Receipt | None, payment: Payment | None, refunds: list[Refund]) -> Refundable:
    mine = [
        (refund.status, refund.amount)
        for refund in refunds
        if (payment and refund.payment_id == payment.pk)
        or (receipt and not payment and refund.receipt_id == receipt.pk)
    ]
    brought = payment.amount if payment else receipt.amount if receipt else 0
    agency = receipt.agency if receipt else payment.dossier.agency if payment else None
    return Refundable(receipt, None if receipt else payment, measure_room(brought, mine), agency)


def sum_refunded(receipt: Receipt) -> int:
    """What of a receipt has gone back already, in đồng. One query."""
    paid = Refund.objects.filter(receipt=receipt, status=RefundStatus.DONE)
    return paid.aggregate(sum=Sum("amount"))["sum"] or 0
