"""The till's own checks for `check_integrity`: drawers and what the post owes tell the same as the ledger."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from payments.choices import Account, PostStatus
from payments.models import CashSession, LedgerEntry, PostCollection
from portal.core.integrity import Fault


def check_drawers() -> Iterator[Fault]:
    """A closed session left in its drawer what it began with and what moved."""
    legs = LedgerEntry.objects.filter(session=OuterRef("pk"), account=Account.CASH_DRAWER).order_by()
    moved = legs.values("session").annotate(sum=Sum("amount")).values("sum")
    closed = CashSession.objects.filter(closed_at__isnull=False).annotate(
        left=F("counted") - F("handed_in"), moved=Coalesce(Subquery(moved), 0)
    )
    for row in closed.exclude(left=F("opening") + F("moved")).values_list("pk", "left", "opening", "moved"):
        yield Fault(f"cash_session:{row[0]}", f"{row[1]} left, but it began with {row[2]} and {row[3]} moved")


def check_post() -> Iterator[Fault]:
    """The balance of what the post owes an agency is the sum of what it collected and did not hand over."""
    held = PostCollection.objects.filter(status=PostStatus.COLLECTED).order_by()
    lists = dict(held.values_list("agency__code").annotate(sum=Sum("amount")))
    legs = LedgerEntry.objects.filter(account=Account.POST_CLEARING).order_by()
    booked = dict(legs.values_list("agency__code").annotate(sum=Sum("amount")))
    for code in sorted({*lists, *booked}):
        listed, balance = lists.get(code, 0), booked.get(code, 0)
        if listed != balance:
            yield Fault(f"post:{code}", f"{listed} collected and not handed over, {balance} booked")
