"""Payments' own checks for `check_integrity`: fee, receipt and ledger tell the same story."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from dossiers.choices import FeeStatus
from dossiers.rights import visible_to
from payments.accounts import REVENUE_OF_KIND
from payments.integrity_money import check_accounts, check_payments, check_refunds
from payments.models import LedgerEntry, Receipt
from payments.till.checks import check_drawers, check_post
from portal.accounts.actor import Actor
from portal.core.counters import Book, get_last_number
from portal.core.integrity import Fault, integrity_checks

CHUNK = 1000


def check_fees() -> Iterator[Fault]:
    """Every fee settled here has a receipt of its amount, and every receipt a settled fee."""
    settled = visible_to(Actor.system()).filter(
        fees__status=FeeStatus.SETTLED, fees__receipt=None, fees__treasury_number=""
    )
    for fee, amount in settled.values_list("fees__pk", "fees__amount").iterator(chunk_size=CHUNK):
        yield Fault(f"fee:{fee}", f"settled with {amount}, but there is no receipt")
    wrong = Receipt.objects.exclude(fee__status=FeeStatus.SETTLED, fee__amount=F("amount"))
    for fee, status, owed, taken in wrong.values_list("fee", "fee__status", "fee__amount", "amount"):
        yield Fault(f"fee:{fee}", f"{status} with {owed}, but its receipt says {taken}")


def check_bookings() -> Iterator[Fault]:
    """The revenue booked by a receipt's transaction, and for its fee, is the amount of the receipt."""
    revenue = LedgerEntry.objects.filter(account__in=REVENUE_OF_KIND.values()).order_by()
    booked = revenue.filter(transaction=OuterRef("transaction"), fee=OuterRef("fee"))
    receipts = Receipt.objects.annotate(
        earned=Coalesce(Subquery(booked.values("transaction").annotate(sum=-Sum("amount")).values("sum")), 0)
    )
    for receipt in receipts.exclude(earned=F("amount")).iterator(chunk_size=CHUNK):
        subject = f"receipt:{receipt.sign}:{receipt.number}"
        yield Fault(subject, f"{receipt.amount} taken, {receipt.earned} booked")
    strays = LedgerEntry.objects.filter(
        account__in=REVENUE_OF_KIND.values(), fee__isnull=False, fee__receipt=None
    )
    for transaction in strays.values_list("transaction", flat=True).distinct().order_by("transaction"):
        yield Fault(f"ledger:{transaction}", "booked for a fee that has no receipt")


def check_balance() -> Iterator[Fault]:
    """The entries of every transaction sum to zero."""
    sums = LedgerEntry.objects.values("transaction").annotate(sum=Sum("amount")).exclude(sum=0)
    for row in sums.order_by("transaction"):
        yield Fault(f"ledger:{row['transaction']}", f"the entries sum to {row['sum']}")


def check_books() -> Iterator[Fault]:
    """Receipts of a book are numbered 1, 2, 3 … and its counter stands at the last one."""
    books = Receipt.objects.values("agency_code", "year").annotate(last=Max("number"), issued=Count("pk"))
    for row in books.order_by("agency_code", "year"):
        series = Book(row["agency_code"], "receipt", row["year"]).series
        if row["issued"] != row["last"]:
            yield Fault(series, f"{row['issued']} receipts, but the last is number {row['last']}")
        counter = get_last_number(series)
        if counter != row["last"]:
            yield Fault(series, f"the counter stands at {counter}, the last receipt is number {row['last']}")


def register_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("fees", check_fees)
    integrity_checks.register("bookings", check_bookings)
    integrity_checks.register("ledger", check_balance)
    integrity_checks.register("receipt_books", check_books)
    integrity_checks.register("payments", check_payments)
    integrity_checks.register("refunds", check_refunds)
    integrity_checks.register("accounts", check_accounts)
    integrity_checks.register("drawers", check_drawers)
    integrity_checks.register("post", check_post)
