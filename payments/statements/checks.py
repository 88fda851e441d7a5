"""Statements' own check for `check_integrity`: each line's money stands in the books once, or not at all."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from payments.choices import Account, LineStatus
from payments.models import LedgerEntry, StatementLine
from portal.core.integrity import Fault, integrity_checks

BOOKED = (LineStatus.MATCHED, LineStatus.PARTIAL, LineStatus.SURPLUS)
CHUNK = 1000


def check_lines() -> Iterator[Fault]:
    """What came in by a decided line is debited to the bank, to the đồng; an undecided one is in no book."""
    debits = LedgerEntry.objects.filter(account=Account.BANK, amount__gt=0, line=OuterRef("pk")).order_by()
    lines = StatementLine.objects.annotate(
        booked=Coalesce(Subquery(debits.values("line").annotate(sum=Sum("amount")).values("sum")), 0)
    )
    wrong = lines.filter(Q(status__in=BOOKED) & ~Q(booked=F("amount")) | ~Q(status__in=BOOKED) & ~Q(booked=0))
    for line in wrong.defer("memo").iterator(chunk_size=CHUNK):
        yield Fault(
            f"statement_line:{line.pk}", f"{line.status} with {line.amount}, but {line.booked} booked"
        )


def register_statement_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("statement_lines", check_lines)
