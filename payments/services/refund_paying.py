"""Refunds that a person pays out, and what becomes of one that the gateway refused."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from payments.accounts import book_refund_paid
from payments.choices import Account, BookingKind, RefundWay
from payments.models import Refund
from payments.refunds.notices import tell_paid
from payments.refunds.rights import may_decide, may_pay_out, require
from payments.refunds.rules import BY_HAND, Act
from payments.services import tills
from payments.services.refund_steps import Opened, advance, book_for, write_refund
from portal.accounts.actor import Actor
from portal.core.errors import RuleViolation
from portal.core.text import clean_line

LONGEST_NUMBER = 40


def pay_out(refund_id: UUID, *, actor: Actor, seen: str, number: str = "") -> Refund:
    """The cashier gives it back in cash from the open till, or notes the `number` of the bank transfer.

    Locks dossier, payment, refund, cash session. Raises NotFound, Forbidden, Conflict (`conflict`,
    `illegal_transition`), RuleViolation (`number`; `drawer_short`). A repeat is refused.
    """
    with write_refund(refund_id, actor=actor) as opened:
        refund, work = opened.refund, opened.work
        require(may_pay_out(actor, refund.agency_id))
        advance(refund, Act.PAY_OUT, seen=seen)
        refund.paid_at, refund.next_try_at = work.now, None
        if refund.way == RefundWay.CASH:
            tills.pay_out(refund, actor=actor, now=work.now)
        else:
            _note_transfer(opened, actor, number)
        refund.save()
        work.record("pay_refund", {"refund": str(refund.pk), "amount": refund.amount})
        tell_paid(work, refund)
    return refund


def retry(refund_id: UUID, *, actor: Actor, seen: str) -> Refund:
    """Send once more what the gateway refused, under the same reference. Locks as `pay_out`.

    Raises NotFound, Forbidden, Conflict.
    """
    with write_refund(refund_id, actor=actor) as opened:
        require(may_decide(actor, opened.refund.agency_id))
        advance(opened.refund, Act.RETRY, seen=seen)
        opened.refund.next_try_at = opened.work.now
        opened.refund.save()
    return opened.refund


def turn(refund_id: UUID, *, actor: Actor, way: str, seen: str) -> Refund:
    """Pay by hand what the gateway refused, or by the other hand's way. Locks as `pay_out`.

    `way`: cash or transfer. Raises NotFound, Forbidden, Conflict, RuleViolation `way`.
    """
    with write_refund(refund_id, actor=actor) as opened:
        refund = opened.refund
        require(may_decide(actor, refund.agency_id))
        advance(refund, Act.TURN, seen=seen)
        if way not in BY_HAND:
            message = _("Hãy chọn trả tiền mặt hoặc chuyển khoản.")
            raise RuleViolation("way", message, errors={"way": [message]})
        refund.way, refund.next_try_at = way, None
        refund.save()
    return refund


def _note_transfer(opened: Opened, actor: Actor, number: str) -> None:
    said = clean_line(number)
    if not 0 < len(said) <= LONGEST_NUMBER:
        message = _("Hãy ghi số giao dịch chuyển khoản, tối đa 40 chữ và số.")
        raise RuleViolation("number", message, errors={"number": [message]})
    opened.refund.gateway_number = said
    postings = book_refund_paid(Account.BANK, opened.refund.amount)
    book_for(opened, BookingKind.REFUND_PAID, postings, membership_id=actor.membership_id)
