"""The one place that writes the ledger."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from payments.accounts import Posting
from payments.choices import BookingKind
from payments.models import LedgerEntry
from portal.core.locking import require_transaction

LONGEST_NOTE = 400


def book(
    transaction: UUID,
    kind: BookingKind,
    postings: Sequence[Posting],
    *,
    agency_id: int,
    at: datetime,
    dossier_id: UUID | None = None,
    fee_id: UUID | None = None,
    payment_id: UUID | None = None,
    refund_id: UUID | None = None,
    session_id: UUID | None = None,
    line_id: UUID | None = None,
    membership_id: int | None = None,
    note: str = "",
) -> None:
    """Write one transaction of the ledger; a step, inside the caller's transaction. One insert, no lock.

    `postings` come from `payments.accounts` and sum to zero (ValueError else; the database refuses it besides);
    none: nothing is written. `agency_id` is whose till or account moved, `at` when (aware). A repeat is a second
    booking: the caller holds the lock and has looked. Raises RuntimeError outside a transaction.
    """
    require_transaction()
    if sum(posting.amount for posting in postings):
        raise ValueError("debits and credits differ")
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=transaction,
            kind=kind,
            account=posting.account,
            amount=posting.amount,
            agency_id=agency_id,
            dossier_id=dossier_id,
            fee_id=fee_id,
            at=at,
            membership_id=membership_id,
            payment_id=payment_id,
            refund_id=refund_id,
            session_id=session_id,
            line_id=line_id,
            note=note[:LONGEST_NOTE],
        )
        for posting in postings
    )
