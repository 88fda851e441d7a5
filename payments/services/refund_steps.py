"""What every act on a refund stands on: the locks in their order, what the payment brought, and how it is booked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from dossiers.work import write_dossier
from payments.accounts import Posting
from payments.choices import BookingKind, Method, RefundWay
from payments.gateways.registry import gateways
from payments.models import LedgerEntry, Payment, PostCollection, Receipt, Refund, StatementLine
from payments.refunds.reads import find_dossier_id, fingerprint
from payments.refunds.rules import DECIDED, Act, Room, find_target, measure_room
from payments.services.booking import book
from portal.core import ids
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.locking import lock_rows

if TYPE_CHECKING:
    from dossiers.work import Work
    from portal.accounts.actor import Actor

SOURCES = ("payment", "receipt__payment", "line", "collection")
"""What of a refund is read along with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What brought the money: a payment through a gateway, a receipt, a line of a bank statement, or the post."""

    payment: Payment | None = None
    receipt: Receipt | None = None
    line: StatementLine | None = None
    collection: PostCollection | None = None

    @classmethod
    def of(
        cls,
        payment: Payment | None,
        receipt: Receipt | None,
        line: StatementLine | None = None,
        collection: PostCollection | None = None,
    ) -> Source:
        """A receipt of an online payment and that payment are one source. Raises ValueError for none."""
        if receipt is not None and receipt.payment is not None:
            payment = receipt.payment
        elif payment is not None and receipt is None:
            receipt = Receipt.objects.filter(payment=payment).first()
        if not (payment or receipt or line or collection):
            raise ValueError("money goes back to where it came from: name what brought it")
        return cls(payment, receipt, line, collection)

    @classmethod
    def of_refund(cls, refund: Refund) -> Source:
        """Of a refund read with `SOURCES`."""
        return cls.of(refund.payment, refund.receipt, refund.line, refund.collection)

    @property
    def brought(self) -> int:
        """What came in, in đồng; of a statement's line, and of the post's money, what is kept of it as owed back."""
        if self.payment is not None:
            return self.payment.amount
        if self.receipt is not None:
            return self.receipt.amount
        kept = self.line or self.collection
        return kept.kept if kept else 0

    @property
    def fee_id(self) -> UUID | None:
        row = self.payment or self.receipt or self.line or self.collection
        return row.fee_id if row else None

    @property
    def way(self) -> RefundWay:
        """The way it came, where money can go back by it."""
        if self.payment is not None:
            key = self.payment.gateway
            can = key in gateways and gateways.get(key).can_refund
            return RefundWay.GATEWAY if can else RefundWay.TRANSFER
        is_cash = self.receipt is not None and self.receipt.method == Method.CASH
        return RefundWay.CASH if is_cash else RefundWay.TRANSFER

    def lock(self) -> Source:
        """Lock the payment, after the dossier; nobody else decides about this money meanwhile."""
        if self.payment is None:
            return self
        rows = lock_rows(Payment.objects.filter(pk=self.payment.pk))
        return replace(self, payment=rows[0]) if rows else self

    def measure(self, *, without: UUID | None = None) -> Room:
        """What may still go back; `without` leaves one refund out of the count. One query."""
        named = {
            "payment": self.payment,
            "receipt": self.receipt,
            "line": self.line,
            "collection": self.collection,
        }
        same = next(Q(**{name: row}) for name, row in named.items() if row)
        others = Refund.objects.filter(same).exclude(pk=without) if without else Refund.objects.filter(same)
        return measure_room(self.brought, others.values_list("status", "amount"))


@dataclass(frozen=True, slots=True)
class Opened:
    """A refund under lock, with its dossier's work and the money it is about."""

    work: Work
    refund: Refund
    source: Source


@contextmanager
def write_refund(refund_id: UUID, *, actor: Actor) -> Iterator[Opened]:
    """The use case of one refund. Locks dossier, payment, refund, in this order. Raises NotFound, LockTimeout."""
    with write_dossier(find_dossier_id(refund_id), actor=actor) as work:
        yield open_refund(work, refund_id)


def open_refund(work: Work, refund_id: UUID) -> Opened:
    """Lock payment and refund of the locked dossier. Raises NotFound."""
    found = Refund.objects.filter(pk=refund_id, dossier=work.dossier)
    row = found.select_related(*SOURCES).first()
    if row is None:
        raise NotFound
    source = Source.of_refund(row).lock()
    [refund] = lock_rows(Refund.objects.filter(pk=refund_id))
    return Opened(work, refund, source)


def advance(refund: Refund, act: Act, *, seen: str | None = None) -> None:
    """Move the status by the table. `seen`: the fingerprint on the form, None for the system.

    Raises Conflict `conflict` when the refund is not what was seen, `illegal_transition` when the table says no.
    """
    if seen is not None and seen != fingerprint(refund):
        raise Conflict("conflict", _("Khoản hoàn trả này vừa được người khác cập nhật. Mời bạn xem lại."))
    target = find_target(act, refund.status, refund.way)
    if target is None:
        message = _("Khoản hoàn trả đang ở trạng thái “%(status)s” nên không làm được việc này.")
        raise Conflict("illegal_transition", message % {"status": refund.get_status_display()})
    refund.status = target


def check_amount(amount: int, room: Room) -> None:
    """Raises RuleViolation `refund_too_much` beyond what is left, or for nothing."""
    if 0 < amount <= room.left:
        return
    message = _("Số tiền hoàn trả phải từ 1 đồng đến %(left)s đồng: đã thu %(brought)s, đã hoàn %(given)s.")
    said = message % {"left": room.left, "brought": room.brought, "given": room.given}
    raise RuleViolation("refund_too_much", said, errors={"amount": [said]})


def sum_decided_before(refund: Refund) -> int:
    """What was decided of the same receipt before, in đồng. One query."""
    decided = Refund.objects.filter(receipt=refund.receipt_id, status__in=DECIDED).exclude(pk=refund.pk)
    return decided.aggregate(sum=Sum("amount"))["sum"] or 0


def book_for(
    opened: Opened,
    kind: BookingKind,
    postings: tuple[Posting, ...],
    *,
    agency_id: int | None = None,
    membership_id: int | None = None,
    session_id: UUID | None = None,
    note: str = "",
) -> None:
    """Book a refund where the money came in, unless another agency's account moved."""
    refund = opened.refund
    book(
        ids.uuid7(),
        kind,
        postings,
        agency_id=agency_id or _find_agency_id(opened.source, refund),
        dossier_id=refund.dossier_id,
        fee_id=refund.fee_id,
        payment_id=refund.payment_id,
        refund_id=refund.pk,
        session_id=session_id,
        line_id=refund.line_id,
        membership_id=membership_id,
        at=opened.work.now,
        note=note,
    )


def _find_agency_id(source: Source, refund: Refund) -> int:
    """Whose account moved when the money came."""
    if source.collection:
        return source.collection.agency_id
    row = source.receipt or source.payment or source.line
    entries = LedgerEntry.objects.filter(transaction=row.transaction) if row and row.transaction else None
    found = entries.values_list("agency_id", flat=True).first() if entries is not None else None
    return found or refund.agency_id
