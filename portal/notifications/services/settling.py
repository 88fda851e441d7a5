"""Store how deliveries ended: taken (a batch at a time), put back, or parked with another channel in their place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from portal.core import clock
from portal.core.locking import durable
from portal.notifications.channels import Taken
from portal.notifications.choices import DeliveryStatus
from portal.notifications.choosing import choose_instead
from portal.notifications.events import notice_events
from portal.notifications.models import Delivery, build_reference
from portal.notifications.notice import Notice
from portal.notifications.preferences import wants
from portal.notifications.retries import next_try
from portal.notifications.services.claiming import FREE, mine
from portal.notifications.services.recording import list_reaching

Outcome = tuple[Delivery, Taken]

# One statement for a batch: rows whose lease went to another worker are left alone.
_STORE = """
    UPDATE notifications_delivery AS d
    SET status = 'delivered', delivered_at = %(now)s, last_error = '', lease = NULL, leased_until = NULL,
        begun_at = NULL, provider = v.provider, provider_number = v.number, parts = v.parts
    FROM unnest(%(ids)s::bigint[], %(leases)s::uuid[], %(providers)s::text[], %(numbers)s::text[], %(parts)s::int[])
        AS v (id, lease, provider, number, parts)
    WHERE d.id = v.id AND d.lease = v.lease AND d.status = 'sending'
    RETURNING d.id
"""


def store_delivered(outcomes: Sequence[Outcome]) -> frozenset[int]:
    """Note what the channels took; return the ids still leased by us, in one statement of its own."""
    if not outcomes:
        return frozenset()
    values: dict[str, Any] = {
        "now": clock.now(),
        "ids": [delivery.pk for delivery, _taken in outcomes],
        "leases": [str(delivery.lease) for delivery, _taken in outcomes],
        "providers": [taken.provider for _delivery, taken in outcomes],
        "numbers": [taken.number for _delivery, taken in outcomes],
        "parts": [taken.parts for _delivery, taken in outcomes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
        return frozenset(row[0] for row in cursor.fetchall())


def store_failure(delivery: Delivery, code: str, *, permanent: bool, is_taken_perhaps: bool = False) -> bool:
    """Put it back with a growing wait; a permanent refusal, or 24 h of trying, parks it as failed.

    Parking and the channel that takes its place are one transaction. The provider stays noted while it may have
    taken the message, so that nobody else is asked. False when the lease had gone to another worker meanwhile.
    """
    now = clock.now()
    again_at = None if permanent else _find_next_try(delivery, now)
    status = DeliveryStatus.PENDING if again_at else DeliveryStatus.FAILED
    provider = delivery.provider if is_taken_perhaps else ""
    with durable():
        stored = mine(delivery).update(
            status=status,
            not_before=again_at or delivery.not_before,
            last_error=code[:60],
            provider=provider,
            **FREE,
        )
        if stored and status == DeliveryStatus.FAILED and not is_taken_perhaps:
            replace_channel(delivery, now)
    return stored == 1


def replace_channel(delivery: Delivery, now: datetime) -> str:
    """Let another channel take the place of one that did not reach; return which, empty where none is left.

    Runs in the caller's transaction; a repeat changes nothing, because a message has each channel once.
    """
    message = delivery.message
    taken = Delivery.objects.filter(message=message).values_list("channel", flat=True)
    if message.event not in notice_events:
        return ""
    channel = choose_instead(
        delivery.channel,
        reaching=list_reaching(_as_notice(delivery)),
        taken=list(taken),
        off=wants(message.user_id).off,
    )
    if channel:
        row = Delivery(
            message=message,
            channel=channel,
            status=DeliveryStatus.PENDING,
            reference=build_reference(message.pk, channel),
            not_before=now,
            replaces=delivery.channel,
        )
        Delivery.objects.bulk_create([row], ignore_conflicts=True)
    return channel


def _as_notice(delivery: Delivery) -> Notice:
    message = delivery.message
    return Notice(
        event=message.event,
        event_key=message.event_key,
        recipient_key=message.recipient_key,
        context=message.context,
        email=message.address.get("email") or None,
        phone=message.address.get("phone") or None,
        user_id=message.user_id,
        language=message.language,
    )


def _find_next_try(delivery: Delivery, now: datetime) -> datetime | None:
    first = delivery.first_tried_at or now
    return next_try(attempts=delivery.attempts, first_tried_at=first, now=now)
