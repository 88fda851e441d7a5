"""Steps of payments inside a unit of work on a dossier: combined freely with those of dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import selectors as dossiers
from dossiers import transitions
from dossiers.choices import PartyRole
from payments.accounts import Posting, book_receipt, book_surplus
from payments.choices import LONGEST_NAME, Account, BookingKind, Method
from payments.models import Receipt
from payments.notices import SURPLUS
from payments.services import booking
from portal.accounts import selectors as accounts
from portal.core import ids
from portal.core.clock import to_local
from portal.core.errors import RuleViolation
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from dossiers.work import Work
    from payments.models import CashSession, Payment, PostCollection, StatementLine
    from portal.accounts.models import Agency, Membership

KIND_OF_METHOD: Mapping[Method, BookingKind] = {
    Method.CASH: BookingKind.CASH_RECEIPT,
    Method.CARD: BookingKind.CARD_RECEIPT,
    Method.ONLINE: BookingKind.ONLINE_RECEIPT,
    Method.TRANSFER: BookingKind.TRANSFER_RECEIPT,
    Method.POST: BookingKind.POST_RECEIPT,
}
PORTAL_ISSUER = "Hệ thống dịch vụ công"
"""Who issued a receipt that nobody at a desk issued, as it is printed."""


def receive_money(
    work: Work,
    fee_id: UUID,
    *,
    method: Method,
    account: Account,
    payer_name: str = "",
    payment: Payment | None = None,
    line: StatementLine | None = None,
    session: CashSession | None = None,
    slip: str = "",
    held: int = 0,
    membership: Membership | None = None,
) -> Receipt:
    """Step: the whole of one open fee came in on `account`: settle it, issue a receipt, book it.

    `held` đồng of it came before and were kept as owed back. The wait for the fee ends and the dossier goes on.
    `membership` is the cashier; without one the portal itself issues the receipt, in the book of the dossier's
    agency. The receipt's number is taken at the end of the use case, after everything that can fail, and the
    returned row has it once the use case has finished. Without `payer_name` the receipt names who filed. Checks no
    right: its caller did.

    Raises Conflict `illegal_transition`, RuleViolation (`fee_not_open`, `fee_lines_differ`, `nothing_to_pay`,
    `payer_name_too_long`). A repeat is refused: the fee is open no more.
    """
    payer = _payer(work.dossier, payer_name)
    receipt_id = ids.uuid7()
    fee = transitions.pay_fee(work, fee_id, payload={"method": str(method), "receipt": str(receipt_id)})
    amount = fee.amount or 0
    postings = book_receipt(account, fee.lines, amount, held=held)
    agency = membership.agency if membership else accounts.access_agency(work.dossier.agency_id or 0)
    receipt = _build_receipt(
        work,
        fee,
        agency,
        id=receipt_id,
        method=method,
        payment=payment,
        session=session,
        slip=slip,
        payer_name=payer,
        issued_by=membership,
    )
    work.number(receipt.book.series, partial(setattr, receipt, "number"))
    work.insert_last(partial(_insert, receipt, postings, line))
    return receipt


def _build_receipt(
    work: Work, fee: Fee, agency: Agency, *, issued_by: Membership | None, **given: Any
) -> Receipt:
    """Frozen as printed. Nobody's: the portal's own."""
    return Receipt(
        agency=agency,
        agency_code=agency.code,
        year=to_local(work.now).year,
        fee=fee,
        dossier=work.dossier,
        transaction=ids.uuid7(),
        amount=fee.amount or 0,
        lines=fee.lines,
        agency_name=agency.name,
        parent_agency_name=agency.parent.name if agency.parent else "",
        issued_at=work.now,
        issued_by=issued_by,
        issued_by_name=work.actor.name[:200] if issued_by else PORTAL_ISSUER,
        **given,
    )


def keep_surplus(
    work: Work,
    fee: Fee,
    *,
    amount: int,
    account: Account,
    agency_id: int,
    payment: Payment | None = None,
    line: StatementLine | None = None,
    collection: PostCollection | None = None,
    kind: BookingKind = BookingKind.SURPLUS,
) -> UUID:
    """Step: money came in on `account` that the fee does not wait for: it is booked as owed back.

    A refund is suggested and whoever filed is told; the dossier itself does not move, in whatever state it is.
    `amount` in đồng, `agency_id` whose account took it. Returns the transaction of the ledger, which is written at
    the end of the use case. A repeat books again: the caller holds the lock of what brought the money.
    """
    from payments.services import refunding

    transaction = ids.uuid7()
    postings = book_surplus(account, amount)
    write = partial(
        booking.book,
        transaction,
        kind,
        postings,
        agency_id=agency_id,
        at=work.now,
        dossier_id=work.dossier.pk,
        fee_id=fee.pk,
        payment_id=payment.pk if payment else None,
        line_id=line.pk if line else None,
        note=collection.parcel if collection else "",
    )
    work.insert_last(write)
    refunding.suggest(
        work, payment=payment, line=line, collection=collection, amount=amount, cause="surplus", fee_id=fee.pk
    )
    work.record("keep_surplus", {"fee": str(fee.pk), "amount": amount}, notify=SURPLUS)
    return transaction


def _payer(dossier: Dossier, typed: str) -> str:
    name = clean_line(typed)
    if len(name) > LONGEST_NAME:
        message = _("Tên người nộp dài quá %(count)d chữ.") % {"count": LONGEST_NAME}
        raise RuleViolation("payer_name_too_long", message, errors={"payer_name": [message]})
    return name or get_default_payer(dossier)


def get_default_payer(dossier: Dossier) -> str:
    """Who filed, else whose dossier it is."""
    filed = (row.party.name for row in dossiers.list_parties(dossier) if row.role == PartyRole.SUBMITTER)
    return next(filed, "") or dossier.owner_name


def _insert(receipt: Receipt, postings: tuple[Posting, ...], line: StatementLine | None) -> None:
    """Whose account moved: the contract's agency where money came from afar, else the desk's."""
    receipt.save(force_insert=True)
    moved = receipt.payment or line
    booking.book(
        receipt.transaction,
        KIND_OF_METHOD[Method(receipt.method)],
        postings,
        agency_id=moved.account.agency_id if moved else receipt.agency_id,
        at=receipt.issued_at,
        dossier_id=receipt.dossier_id,
        fee_id=receipt.fee_id,
        payment_id=receipt.payment_id,
        session_id=receipt.session_id,
        line_id=line.pk if line else None,
        membership_id=receipt.issued_by_id,
    )
