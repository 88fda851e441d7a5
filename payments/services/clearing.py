"""What gateways and card terminals hold for an agency comes to its bank account."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from payments.accounts import book_handed_over
from payments.choices import LONGEST_NUMBER, Account, BookingKind
from payments.models import LedgerEntry
from payments.refunds.rights import DECIDERS
from payments.services.booking import book
from portal.accounts.actor import Actor
from portal.core import clock, counters, ids
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable
from portal.core.money import format_vnd
from portal.core.text import clean_line


def may_note(actor: Actor) -> bool:
    """Head of the desk or leader, at the agency whose contract it is."""
    return actor.is_officer and not actor.is_read_only and actor.has_role(*DECIDERS)


def find_held(agency_id: int) -> int:
    """What gateways and card terminals hold for this agency, in đồng. One query."""
    held = LedgerEntry.objects.filter(agency_id=agency_id, account=Account.GATEWAY_CLEARING)
    return held.aggregate(sum=Sum("amount"))["sum"] or 0


def note_handed_over(number: str, amount: int | None, *, actor: Actor) -> int:
    """The bank's statement shows a gateway's transfer: BANK ← GATEWAY_CLEARING. Returns what is still held.

    `number` is the transfer's; the same number is booked once. `amount` in đồng, at most what is held. Two at once
    wait for each other at the agency's counter of transfers. Raises Forbidden, RuleViolation with the fields `number`,
    `amount`, Conflict `handed_already`.
    """
    agency_id = actor.agency_id
    if agency_id is None or not may_note(actor):
        raise Forbidden("role_lacking", _("Chỉ trưởng bộ phận Một cửa hoặc lãnh đạo ghi được việc này."))
    number = clean_line(number)
    with durable():
        counters.next_number(f"handed-over:{agency_id}")
        held = find_held(agency_id)
        _check(number, amount, held)
        booked = LedgerEntry.objects.filter(agency_id=agency_id, kind=BookingKind.HANDED_OVER, note=number)
        if booked.filter(account=Account.GATEWAY_CLEARING).exists():
            raise Conflict("handed_already", _("Chứng từ số này đã ghi rồi. Không ghi lần nữa."))
        book(
            ids.uuid7(),
            BookingKind.HANDED_OVER,
            book_handed_over(Account.GATEWAY_CLEARING, amount or 0),
            agency_id=agency_id,
            at=clock.now(),
            membership_id=actor.membership_id,
            note=number,
        )
    return held - (amount or 0)


def _check(number: str, amount: int | None, held: int) -> None:
    errors: dict[str, list[str]] = {}
    if not 0 < len(number) <= LONGEST_NUMBER:
        errors["number"] = [_("Ghi số chứng từ chuyển tiền, tối đa 64 chữ và số.")]
    if not amount:
        errors["amount"] = [_("Ghi số tiền cổng đã chuyển.")]
    elif amount > held:
        text = _("Cổng đang giữ %(held)s, không thể chuyển nhiều hơn. Hãy xem lại sao kê.")
        errors["amount"] = [text % {"held": format_vnd(held)}]
    if errors:
        raise RuleViolation("hand_over_refused", errors=errors)
