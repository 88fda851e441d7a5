"""The end of a cashier's session: counted, explained, handed in; and what becomes of a difference afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from payments.accounts import (
    Posting,
    book_drawer_difference,
    book_handed_over,
    book_made_good,
    book_refund_paid,
)
from payments.choices import LONGEST_NUMBER, Account, BookingKind, DifferenceKind
from payments.models import CashSession
from payments.services.booking import book
from payments.services.differing import end_difference, open_difference
from payments.services.tills import drawer_short, get_or_open, refuse
from payments.till import reads as tills
from payments.till.counting import Count, say_difference
from portal.accounts.actor import Actor
from portal.audit import services as audit
from portal.core import clock, ids
from portal.core.clock import to_local
from portal.core.errors import Conflict, RuleViolation
from portal.core.locking import durable, lock_rows
from portal.core.money import format_vnd
from portal.core.text import clean_line

LONGEST_REMARK = 400
SOURCE = "till"
"""Who says that a drawer or a terminal differs."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What the cashier counted. `seen`: the đồng that the page expected, None when it showed none.

    `card` is the terminal's own total, None where no card was taken. `handed_in` goes to bank or treasury with the
    number of its paper; the rest stays in the drawer.
    """

    count: Count
    seen: int | None
    card: int | None = None
    remark: str = ""
    handed_in: int = 0
    handed_in_number: str = ""


def close(session_id: UUID, closing: Closing, *, actor: Actor) -> CashSession:
    """Count, explain, book the difference and hand in; the session is closed for ever. Locks the session.

    The cashier closes, or the head for an absent one (audited). Raises NotFound, Conflict (`session_closed`;
    `drawer_moved` when money came or went since `seen`), RuleViolation with the fields `remark`, `card`,
    `handed_in`, `handed_in_number`. A repeat is refused.
    """
    tills.access_session(actor, session_id)
    now = clock.now()
    with durable():
        session = lock_rows(CashSession.objects.filter(pk=session_id))[0]
        if session.closed_at is not None:
            raise Conflict("session_closed", _("Phiên thu này đã chốt rồi. Mở lại trang để xem."))
        expected, card = tills.sum_drawer(session), tills.sum_card(session)
        _check_seen(closing, expected)
        _check_closing(closing, expected, card)
        _write_closing(session, closing, expected, card, actor=actor, now=now)
    return session


def _check_seen(closing: Closing, expected: int) -> None:
    if closing.seen is not None and closing.seen != expected:
        text = _("Trong lúc bạn đếm, sổ đổi từ %(seen)s thành %(now)s. Hãy đếm lại ngăn kéo.")
        raise Conflict("drawer_moved", text % {"seen": format_vnd(closing.seen), "now": format_vnd(expected)})


def _check_closing(closing: Closing, expected: int, card: int) -> None:
    """Every refusal at once, field by field."""
    errors: dict[str, list[str]] = {}
    if card and closing.card is None:
        errors["card"] = [_("Ghi tổng tiền mà máy quẹt thẻ báo.")]
    said = [say_difference(closing.count.total - expected), say_difference((closing.card or 0) - card)]
    remark = clean_line(closing.remark)
    if not remark and any(said) and "card" not in errors:
        cash, by_card = said
        parts = [cash and _("Tiền mặt: %(what)s.") % {"what": cash.lower()}]
        parts += [by_card and _("Thẻ: %(what)s.") % {"what": by_card.lower()}]
        errors["remark"] = [" ".join(filter(None, [*parts, _("Hãy đếm lại, hoặc ghi lý do.")]))]
    if len(remark) > LONGEST_REMARK:
        errors["remark"] = [_("Lý do dài quá 400 chữ.")]
    errors |= _check_hand_in(closing.handed_in, closing.handed_in_number, closing.count.total)
    if errors:
        raise RuleViolation("closing_refused", errors=errors)


def _check_hand_in(amount: int, number: str, held: int) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    number = clean_line(number)
    if amount < 0 or amount > held:
        errors["handed_in"] = [_("Ngăn kéo chỉ có %(held)s để nộp.") % {"held": format_vnd(held)}]
    if amount and not number:
        errors["handed_in_number"] = [_("Ghi số giấy nộp tiền của ngân hàng, kho bạc.")]
    if number and not amount:
        errors["handed_in"] = [_("Ghi số tiền đã nộp.")]
    if len(number) > LONGEST_NUMBER:
        errors["handed_in_number"] = [_("Số giấy nộp tiền dài quá 64 chữ và số.")]
    return errors


def _write_closing(
    session: CashSession, closing: Closing, expected: int, card: int, *, actor: Actor, now: datetime
) -> None:
    session.closed_at, session.closed_by_id = now, actor.membership_id
    session.expected, session.counted = expected, closing.count.total
    session.notes = {
        str(value): number for value, number in sorted(closing.count.notes.items(), reverse=True)
    }
    session.card_expected, session.card_counted = card, closing.card or 0
    session.remark = clean_line(closing.remark)
    _book_difference(session, actor, now)
    _book_hand_in(session, closing.handed_in, clean_line(closing.handed_in_number), actor, now)
    session.save()
    if actor.membership_id != session.membership_id:
        audit.record(user_id=actor.user_id, action="close_till", subject=f"cash_session:{session.pk}")


def _book_difference(session: CashSession, actor: Actor, now: datetime) -> None:
    """The ledger says what was counted, from now on; what is missing or too much is listed until it is cleared up."""
    expected, counted = session.expected or 0, session.counted or 0
    if counted != expected:
        book(
            ids.uuid7(),
            BookingKind.DRAWER_DIFFERENCE,
            book_drawer_difference(counted - expected),
            agency_id=session.agency_id,
            at=now,
            session_id=session.pk,
            membership_id=actor.membership_id,
            note=session.remark,
        )
        _list_difference(session, DifferenceKind.DRAWER, ours=expected, theirs=counted)
    by_receipts, by_terminal = session.card_expected or 0, session.card_counted or 0
    if by_receipts != by_terminal:
        _list_difference(session, DifferenceKind.AMOUNT, ours=by_receipts, theirs=by_terminal)


def _list_difference(session: CashSession, kind: DifferenceKind, *, ours: int, theirs: int) -> None:
    open_difference(
        kind,
        agency_id=session.agency_id,
        source=SOURCE,
        reference=str(session.pk),
        day=to_local(session.opened_at).date(),
        ours=ours,
        theirs=theirs,
        session_id=session.pk,
    )


def _book_hand_in(session: CashSession, amount: int, number: str, actor: Actor, now: datetime) -> None:
    if not amount:
        return
    session.handed_in, session.handed_in_number = amount, number
    book(
        ids.uuid7(),
        BookingKind.DRAWER_DEPOSIT,
        book_handed_over(Account.CASH_DRAWER, amount),
        agency_id=session.agency_id,
        at=now,
        session_id=session.pk,
        membership_id=actor.membership_id,
        note=number,
    )


def hand_in(session_id: UUID, amount: int, number: str, *, actor: Actor) -> CashSession:
    """What was left at the close goes to bank or treasury later, once, before the next session takes it over.

    Locks the session. Raises NotFound, Conflict (`session_open`, `handed_in_already`, `money_moved_on`),
    RuleViolation with the fields `handed_in`, `handed_in_number`.
    """
    tills.access_session(actor, session_id)
    with durable():
        session = lock_rows(CashSession.objects.filter(pk=session_id))[0]
        _check_may_hand_in(session)
        errors = _check_hand_in(amount, number, session.counted or 0)
        if not amount and "handed_in" not in errors:
            errors["handed_in"] = [_("Ghi số tiền đã nộp.")]
        if errors:
            raise RuleViolation("hand_in_refused", errors=errors)
        _book_hand_in(session, amount, clean_line(number), actor, clock.now())
        session.save(update_fields=["handed_in", "handed_in_number"])
    return session


def _check_may_hand_in(session: CashSession) -> None:
    if session.closed_at is None:
        raise Conflict("session_open", _("Hãy kiểm đếm và chốt phiên trước khi nộp tiền."))
    if session.handed_in:
        raise Conflict("handed_in_already", _("Phiên này đã ghi nộp tiền rồi."))
    if tills.has_later(session):
        raise Conflict(
            "money_moved_on", _("Tiền còn lại đã chuyển sang phiên sau. Hãy nộp khi chốt phiên đó.")
        )


def may_hand_in(session: CashSession) -> bool:
    """Would `hand_in` take an amount for this session? One query at most."""
    is_kept = session.closed_at is not None and not session.handed_in and bool(session.counted)
    return is_kept and not tills.has_later(session)


def put_right(session_id: UUID, remark: str, *, actor: Actor) -> CashSession:
    """The whole of a difference is cleared up in cash: what was missing is back, or what was too much is given back.

    A closed session stays as it was: the money moves through the actor's open drawer, by a new booking, and the
    difference ends. Locks that drawer. Raises NotFound, Forbidden `no_till`, Conflict `nothing_to_put_right`,
    RuleViolation `remark_missing`, `drawer_short`. A repeat is refused.
    """
    closed = tills.access_session(actor, session_id)
    said = clean_line(remark)
    if not 0 < len(said) <= LONGEST_REMARK:
        raise refuse("remark_missing", "remark", _("Ghi đã xử lý thế nào, tối đa 400 chữ."))
    difference = (closed.counted or 0) - (closed.expected or 0)
    with durable():
        drawer, now = get_or_open(actor, clock.now()), clock.now()
        ended = end_difference(
            source=SOURCE, reference=str(closed.pk), kinds=[DifferenceKind.DRAWER], remark=said
        )
        if not ended:
            raise Conflict("nothing_to_put_right", _("Chênh lệch của phiên này đã xử lý xong."))
        if difference > tills.sum_drawer(drawer):
            raise drawer_short(tills.sum_drawer(drawer), difference)
        book(
            ids.uuid7(),
            BookingKind.DRAWER_DIFFERENCE,
            _book_right(difference),
            agency_id=drawer.agency_id,
            at=now,
            session_id=drawer.pk,
            membership_id=actor.membership_id,
            note=said,
        )
    return drawer


def _book_right(difference: int) -> tuple[Posting, ...]:
    if difference < 0:
        return book_made_good(Account.CASH_DRAWER, -difference)
    return book_refund_paid(Account.CASH_DRAWER, difference)
