"""The daily comparison: a gateway's settlement file against our payments, and the ledger against the payments.

Reading and hashing happen before the transaction. One file is compared once; a corrected file is another file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from payments.choices import Account, DifferenceKind, PaymentStatus, RefundStatus, RefundWay
from payments.days import day_bounds
from payments.differences.reads import LEDGER, access_account, list_open_references
from payments.differences.settlements import (
    Found,
    OurPayment,
    SettledLine,
    Settlement,
    compare,
    compare_refunds,
    read_settlement,
)
from payments.models import GatewayAccount, LedgerEntry, Payment, Refund, SettlementFile
from payments.refunds.rights import DECIDERS, PROPOSERS
from payments.services.differing import end_difference, end_mended, open_difference
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable

NIGHTS_BACK = 8
"""Days that the nightly comparison looks at again."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a comparison came to. `found` and `ended` count differences."""

    file: SettlementFile
    settlement: Settlement
    found: int
    ended: int


def import_settlement(account_id: UUID, *, day: date, file_name: str, content: bytes, actor: Actor) -> Report:
    """Compare a gateway's file of one day with our payments under that contract; every difference is noted.

    Differences of references that now agree end by themselves. Raises NotFound, Forbidden, RuleViolation
    (`settlement_unreadable`, `day`), Conflict `settlement_known` for the same bytes again.
    """
    account = access_account(actor, account_id)
    if not actor.is_system and (not actor.has_role(*PROPOSERS, *DECIDERS) or actor.is_read_only):
        raise Forbidden("role_lacking", _("Vai trò của bạn không đối soát được."))
    if day > clock.today():
        message = _("Ngày đối soát không thể ở sau hôm nay.")
        raise RuleViolation("day", message, errors={"day": [message]})
    settlement = read_settlement(content)
    with durable():
        file = _store(account, settlement, day, file_name, actor)
        ours = _list_ours(account, day, settlement.lines)
        found = [*compare(settlement.lines, ours), *compare_refunds(settlement.lines, ours)]
        ended = _end_agreed(account, settlement.lines, found)
        _note(account, day, found)
    return Report(file, settlement, len(found), ended)


def _store(
    account: GatewayAccount, settlement: Settlement, day: date, file_name: str, actor: Actor
) -> SettlementFile:
    row = SettlementFile(
        account=account,
        day=day,
        file_name=file_name[:255],
        sha256=settlement.sha256,
        imported_at=clock.now(),
        imported_by_id=actor.membership_id,
        lines=len(settlement.lines),
        total=settlement.total,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        if "settlement_file_once" not in str(error):
            raise
        raise Conflict("settlement_known", _("Tệp này đã đối soát rồi. Không có gì thay đổi.")) from error
    return row


def _list_ours(account: GatewayAccount, day: date, lines: Iterable[SettledLine]) -> dict[str, OurPayment]:
    """Payments of the day and every one the file names. Two queries."""
    start, end = day_bounds(day)
    named = {line.reference for line in lines}
    wanted = Q(paid_at__gte=start, paid_at__lt=end) | Q(reference__in=named)
    sent = (
        Refund.objects.filter(payment=OuterRef("pk"), status=RefundStatus.DONE, way=RefundWay.GATEWAY)
        .order_by()
        .values("payment")
        .annotate(sum=Sum("amount"))
    )
    rows = Payment.objects.filter(wanted, account=account).annotate(
        refunded=Coalesce(Subquery(sent.values("sum")), 0)
    )
    return {
        row.reference: OurPayment(
            reference=row.reference,
            amount=row.amount,
            is_paid=row.status == PaymentStatus.PAID,
            is_of_day=row.paid_at is not None and start <= row.paid_at < end,
            refunded=row.refunded,
        )
        for row in rows
    }


def _end_agreed(account: GatewayAccount, lines: Iterable[SettledLine], found: list[Found]) -> int:
    """What stood open about these references and is not found again has been mended."""
    still = {one.reference for one in found}
    kinds = (
        DifferenceKind.MISSING_HERE, DifferenceKind.MISSING_THERE, DifferenceKind.AMOUNT, DifferenceKind.STATUS,
    )  # fmt: skip
    names = {line.reference for line in lines} | {
        f"refund:{line.reference}" for line in lines if line.is_refund
    }
    return sum(
        end_difference(source=account.gateway, reference=name, kinds=kinds) for name in sorted(names - still)
    )


def _note(account: GatewayAccount, day: date, found: list[Found]) -> None:
    payments = dict(
        Payment.objects.filter(
            gateway=account.gateway, reference__in=[one.reference for one in found]
        ).values_list("reference", "pk")
    )
    for one in found:
        open_difference(
            DifferenceKind(one.kind),
            agency_id=account.agency_id,
            source=account.gateway,
            reference=one.reference,
            payment_id=payments.get(one.reference),
            ours=one.ours,
            theirs=one.theirs,
            day=day,
        )


def compare_books() -> int:
    """Nightly, without any file: what payments and refunds say against the ledger, of the last days.

    Differences that were mended end. Returns how many are open about it. Safe to run at once and again.
    """
    end_mended()
    since = clock.now() - timedelta(days=NIGHTS_BACK)
    wrong = [*_list_unbooked_payments(since), *_list_unbooked_refunds(since)]
    still = {reference for _payment, reference, _ours, _theirs in wrong}
    mended = [reference for reference in list_open_references(LEDGER) if reference not in still]
    with durable():
        for reference in mended:
            end_difference(source=LEDGER, reference=reference)
        for payment, reference, ours, theirs in wrong:
            open_difference(
                DifferenceKind.AMOUNT,
                agency_id=payment.account.agency_id,
                source=LEDGER,
                reference=reference,
                payment_id=payment.pk,
                ours=theirs,
                theirs=ours,
                day=clock.to_local(payment.paid_at or since).date(),
            )
    return len(wrong)


Wrong = tuple[Payment, str, int, int]


def _list_unbooked_payments(since: datetime) -> list[Wrong]:
    """Paid payments whose transaction did not bring their amount to the gateway's account."""
    legs = LedgerEntry.objects.filter(account=Account.GATEWAY_CLEARING, transaction=OuterRef("transaction"))
    booked = legs.order_by().values("transaction").annotate(sum=Sum("amount")).values("sum")
    rows = Payment.objects.filter(status=PaymentStatus.PAID, paid_at__gte=since)
    rows = rows.annotate(booked=Coalesce(Subquery(booked), 0)).exclude(booked=F("amount"))
    return [(row, row.reference, row.amount, row.booked) for row in rows.select_related("account")]


def _list_unbooked_refunds(since: datetime) -> list[Wrong]:
    """Refunds that the gateway paid and the ledger did not take from its account."""
    legs = LedgerEntry.objects.filter(account=Account.GATEWAY_CLEARING, refund=OuterRef("pk"))
    booked = legs.order_by().values("refund").annotate(sum=-Sum("amount")).values("sum")
    rows = Refund.objects.filter(
        status=RefundStatus.DONE, way=RefundWay.GATEWAY, payment__isnull=False, paid_at__gte=since
    )
    rows = rows.annotate(booked=Coalesce(Subquery(booked), 0)).exclude(booked=F("amount"))
    return [
        (row.payment, f"refund:{row.reference}", row.amount, row.booked)
        for row in rows.select_related("payment__account")
        if row.payment is not None
    ]
