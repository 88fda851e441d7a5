"""Checks of the books of certifications for `check_integrity`."""

from collections.abc import Iterator

from django.db.models import Count, Max, Sum

from dossiers.choices import Status
from onestop.models import CertificationEntry
from portal.core.counters import Book, get_last_number
from portal.core.integrity import Fault, integrity_checks


def check_books() -> Iterator[Fault]:
    """Lines of a book are numbered 1, 2, 3 … and its counter stands at the last one."""
    books = CertificationEntry.objects.values("agency_code", "kind", "year")
    for row in books.annotate(last=Max("number"), lines=Count("pk")).order_by("agency_code", "kind", "year"):
        series = Book(row["agency_code"], f"certification_{row['kind']}", row["year"]).series
        if row["lines"] != row["last"]:
            yield Fault(series, f"{row['lines']} lines, but the last is number {row['last']}")
        counter = get_last_number(series)
        if counter != row["last"]:
            yield Fault(series, f"the counter stands at {counter}, the last line is number {row['last']}")


def check_certified() -> Iterator[Fault]:
    """What stands in a book was returned, and its lines add up to the receipt."""
    entries = CertificationEntry.objects.order_by()
    unreturned = entries.exclude(dossier__status=Status.RETURNED).values_list("dossier__code", flat=True)
    for code in unreturned.distinct().order_by("dossier__code"):
        yield Fault(f"dossier:{code}", "certified in the book, but not returned")
    sums = entries.filter(receipt__isnull=False).values("receipt_id", "receipt__amount")
    for row in sums.annotate(sum=Sum("fee")).order_by("receipt_id"):
        if row["sum"] != row["receipt__amount"]:
            text = f"lines of {row['sum']}, but the receipt says {row['receipt__amount']}"
            yield Fault(f"receipt:{row['receipt_id']}", text)


def register_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("certification_books", check_books)
    integrity_checks.register("certifications", check_certified)
