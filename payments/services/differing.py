"""Where our books and somebody else's disagree: found once, ended by what mends them or by a person's remark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from payments.choices import DifferenceKind, PaymentStatus
from payments.differences.reads import access_difference, list_mendable
from payments.models import Difference
from payments.refunds.rights import DECIDERS
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable, lock_rows, require_transaction
from portal.core.text import clean_line

LONGEST_REMARK = 400
BY_ITSELF = "Tự khớp lại"


def open_difference(
    kind: DifferenceKind,
    *,
    agency_id: int,
    source: str,
    reference: str,
    day: date,
    ours: int | None = None,
    theirs: int | None = None,
    payment_id: UUID | None = None,
    session_id: UUID | None = None,
) -> Difference:
    """Step: note a disagreement; while it is open a repeat answers the first one. Takes no lock.

    `source`: who says so (a gateway's key, "till", "ledger"), `reference`: about what; `ours` and `theirs` in
    đồng, None where there is nothing; `day`: of the business. Raises RuntimeError outside a transaction.
    """
    require_transaction()
    row = Difference(
        kind=kind,
        agency_id=agency_id,
        source=source,
        reference=reference,
        payment_id=payment_id,
        session_id=session_id,
        ours=ours,
        theirs=theirs,
        day=day,
        found_at=clock.now(),
    )
    Difference.objects.bulk_create([row], ignore_conflicts=True)
    return Difference.objects.get(kind=kind, source=source, reference=reference, ended_at=None)


def end_difference(
    *, source: str, reference: str, kinds: Iterable[DifferenceKind] | None = None, remark: str = BY_ITSELF
) -> int:
    """Step: a later message mends what was open about this reference. Returns how many ended; none is harmless."""
    require_transaction()
    found = Difference.objects.filter(source=source, reference=reference, ended_at=None)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    return found.update(ended_at=clock.now(), remark=remark)


def end_by_hand(difference_id: UUID, *, actor: Actor, remark: str) -> Difference:
    """The head of the desk, or a leader, ends one with a remark. Locks it.

    Raises NotFound, Forbidden, Conflict `conflict` when it has ended meanwhile, RuleViolation `remark`.
    """
    access_difference(actor, difference_id)
    if not actor.has_role(*DECIDERS) or actor.is_read_only:
        raise Forbidden("role_lacking", _("Chỉ trưởng bộ phận Một cửa hoặc lãnh đạo khép được chênh lệch."))
    said = clean_line(remark)
    if not 0 < len(said) <= LONGEST_REMARK:
        message = _("Hãy ghi đã xử lý thế nào, tối đa 400 chữ.")
        raise RuleViolation("remark", message, errors={"remark": [message]})
    with durable():
        [row] = lock_rows(Difference.objects.filter(pk=difference_id))
        if row.ended_at is not None:
            raise Conflict("conflict", _("Chênh lệch này đã được khép rồi. Mời bạn xem lại."))
        row.ended_at, row.ended_by_id, row.remark = clock.now(), actor.membership_id, said
        row.save(update_fields=["ended_at", "ended_by", "remark"])
    return row


def end_mended() -> int:
    """End every open difference about a payment that its gateway and we now tell alike. Returns how many.

    What a file or an answer said about the payment is kept in `theirs`; a payment that came to its end answers
    `unanswered`. Safe to run at once and again.
    """
    mended = [row.pk for row in list_mendable() if _is_mended(row)]
    with durable():
        found = Difference.objects.filter(pk__in=mended, ended_at=None)
        return found.update(ended_at=clock.now(), remark=BY_ITSELF)


def _is_mended(row: Difference) -> bool:
    payment = row.payment
    if payment is None:
        return False
    is_paid = payment.status == PaymentStatus.PAID
    if row.kind == DifferenceKind.UNANSWERED:
        return row.reference == payment.reference and payment.next_ask_at is None
    if row.reference != payment.reference:
        return False
    return is_paid == bool(row.theirs) and (not is_paid or payment.amount == row.theirs)
