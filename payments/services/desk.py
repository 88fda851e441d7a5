"""What the desk does with one fee: take cash, note the treasury; and who may read fees and receipts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import transitions
from dossiers.rights import require_sight
from dossiers.services.reading import open_dossier
from dossiers.work import write_dossier
from payments import selectors
from payments.choices import LONGEST_NUMBER, TREASURY, Method
from payments.models import Receipt
from payments.rights import check_cash
from payments.services.tills import receive_at_desk
from portal.accounts.actor import Actor
from portal.core.errors import Conflict, RuleViolation
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from dossiers.work import Work


@dataclass(frozen=True, slots=True)
class OpenedFee:
    """A fee with its dossier, as its reader may see both."""

    fee: Fee
    dossier: Dossier


def pay_in_cash(
    dossier_id: UUID,
    fee_id: UUID,
    *,
    actor: Actor,
    version: int | None,
    payer_name: str = "",
    method: str = Method.CASH,
    slip: str = "",
) -> Receipt:
    """The desk takes cash or a card for one fee: fee, receipt and ledger in one transaction.

    `version` is what the cashier saw; `slip` the number on the card terminal's paper. Locks the dossier, then the
    cashier's session. Raises in this order: NotFound, Forbidden, Conflict (`conflict` for an old version, also
    when the fee was paid meanwhile; `illegal_transition`), RuleViolation (`fee_not_open` and others of the step).
    A repeat is refused by one of the last two and issues nothing.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        _check(work, fee_id, version)
        return receive_at_desk(work, fee_id, method=method, slip=slip, payer_name=payer_name)


def note_treasury(
    dossier_id: UUID, fee_id: UUID, number: str, *, actor: Actor, version: int | None
) -> Dossier:
    """The owner shows that the fee (land tax) was paid at the treasury: it is settled, and the wait for it ends.

    No receipt of ours and no booking: the money never came to the desk. `number` is the treasury's receipt.
    Locks the dossier. Raises as `pay_in_cash`; a repeat is refused, the fee is open no more.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        _check(work, fee_id, version)
        number = clean_line(number)
        if not 0 < len(number) <= LONGEST_NUMBER:
            message = _("Hãy ghi số chứng từ của kho bạc, tối đa 64 chữ và số.")
            raise RuleViolation("treasury_number", message, errors={"treasury_number": [message]})
        fee = transitions.pay_fee(work, fee_id, payload={"method": TREASURY, "treasury": number})
        fee.treasury_number = number
        fee.save(update_fields=["treasury_number"])
    return work.dossier


def _check(work: Work, fee_id: UUID, version: int | None) -> None:
    try:
        check_cash(work.dossier, work.actor, work.relations, version)
    except Conflict as conflict:
        receipt = selectors.find_receipt(work.dossier, fee_id)
        if receipt is None or conflict.code != "conflict":
            raise
        raise Conflict(
            conflict.code,
            _("Khoản này đã thu rồi: biên lai số %(number)s, người thu %(name)s. Đừng thu lần nữa.")
            % {"number": receipt.number_text, "name": receipt.issued_by_name},
        ) from conflict


def open_fee(fee_id: UUID, *, actor: Actor) -> OpenedFee:
    """A fee that the actor may see, with its dossier; a reading by staff is written down. Raises NotFound."""
    dossier_id = selectors.access_fee_dossier_id(actor, fee_id)
    dossier = open_dossier(dossier_id, actor=actor, what="fee")
    return OpenedFee(selectors.get_fee(dossier, fee_id), dossier)


def open_receipt(receipt_id: UUID, *, actor: Actor) -> Receipt:
    """A receipt that the actor may see; a reading by staff is written down. Raises NotFound."""
    receipt = selectors.access_receipt(actor, receipt_id)
    open_dossier(receipt.dossier_id, actor=actor, what="fee_receipt")
    return receipt
