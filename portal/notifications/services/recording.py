"""Record notices inside the transaction of what they tell about."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from portal.core import clock
from portal.notifications.channels import channels
from portal.notifications.choices import DeliveryStatus, Hold
from portal.notifications.choosing import PHONE, choose_channels
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.holding import find_end_of_digest
from portal.notifications.models import (
    Delivery,
    Message,
    NoticePreference,
    build_message_id,
    build_reference,
)
from portal.notifications.notice import Notice
from portal.notifications.preferences import EVERYTHING, Wants, read_wants
from portal.notifications.services.waking import wake_after_commit


def record_notices(notices: Sequence[Notice]) -> None:
    """Record the notices with one insert per table, and wake the worker once after the commit.

    Runs inside the caller's transaction: notice and cause are stored together or not at all.
    Takes no lock and reads only how the accounts among them want to be told, in one query.
    A repeat (same event_key and recipient_key) is harmless:
    the first record stays. Notices of one call are a microsecond apart, so that an inbox keeps
    their order (ids follow from keys and say nothing of time). Raises KeyError on an unknown event,
    TypeError on a context that is not of plain values; both are mistakes in our code.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_notices belongs inside the transaction of its cause")
    if not notices:
        return
    now = clock.now()
    moments = [now + place * timedelta(microseconds=1) for place in range(len(notices))]
    messages = [_build_message(notice, at) for notice, at in zip(notices, moments, strict=True)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    wanted = _read_wants(notices)
    deliveries = [delivery for notice in notices for delivery in _build_deliveries(notice, now, wanted)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    if any(delivery.status == DeliveryStatus.PENDING for delivery in deliveries):
        wake_after_commit()


def _build_message(notice: Notice, now: datetime) -> Message:
    return Message(
        id=build_message_id(notice.event_key, notice.recipient_key),
        event=notice.event,
        event_key=notice.event_key,
        recipient_key=notice.recipient_key,
        user_id=notice.user_id,
        address={"email": notice.email or "", "phone": notice.phone or ""},
        context=_freeze(notice),
        language=notice.language,
        subject_key=notice.subject_key,
        created_at=now,
    )


def _freeze(notice: Notice) -> dict[str, str | int]:
    """Keep plain values only: a lazy translation or a row would change until the notice is read."""
    for key, value in notice.context.items():
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise TypeError(f"{notice.event}: {key} is a {type(value).__name__}, not a plain value")
    return {key: value for key, value in notice.context.items() if value is not None}


def _read_wants(notices: Sequence[Notice]) -> Mapping[UUID, Wants]:
    """Of those accounts that could be reached by more than the inbox."""
    asked = {notice.user_id for notice in notices if notice.user_id and (notice.email or notice.phone)}
    if not asked:
        return {}
    return {row.pk: read_wants(row) for row in NoticePreference.objects.filter(pk__in=asked)}


def list_reaching(notice: Notice) -> tuple[str, ...]:
    """The channels that this event may take, that are set up and that have an address of this person."""
    keys = notice_events.get(notice.event).channels
    return tuple(key for key in keys if key in channels and channels.get(key).reaches(notice))


def _build_deliveries(notice: Notice, now: datetime, wanted: Mapping[UUID, Wants]) -> list[Delivery]:
    message_id = build_message_id(notice.event_key, notice.recipient_key)
    event = notice_events.get(notice.event)
    wants = wanted.get(notice.user_id, EVERYTHING) if notice.user_id else EVERYTHING
    asks = event.asks or event.urgent or set(event.channels) <= set(PHONE)
    keys = choose_channels(list_reaching(notice), off=wants.off, asks=asks)
    return [_build_delivery(message_id, key, now, is_held=_is_for_digest(key, event, wants)) for key in keys]


def _is_for_digest(channel: str, event: NoticeEvent, wants: Wants) -> bool:
    """E-mails about progress and reminders that the inbox has too; what hurries or is about money goes at once."""
    is_kept_back = not event.urgent and event.group in {"progress", "reminder"} and "inapp" in event.channels
    return channel == "email" and wants.digest and is_kept_back


def _build_delivery(message_id: UUID, channel: str, now: datetime, *, is_held: bool) -> Delivery:
    is_delivered = channels.get(channel).connect is None
    return Delivery(
        message_id=message_id,
        channel=channel,
        status=DeliveryStatus.DELIVERED if is_delivered else DeliveryStatus.PENDING,
        reference=build_reference(message_id, channel),
        not_before=find_end_of_digest(now) if is_held else now,
        hold=Hold.DIGEST if is_held else "",
        delivered_at=now if is_delivered else None,
    )
