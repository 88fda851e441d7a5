"""Steps of payments inside a unit of work on a dossier: combined freely with those of dossiers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import selectors as dossiers
from dossiers import transitions
from dossiers.choices import PartyRole
from payments.accounts import Posting, book_cash_receipt
from payments.choices import LONGEST_NAME, BookingKind, Method
from payments.models import LedgerEntry, Receipt
from payments.rights import check_cash
from portal.accounts import selectors as accounts
from portal.core import ids
from portal.core.clock import to_local
from portal.core.errors import RuleViolation
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from dossiers.work import Work


def receive_cash(work: Work, fee_id: UUID, *, payer_name: str = "") -> Receipt:
    """Step: take cash for one fee of the locked dossier, settle it, and issue a receipt.

    The receipt's number is taken at the end of the use case, after everything that can fail, and the returned
    row has it once the use case has finished. Without `payer_name` the receipt names who filed.

    Raises Forbidden, Conflict `illegal_transition`, RuleViolation (`fee_not_open`, `fee_lines_differ`,
    `nothing_to_pay`, `payer_name_too_long`). A repeat is refused: the fee is open no more.
    """
    check_cash(work.dossier, work.actor, work.relations, None)
    payer = _payer(work.dossier, payer_name)
    receipt_id = ids.uuid7()
    fee = transitions.pay_fee(work, fee_id, payload={"method": str(Method.CASH), "receipt": str(receipt_id)})
    amount = fee.amount or 0
    postings = book_cash_receipt(fee.lines, amount)
    receipt = _build_receipt(work, fee, receipt_id, amount, payer)
    work.number(receipt.book.series, partial(setattr, receipt, "number"))
    work.insert_last(partial(_insert, receipt, postings))
    return receipt


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


def _build_receipt(work: Work, fee: Fee, receipt_id: UUID, amount: int, payer: str) -> Receipt:
    membership = accounts.get_membership(work.actor.membership_id or 0)
    agency = membership.agency
    return Receipt(
        id=receipt_id,
        agency=agency,
        agency_code=agency.code,
        year=to_local(work.now).year,
        fee=fee,
        dossier=work.dossier,
        transaction=ids.uuid7(),
        amount=amount,
        lines=fee.lines,
        method=Method.CASH,
        payer_name=payer,
        agency_name=agency.name,
        parent_agency_name=agency.parent.name if agency.parent else "",
        issued_at=work.now,
        issued_by=membership,
        issued_by_name=work.actor.name[:200],
    )


def _insert(receipt: Receipt, postings: tuple[Posting, ...]) -> None:
    receipt.save(force_insert=True)
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=receipt.transaction,
            kind=BookingKind.CASH_RECEIPT,
            account=posting.account,
            amount=posting.amount,
            agency_id=receipt.agency_id,
            dossier_id=receipt.dossier_id,
            fee_id=receipt.fee_id,
            at=receipt.issued_at,
            membership_id=receipt.issued_by_id,
        )
        for posting in postings
    )
