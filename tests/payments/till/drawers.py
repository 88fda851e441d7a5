"""What the till's tests share: taking money as a cashier, and counting a drawer."""

from typing import Any

from django.db.models import Sum

from payments.choices import Account
from payments.models import CashSession, LedgerEntry
from payments.services import closing
from payments.services.closing import Closing
from payments.till.counting import Count
from portal.accounts.actor import Actor
from tests.payments.owed import Desk, make_owed

FEE = 15_000
"""What every dossier of a desk owes by default."""


def take(desk: Desk, times: int = 1, **changes: Any) -> CashSession:
    """The cashier takes the fee of as many new dossiers; returns the session they stand in."""
    receipts = [make_owed(desk).pay(**changes) for _ in range(times)]
    session = receipts[-1].session
    assert session is not None
    return session


def count(session: CashSession, total: int, *, actor: Actor, **changes: Any) -> CashSession:
    """Close with this total, everything else as it is told."""
    return closing.close(session.pk, Closing(Count(total), **{"seen": None, **changes}), actor=actor)


def balances(session: CashSession | None = None) -> dict[str, int]:
    """Đồng by account, of all the ledger or of one session; empty accounts are left out."""
    rows = LedgerEntry.objects.all() if session is None else LedgerEntry.objects.filter(session=session)
    sums = rows.order_by().values_list("account").annotate(sum=Sum("amount"))
    return {Account(account).value: total for account, total in sums if total}
