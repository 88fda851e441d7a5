"""Checks that the books hold what payments, refunds, lines and collections say, to the đồng."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from payments.choices import (
    Account,
    BookingKind,
    LineStatus,
    Method,
    PaymentOutcome,
    PaymentStatus,
    PostStatus,
    RefundStatus,
    RefundWay,
)
from payments.models import LedgerEntry, Payment, PostCollection, Receipt, Refund, StatementLine
from payments.refunds.rules import DECIDED
from portal.core.integrity import Fault

CHUNK = 1000


def check_payments() -> Iterator[Fault]:
    """Every paid payment is booked with its amount; what settled a fee has its receipt, the rest is owed back."""
    paid = Payment.objects.filter(status=PaymentStatus.PAID).annotate(
        booked=_booked(Account.GATEWAY_CLEARING, transaction=OuterRef("transaction")),
        owed=_booked(Account.REFUND, transaction=OuterRef("transaction")),
    )
    for row in paid.exclude(booked=F("amount")).iterator(chunk_size=CHUNK):
        yield Fault(f"payment:{row.reference}", f"paid {row.amount}, {row.booked} booked")
    settled = paid.filter(outcome=PaymentOutcome.SETTLED)
    bare = settled.filter(Q(receipt=None) | ~Q(receipt__transaction=F("transaction")))
    for row in bare.iterator(chunk_size=CHUNK):
        yield Fault(f"payment:{row.reference}", "settled a fee, but has no receipt of its transaction")
    surplus = paid.filter(outcome=PaymentOutcome.SURPLUS).exclude(owed=-F("amount"))
    for row in surplus.iterator(chunk_size=CHUNK):
        yield Fault(f"payment:{row.reference}", f"{row.amount} too much, {-row.owed} booked as owed back")
    for receipt in Receipt.objects.filter(method=Method.ONLINE, payment=None).iterator(chunk_size=CHUNK):
        yield Fault(f"receipt:{receipt.sign}:{receipt.number}", "paid online, but no payment brought it")


def check_refunds() -> Iterator[Fault]:
    """No more goes back than came in; what was decided, and what was paid, is booked with its amount."""
    yield from _list_over(Payment.objects.all(), "payment", "amount")
    yield from _list_over(Receipt.objects.filter(payment=None), "receipt", "amount")
    yield from _list_over(StatementLine.objects.all(), "line", "kept")
    yield from _list_over(PostCollection.objects.all(), "collection", "kept")
    booked = Refund.objects.annotate(
        owed=_booked(Account.REFUND, refund=OuterRef("pk"), kind=BookingKind.REFUND_DECIDED),
        paid=_booked(Account.REFUND, refund=OuterRef("pk"), kind=BookingKind.REFUND_PAID),
    )
    decided = Q(status__in=DECIDED, receipt__isnull=False)
    for row in booked.filter(decided & ~Q(owed=-F("amount")) | ~decided & ~Q(owed=0)):
        yield Fault(f"refund:{row.pk}", f"{row.status} with {row.amount}, {-row.owed} booked as owed back")
    done = Q(status=RefundStatus.DONE)
    for row in booked.filter(done & ~Q(paid=F("amount")) | ~done & ~Q(paid=0)):
        yield Fault(f"refund:{row.pk}", f"{row.status} with {row.amount}, {row.paid} booked as paid")


def check_accounts() -> Iterator[Fault]:
    """The balance of each account that waits for somebody is the sum of what is open."""
    expected = {
        Account.GATEWAY_CLEARING: _expect_gateway(),
        Account.POST_CLEARING: _sum(PostCollection.objects.filter(status=PostStatus.COLLECTED)),
        Account.REFUND: -_expect_owed(),
    }
    for account, items in expected.items():
        balance = _sum(LedgerEntry.objects.filter(account=account))
        if balance != items:
            yield Fault(f"account:{account}", f"holds {balance}, the open items come to {items}")


def _expect_gateway() -> int:
    """What gateways and card terminals took, less what they gave back and handed over."""
    sent = Refund.objects.filter(status=RefundStatus.DONE, way=RefundWay.GATEWAY)
    handed = LedgerEntry.objects.filter(account=Account.GATEWAY_CLEARING, kind=BookingKind.HANDED_OVER)
    return (
        _sum(Payment.objects.filter(status=PaymentStatus.PAID))
        + _sum(Receipt.objects.filter(method=Method.CARD))
        - _sum(sent)
        + _sum(handed)
    )


def _expect_owed() -> int:
    """Surpluses, held parts, tills that counted too much and decided refunds, less what was paid back."""
    held = StatementLine.objects.filter(
        status__in=(LineStatus.PARTIAL, LineStatus.SURPLUS, LineStatus.MATCHED)
    )
    surplus = Payment.objects.filter(status=PaymentStatus.PAID, outcome=PaymentOutcome.SURPLUS)
    tills = LedgerEntry.objects.filter(account=Account.REFUND, kind=BookingKind.DRAWER_DIFFERENCE)
    return (
        _sum(surplus)
        + _sum(held, "kept")
        + _sum(PostCollection.objects.all(), "kept")
        + _sum(Refund.objects.filter(status__in=DECIDED, receipt__isnull=False))
        - _sum(Refund.objects.filter(status=RefundStatus.DONE))
        - _sum(tills)
    )


def _booked(account: Account, **conditions: Any) -> Coalesce:
    """What the entries of one account come to; the first condition names the outer row."""
    legs = LedgerEntry.objects.filter(account=account, **conditions).order_by()
    name = next(iter(conditions))
    return Coalesce(Subquery(legs.values(name).annotate(sum=Sum("amount")).values("sum")[:1]), 0)


def _list_over(rows: QuerySet[Any], name: str, brought: str) -> Iterator[Fault]:
    """Rows of which more goes back than they brought; a receipt of an online payment counts with the payment."""
    given = Coalesce(Sum("refunds__amount", filter=~Q(refunds__status=RefundStatus.REJECTED)), 0)
    for row in rows.annotate(given=given).filter(given__gt=F(brought)).iterator(chunk_size=CHUNK):
        yield Fault(f"{name}:{row.pk}", f"brought {getattr(row, brought)}, but {row.given} go back")


def _sum(rows: QuerySet[Any], name: str = "amount") -> int:
    return rows.aggregate(sum=Sum(name))["sum"] or 0
