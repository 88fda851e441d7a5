"""What became of the notices about one thing, in plain words, for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.notifications.choices import DeliveryStatus, Hold, ReceiptState
from portal.notifications.models import Message
from portal.notifications.reasons import describe_error, is_bad_address
from portal.notifications.rendering import render_subject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANNEL_WORDS: Final[Mapping[str, "StrOrPromise"]] = {
    "email": gettext_lazy("Thư điện tử"),
    "sms": gettext_lazy("Tin nhắn SMS"),
    "zalo": gettext_lazy("Zalo"),
    "inapp": gettext_lazy("Trên cổng"),
}
"""Names of the channels as people read them."""
MOST = 60
_OF_DELIVERY: Final = (
    "channel", "status", "reference", "not_before", "delivered_at", "last_error", "receipt", "receipt_at", "hold",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeFate:
    """One notice on its way through one channel; `channel` is empty where no channel reached the person.

    fate: the sentence people read; kind: done, wait or bad; at: when that came to be; address: who was written
    to, for staff only; is_bad_address: the receiving side says that it does not exist, so it has to be asked again.
    """

    message_id: UUID
    event: str
    title: str
    language: str
    channel: str
    channel_label: str
    recipient: str
    user_id: UUID | None
    address: str
    status: str
    kind: str
    fate: str
    created_at: datetime
    at: datetime | None
    is_bad_address: bool
    reference: str


def list_of_subject(subject_key: str) -> tuple[NoticeFate, ...]:
    """Every notice about one thing through every channel, newest first, 60 at most. One query.

    `subject_key` like "dossier:<id>". The caller has checked that its reader may see that thing.
    """
    rows = Message.objects.filter(subject_key=subject_key).annotate(
        **{f"d_{name}": F(f"deliveries__{name}") for name in _OF_DELIVERY}
    )
    return tuple(_build(row) for row in rows.order_by("-created_at", "-pk", "deliveries__pk")[:MOST])


def _build(row: Any) -> NoticeFate:
    way = read_way(row, "d_")
    kind, fate, at = describe_fate(way, row.read_at)
    is_bad = way.receipt == ReceiptState.LOST or way.status == DeliveryStatus.FAILED
    return NoticeFate(
        message_id=row.pk,
        event=row.event,
        title=render_subject(row.event, row.context, row.language),
        language=row.language,
        channel=way.channel or "",
        channel_label=str(CHANNEL_WORDS.get(way.channel or "", way.channel or "")),
        recipient=str(row.context.get("recipient_name", "")),
        user_id=row.user_id,
        address=find_address(row.address, way.channel),
        status=way.status or "",
        kind=kind,
        fate=fate,
        created_at=row.created_at,
        at=at,
        is_bad_address=is_bad and (way.receipt == ReceiptState.LOST or is_bad_address(way.last_error or "")),
        reference=way.reference or "",
    )


def find_address(address: Mapping[str, str], channel: str | None) -> str:
    """Which of a person's addresses a channel writes to."""
    key = {"email": "email", "sms": "phone", "zalo": "phone"}.get(channel or "", "")
    return str(address.get(key, "")) if key else ""


@dataclass(frozen=True, slots=True)
class Way:
    """The columns of a delivery that its fate is read from; all None where there is none."""

    channel: str | None
    status: str | None
    reference: str | None
    not_before: datetime | None
    delivered_at: datetime | None
    last_error: str | None
    receipt: str | None
    receipt_at: datetime | None
    hold: str | None


def read_way(row: Any, prefix: str = "") -> Way:
    """From a delivery, or from a row that carries the columns under a prefix."""
    return Way(**{name: getattr(row, prefix + name) for name in _OF_DELIVERY})


def describe_fate(row: Way, read_at: datetime | None) -> tuple[str, str, datetime | None]:
    """Kind (done, wait, bad), words and moment of one delivery."""
    match row.status:
        case DeliveryStatus.DELIVERED:
            return _describe_delivered(row, read_at)
        case DeliveryStatus.FAILED:
            reason = describe_error(row.last_error or "")
            return (
                "bad",
                _("Không gửi được: %(reason)s") % {"reason": reason} if reason else _("Không gửi được"),
                None,
            )
        case DeliveryStatus.STOPPED:
            return "wait", _("Đã dừng, không gửi"), None
        case None:
            return "bad", _("Không có địa chỉ để gửi"), None
    if row.hold:
        return "wait", str(Hold(row.hold).label), row.not_before
    reason = describe_error(row.last_error or "")
    return (
        "wait",
        _("Đang chờ, sẽ gửi lại: %(reason)s") % {"reason": reason} if reason else _("Đang chờ gửi"),
        None,
    )


def _describe_delivered(row: Way, read_at: datetime | None) -> tuple[str, str, datetime | None]:
    if row.channel == "inapp":
        return ("done", _("Đã đọc"), read_at) if read_at else ("done", _("Chưa đọc"), None)
    if row.receipt == ReceiptState.LOST:
        reason = describe_error(row.last_error or "")
        lost = (
            _("Không đến được: %(reason)s") % {"reason": reason} if reason else _("Không đến được nơi nhận")
        )
        return "bad", lost, row.receipt_at
    if row.receipt:
        return "done", str(ReceiptState(row.receipt).label), row.receipt_at
    if row.hold == Hold.DIGEST:
        return "done", _("Đã gửi trong thư tổng hợp"), row.delivered_at
    return "done", _("Đã gửi"), row.delivered_at
