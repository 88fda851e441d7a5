"""The post collects a fee when it delivers the result: noted, collected by the post's list, handed over later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.choices import FeeMode, FeeStatus
from dossiers.rights import require_sight
from dossiers.work import write_dossier
from payments import selectors
from payments.accounts import book_handed_over
from payments.choices import LONGEST_NUMBER, Account, BookingKind, Method, PostStatus
from payments.models import PostCollection, Receipt
from payments.rights import check_cash
from payments.services.booking import book
from payments.steps import keep_surplus, receive_money
from payments.till import collections as reads
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from portal.core import clock, ids
from portal.core.errors import Conflict, NotFound, PortalError, RuleViolation
from portal.core.locking import durable, lock_rows
from portal.core.money import format_vnd
from portal.core.text import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from dossiers.models import Fee
    from dossiers.work import Work

LONGEST_PARCEL = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line of the post's list: a receipt, `kept` đồng owed back, both, or a refusal's reason.

    `waits_for`: what the fee still waits for, in đồng, because the post collected too little.
    """

    collection: PostCollection
    receipt: Receipt | None = None
    kept: int = 0
    waits_for: int = 0
    refusal: str = ""


def note_post(
    dossier_id: UUID, fee_id: UUID, parcel: str, *, actor: Actor, version: int | None
) -> PostCollection:
    """The desk hands the result to the post, which takes the fee from the receiver. The fee stays open.

    `parcel` is the number on the post's label. Locks the dossier. Raises as `services.desk.pay_in_cash`, besides
    RuleViolation `parcel_missing`, `parcel_too_long`, `not_after` (due before acceptance), Conflict `noted_already`.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        check_cash(work.dossier, actor, work.relations, version)
        fee = selectors.get_fee(work.dossier, fee_id)
        amount = _check_collectable(fee)
        parcel = _clean_parcel(parcel)
        if reads.find_of_fee(fee_id) is not None:
            raise Conflict("noted_already", _("Khoản này đã ghi nhờ bưu điện thu rồi."))
        collection = PostCollection(
            agency_id=actor.agency_id or 0,
            dossier_id=dossier_id,
            fee=fee,
            parcel=parcel,
            amount=amount,
            noted_at=work.now,
            noted_by_id=actor.membership_id or 0,
        )
        collection.save(force_insert=True)
    return collection


def _check_collectable(fee: Fee) -> int:
    """The amount in đồng. Raises RuleViolation."""
    if fee.status != FeeStatus.OPEN or not fee.amount:
        raise RuleViolation("fee_not_open", _("Khoản này đã nộp, đã được miễn, hoặc chưa xác định mức thu."))
    if fee.mode != FeeMode.AFTER:
        raise RuleViolation("not_after", _("Bưu điện chỉ thu hộ khoản nộp khi nhận kết quả."))
    return fee.amount


def _clean_parcel(parcel: str) -> str:
    parcel = clean_line(parcel)
    if 0 < len(parcel) <= LONGEST_PARCEL:
        return parcel
    text = (
        _("Số hiệu bưu gửi dài quá 40 chữ và số.")
        if parcel
        else _("Ghi số hiệu bưu gửi trên nhãn của bưu điện.")
    )
    raise RuleViolation("parcel_too_long" if parcel else "parcel_missing", text, errors={"parcel": [text]})


def cancel(collection_id: UUID, *, actor: Actor) -> PostCollection:
    """The post does not collect it after all; the fee stays open. Locks the row. A repeat changes nothing.

    Raises NotFound, Conflict `collected_already`.
    """
    collection = reads.access_collection(actor, collection_id)
    with durable():
        collection = lock_rows(PostCollection.objects.filter(pk=collection.pk))[0]
        if collection.status not in (PostStatus.WAITING, PostStatus.CANCELLED):
            raise Conflict("collected_already", _("Bưu điện đã thu khoản này rồi nên không thôi được."))
        collection.status = PostStatus.CANCELLED
        collection.save(update_fields=["status"])
    return collection


def take_list(collection_ids: Iterable[UUID], *, actor: Actor) -> list[Outcome]:
    """The post's list says these were collected: each fee is settled with a receipt, each in its own transaction.

    The money is with the post, so all of it is booked: what the fee, as it is now, does not wait for is kept as owed
    back, and so is all of it where it is less than the fee. What cannot be booked stands in the outcome with its
    reason and leaves the others alone. Locks dossier by dossier. A repeat is refused line by line.
    Raises NotFound for a line of another agency.
    """
    asked = reads.access_collections(actor, collection_ids)
    return [_take(collection, actor) for collection in asked]


def _take(collection: PostCollection, actor: Actor) -> Outcome:
    try:
        return _settle(collection, actor)
    except NotFound:
        return Outcome(collection, refusal=_("Cơ quan của bạn không còn giữ hồ sơ này."))
    except PortalError as refusal:
        return Outcome(collection, refusal=refusal.message)


def _settle(collection: PostCollection, actor: Actor) -> Outcome:
    with write_dossier(collection.dossier_id, actor=actor) as work:
        require_sight(work)
        check_cash(work.dossier, actor, work.relations, None)
        locked = lock_rows(PostCollection.objects.filter(pk=collection.pk))[0]
        if locked.status != PostStatus.WAITING:
            raise Conflict("noted_already", _("Khoản này đã ghi rồi, hoặc đã thôi nhờ bưu điện thu."))
        fee = selectors.get_fee(work.dossier, locked.fee_id)
        due = (fee.amount or 0) if fee.status == FeeStatus.OPEN else 0
        receipt = _receive(work, fee) if 0 < due <= locked.amount else None
        locked.status, locked.collected_at = PostStatus.COLLECTED, work.now
        locked.kept = locked.amount - (due if receipt else 0)
        locked.save(update_fields=["status", "collected_at", "kept"])
        if locked.kept:
            _keep(work, fee, locked)
    return Outcome(collection, receipt, kept=locked.kept, waits_for=0 if receipt else due)


def _receive(work: Work, fee: Fee) -> Receipt:
    return receive_money(
        work,
        fee.pk,
        method=Method.POST,
        account=Account.POST_CLEARING,
        membership=accounts.get_membership(work.actor.membership_id or 0),
    )


def _keep(work: Work, fee: Fee, collection: PostCollection) -> None:
    keep_surplus(
        work,
        fee,
        amount=collection.kept,
        account=Account.POST_CLEARING,
        agency_id=collection.agency_id,
        collection=collection,
    )


def hand_over(collection_ids: Sequence[UUID], number: str, amount: int | None, *, actor: Actor) -> int:
    """The post has transferred what it collected: one booking for all of one transfer. Returns the đồng.

    `number` is the transfer's, `amount` what the bank's statement says. Locks the rows by id. Raises NotFound,
    Conflict `handed_already` (nothing is booked), RuleViolation with the fields `lines`, `number`, `amount`.
    """
    number = clean_line(number)
    asked = reads.access_collections(actor, collection_ids)
    _check_transfer(asked, number, amount)
    now = clock.now()
    with durable():
        rows = lock_rows(PostCollection.objects.filter(pk__in=[row.pk for row in asked]))
        if any(row.status != PostStatus.COLLECTED for row in rows):
            raise Conflict("handed_already", _("Có dòng vừa được người khác ghi. Hãy xem lại danh sách."))
        _book_transfer(rows, number, actor, now)
    return sum(row.amount for row in rows)


def _check_transfer(rows: Sequence[PostCollection], number: str, amount: int | None) -> None:
    errors: dict[str, list[str]] = {}
    total = sum(row.amount for row in rows)
    if not rows:
        errors["lines"] = [_("Chọn ít nhất một khoản mà bưu điện đã chuyển.")]
    if not 0 < len(number) <= LONGEST_NUMBER:
        errors["number"] = [_("Ghi số chứng từ chuyển tiền, tối đa 64 chữ và số.")]
    if amount is None:
        errors["amount"] = [_("Ghi số tiền bưu điện đã chuyển.")]
    elif rows and amount != total:
        text = _("Các khoản đã chọn cộng lại %(total)s, khác số tiền đã chuyển.")
        errors["amount"] = [text % {"total": format_vnd(total)}]
    if errors:
        raise RuleViolation("hand_over_refused", errors=errors)


def _book_transfer(rows: Sequence[PostCollection], number: str, actor: Actor, now: datetime) -> None:
    """Each agency's clearing account is emptied by what it was owed (one agency, but after a merger)."""
    for agency_id in sorted({row.agency_id for row in rows}):
        own = [row for row in rows if row.agency_id == agency_id]
        transaction = ids.uuid7()
        book(
            transaction,
            BookingKind.HANDED_OVER,
            book_handed_over(Account.POST_CLEARING, sum(row.amount for row in own)),
            agency_id=agency_id,
            at=now,
            membership_id=actor.membership_id,
            note=number,
        )
        PostCollection.objects.filter(pk__in=[row.pk for row in own]).update(
            status=PostStatus.HANDED_OVER, handed_over_at=now, transfer_number=number, transaction=transaction
        )
