"""A cashier's drawer: it opens with the first money, is counted at close, and hands in what it holds.

Lock order: dossier -> fee -> payment -> refund -> cash session -> counters (docs/locking.md). Whoever moves money of
a drawer holds the session's row, so the amount expected at the close is the amount of the ledger.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from payments.accounts import book_refund_paid
from payments.choices import DESK_METHODS, Account, BookingKind, Method
from payments.models import CashSession, Receipt, Refund
from payments.rights import check_cash
from payments.services.booking import book
from payments.steps import receive_money
from payments.till import reads as tills
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.core import clock, ids
from portal.core.errors import Forbidden, LockTimeout, RuleViolation
from portal.core.locking import durable, lock_rows, require_transaction
from portal.core.money import format_vnd
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.work import Work

LONGEST_SLIP = 40
TRIES = 3


def get_or_open(actor: Actor, now: datetime) -> CashSession:
    """Step: the cashier's open session, locked; a new one with what stayed in the drawer if there is none.

    A session that yesterday left open goes on until it is counted. Two at once of one cashier open one: the
    second waits for the first insert and finds its row. Raises Forbidden for who has no drawer, LockTimeout.
    """
    require_transaction()
    if not tills.can_use_till(actor) or actor.membership_id is None or actor.agency_id is None:
        raise Forbidden("no_till", _("Chỉ cán bộ tại quầy mới thu, chi tiền mặt."))
    for _try in range(TRIES):
        session = _lock_open(actor.membership_id)
        if session is not None:
            return _at_this_agency(session, actor.agency_id)
        _insert_once(actor, actor.membership_id, actor.agency_id, now)
    raise LockTimeout


def _lock_open(membership_id: int) -> CashSession | None:
    found = lock_rows(CashSession.objects.filter(membership_id=membership_id, closed_at__isnull=True))
    return found[0] if found else None


def _at_this_agency(session: CashSession, agency_id: int) -> CashSession:
    """After a merger of agencies the drawer stands where its cashier works now."""
    if session.agency_id != agency_id:
        session.agency_id = agency_id
        session.save(update_fields=["agency"])
    return session


def _insert_once(actor: Actor, membership_id: int, agency_id: int, now: datetime) -> None:
    """The constraint of one open session decides: who comes second inserts nothing."""
    last = tills.find_last_closed(membership_id)
    if last is not None:  # nobody hands its money in while it moves to the next session
        last = lock_rows(CashSession.objects.filter(pk=last.pk))[0]
    session = CashSession(
        agency_id=agency_id,
        membership_id=membership_id,
        cashier_name=actor.name,
        opened_at=now,
        opening=tills.rest_of(last),
    )
    CashSession.objects.bulk_create([session], ignore_conflicts=True)


def receive_at_desk(
    work: Work, fee_id: UUID, *, method: str = Method.CASH, slip: str = "", payer_name: str = ""
) -> Receipt:
    """Step: the cashier takes cash, or a card on the terminal, for one fee; the receipt stands in the session.

    `slip` is the number on the terminal's paper, needed for a card. Raises as `steps.receive_money`, besides
    RuleViolation `method_unknown`, `slip_missing`, `slip_too_long`.
    """
    check_cash(work.dossier, work.actor, work.relations, None)
    slip = _clean_slip(method, slip)
    account = Account.GATEWAY_CLEARING if method == Method.CARD else Account.CASH_DRAWER
    return receive_money(
        work,
        fee_id,
        method=Method(method),
        account=account,
        payer_name=payer_name,
        session=get_or_open(work.actor, work.now),
        slip=slip,
        membership=accounts.get_membership(work.actor.membership_id or 0),
    )


def _clean_slip(method: str, slip: str) -> str:
    """Only a card leaves a slip. Raises RuleViolation."""
    if method not in DESK_METHODS:
        raise refuse("method_unknown", "method", _("Tại quầy chỉ thu tiền mặt hoặc thẻ."))
    slip = clean_line(slip) if method == Method.CARD else ""
    if method == Method.CARD and not slip:
        raise refuse("slip_missing", "slip", _("Ghi số trên phiếu của máy quẹt thẻ."))
    if len(slip) > LONGEST_SLIP:
        raise refuse("slip_too_long", "slip", _("Số phiếu dài quá 40 chữ và số."))
    return slip


def pay_out(refund: Refund, *, actor: Actor, now: datetime) -> CashSession:
    """Step: the cashier gives a refund back in cash, out of the open session, and it is booked.

    The caller holds the dossier and the refund, has checked who may, and marks the refund paid. Raises Forbidden
    `no_till`, RuleViolation `drawer_short` when the drawer holds less. Not to be repeated.
    """
    session = get_or_open(actor, now)
    held = tills.sum_drawer(session)
    if held < refund.amount:
        raise drawer_short(held, refund.amount)
    book(
        ids.uuid7(),
        BookingKind.REFUND_PAID,
        book_refund_paid(Account.CASH_DRAWER, refund.amount),
        agency_id=session.agency_id,
        at=now,
        dossier_id=refund.dossier_id,
        fee_id=refund.fee_id,
        refund_id=refund.pk,
        session_id=session.pk,
        membership_id=actor.membership_id,
    )
    return session


def open_by_hand(*, actor: Actor) -> CashSession:
    """The cashier begins the day with what stayed in the drawer; a repeat answers the open session."""
    with durable():
        return get_or_open(actor, clock.now())


def drawer_short(held: int, amount: int) -> RuleViolation:
    text = _("Ngăn kéo chỉ còn %(held)s, không đủ để trả %(amount)s.")
    return RuleViolation("drawer_short", text % {"held": format_vnd(held), "amount": format_vnd(amount)})


def refuse(code: str, field: str, text: str) -> RuleViolation:
    return RuleViolation(code, text, errors={field: [text]})
