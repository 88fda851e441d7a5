"""Who may send what right now: leases on deliveries. Every step is one short transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value

from portal.core import clock
from portal.core.locking import claim_rows, durable
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.retries import FIRST_DELAY, LEASE, MOST_LOST_LEASES, next_try

BATCH = 20
_FREE = {"lease": None, "leased_until": None, "begun_at": None}


@dataclass(frozen=True)
class Batch:
    lease: UUID
    deliveries: tuple[Delivery, ...]


def claim_batch(limit: int = BATCH) -> Batch:
    """Lease up to ``limit`` due deliveries for 60 s. Locks them, skipping what another worker holds."""
    lease = uuid4()
    with durable():
        now = clock.now()
        due = Delivery.objects.filter(status=DeliveryStatus.PENDING, not_before__lte=now)
        ids = [delivery.pk for delivery in claim_rows(due.order_by("not_before", "pk"), limit=limit)]
        Delivery.objects.filter(pk__in=ids).update(
            status=DeliveryStatus.SENDING, lease=lease, leased_until=now + LEASE
        )
    mine = Delivery.objects.filter(lease=lease, pk__in=ids).select_related("message")
    return Batch(lease=lease, deliveries=tuple(mine.order_by("not_before", "pk")))


def begin(delivery: Delivery) -> bool:
    """Say that the channel is about to be called, for another 60 s; False when the lease is no longer ours.

    The attempt is counted now, so that one which kills the worker counts as well.
    """
    now = clock.now()
    first_tried_at = delivery.first_tried_at or now
    begun = _mine(delivery).update(
        attempts=F("attempts") + 1, begun_at=now, first_tried_at=first_tried_at, leased_until=now + LEASE
    )
    delivery.attempts += 1
    delivery.first_tried_at = first_tried_at
    return begun == 1


def store_delivered(delivery: Delivery) -> bool:
    """Note that the channel took it; False when the lease had gone to another worker meanwhile."""
    stored = _mine(delivery).update(
        status=DeliveryStatus.DELIVERED, delivered_at=clock.now(), last_error="", **_FREE
    )
    return stored == 1


def store_failure(delivery: Delivery, code: str, *, permanent: bool) -> bool:
    """Put it back with a growing wait; a permanent refusal, or 24 h of trying, parks it as failed."""
    now = clock.now()
    again_at = None if permanent else _next_try(delivery, now)
    status = DeliveryStatus.PENDING if again_at else DeliveryStatus.FAILED
    stored = _mine(delivery).update(
        status=status, not_before=again_at or delivery.not_before, last_error=code[:60], **_FREE
    )
    return stored == 1


def release(lease: UUID) -> int:
    """Give back, untouched, what this batch never began."""
    leased = Delivery.objects.filter(status=DeliveryStatus.SENDING, lease=lease)
    return leased.filter(begun_at=None).update(status=DeliveryStatus.PENDING, **_FREE)


def reclaim_expired(limit: int = 100) -> int:
    """Give back what dead or stuck workers hold. Locks those rows, skipping what another sweep holds.

    Only the delivery that had begun is suspected: it goes back at once the first time, then
    later and later, and is parked at the fifth lost lease, so it cannot starve the others.
    """
    with durable():
        now = clock.now()
        expired = Delivery.objects.filter(status=DeliveryStatus.SENDING, leased_until__lt=now)
        ids = [delivery.pk for delivery in claim_rows(expired.order_by("leased_until", "pk"), limit=limit)]
        _give_back(ids, now)
    return len(ids)


def _give_back(ids: list[int], now: datetime) -> None:
    rows = Delivery.objects.filter(pk__in=ids)
    rows.filter(begun_at=None).update(status=DeliveryStatus.PENDING, **_FREE)
    suspects = rows.filter(status=DeliveryStatus.SENDING)
    lost = {"lost_leases": F("lost_leases") + 1, "last_error": "lease_lost", **_FREE}
    suspects.filter(lost_leases__gte=MOST_LOST_LEASES - 1).update(status=DeliveryStatus.FAILED, **lost)
    wait = ExpressionWrapper(F("lost_leases") * Value(FIRST_DELAY), output_field=DurationField())
    suspects.update(status=DeliveryStatus.PENDING, not_before=Value(now) + wait, **lost)


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, status=DeliveryStatus.SENDING)


def _next_try(delivery: Delivery, now: datetime) -> datetime | None:
    first = delivery.first_tried_at or now
    return next_try(attempts=delivery.attempts, first_tried_at=first, now=now)
