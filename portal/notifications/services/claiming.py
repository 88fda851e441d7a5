"""Who may send what right now: leases on deliveries. Every step is one short transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from portal.core import clock
from portal.core.locking import claim_rows, durable
from portal.notifications.channels import channels
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.retries import LEASE, MOST_LOST_LEASES, WAITS_AFTER_LOSS
from portal.notifications.services.keeping import keep_back

BATCH = 20
FREE = {"lease": None, "leased_until": None, "begun_at": None}


@dataclass(frozen=True)
class Batch:
    """What one worker may send now. `found`: how many were due, with those that were put off.

    `bound`: ids of deliveries that an earlier attempt may have given to their provider.
    """

    lease: UUID
    deliveries: tuple[Delivery, ...]
    found: int = 0
    bound: frozenset[int] = frozenset()


def claim_batch(limit: int = BATCH) -> Batch:
    """Lease up to ``limit`` due deliveries for 50 s, and begin those that nobody suspects.

    Locks them, skipping what another worker holds; what has to wait (night, caps) is put off in the same
    transaction. The attempt, and the provider that will be asked, are stored before anything is sent, so that
    an attempt which kills the worker counts and nobody else is asked in its place. A delivery whose worker died
    before is leased only: ``begin`` takes it alone, so that it shows itself.
    """
    lease = uuid4()
    with durable():
        now = clock.now()
        due = Delivery.objects.filter(status=DeliveryStatus.PENDING, not_before__lte=now)
        rows = claim_rows(due.select_related("message").order_by("not_before", "pk"), limit=limit)
        ready = keep_back(rows, now)
        bound = frozenset(row.pk for row in ready if row.provider)
        fresh = [row for row in ready if not row.lost_leases]
        suspects = [row for row in ready if row.lost_leases]
        _lease(fresh, lease, now)
        Delivery.objects.filter(pk__in=[row.pk for row in suspects]).update(
            status=DeliveryStatus.SENDING, lease=lease, leased_until=now + LEASE, hold=""
        )
    for row in ready:
        row.lease, row.status = lease, DeliveryStatus.SENDING
    return Batch(lease, (*fresh, *suspects), len(rows), bound)


def _lease(rows: Sequence[Delivery], lease: UUID, now: datetime) -> None:
    by_provider: dict[str, list[Delivery]] = defaultdict(list)
    for row in rows:
        row.provider = row.provider or channels.get(row.channel).choose_provider()
        by_provider[row.provider].append(row)
    for provider, group in by_provider.items():
        Delivery.objects.filter(pk__in=[row.pk for row in group]).update(
            status=DeliveryStatus.SENDING,
            lease=lease,
            leased_until=now + LEASE,
            begun_at=now,
            attempts=F("attempts") + 1,
            first_tried_at=Coalesce("first_tried_at", Value(now)),
            provider=provider,
            hold="",
        )
    for row in rows:
        row.attempts += 1
        row.begun_at, row.first_tried_at = now, row.first_tried_at or now


def begin(delivery: Delivery) -> bool:
    """Say that the channel is about to be called for this one, for another 50 s; False when the lease is gone."""
    now = clock.now()
    first_tried_at = delivery.first_tried_at or now
    provider = delivery.provider or channels.get(delivery.channel).choose_provider()
    begun = mine(delivery).update(
        attempts=F("attempts") + 1,
        begun_at=now,
        first_tried_at=first_tried_at,
        leased_until=now + LEASE,
        provider=provider,
    )
    delivery.attempts += 1
    delivery.first_tried_at, delivery.begun_at, delivery.provider = first_tried_at, now, provider
    return begun == 1


def renew(lease: UUID) -> frozenset[int]:
    """Hold what this lease still has for another 50 s; return the ids of those deliveries."""
    leased = Delivery.objects.filter(status=DeliveryStatus.SENDING, lease=lease)
    leased.update(leased_until=clock.now() + LEASE)
    return frozenset(leased.values_list("pk", flat=True))


def note_provider(delivery: Delivery, provider: str) -> bool:
    """Store that another provider is about to be asked; False when the lease is gone."""
    delivery.provider = provider
    return mine(delivery).update(provider=provider, leased_until=clock.now() + LEASE) == 1


def release(lease: UUID, unsent: Iterable[Delivery] = (), bound: frozenset[int] = frozenset()) -> int:
    """Give back what this batch never began, and `unsent`, which it began and never gave to anybody."""
    leased = Delivery.objects.filter(status=DeliveryStatus.SENDING, lease=lease)
    given_back = 0
    if ids := [row.pk for row in unsent]:
        provider = Case(When(pk__in=bound, then=F("provider")), default=Value(""))
        begun = {"attempts": F("attempts") - 1, "provider": provider}
        given_back = leased.filter(pk__in=ids, begun_at__isnull=False).update(
            status=DeliveryStatus.PENDING, **begun, **FREE
        )
    return given_back + leased.filter(begun_at=None).update(status=DeliveryStatus.PENDING, **FREE)


def reclaim_expired(limit: int = 100) -> int:
    """Give back what dead or stuck workers hold. Locks those rows, skipping what another sweep holds.

    Whatever had begun is suspected: it goes back at once the first time, then later and later, always alone,
    and is parked at the fifth lost lease, so it cannot starve the others.
    """
    with durable():
        now = clock.now()
        expired = Delivery.objects.filter(status=DeliveryStatus.SENDING, leased_until__lt=now)
        ids = [delivery.pk for delivery in claim_rows(expired.order_by("leased_until", "pk"), limit=limit)]
        if ids:
            _give_back(ids, now)
    return len(ids)


def _give_back(ids: list[int], now: datetime) -> None:
    rows = Delivery.objects.filter(pk__in=ids)
    rows.filter(begun_at=None).update(status=DeliveryStatus.PENDING, **FREE)
    suspects = rows.filter(status=DeliveryStatus.SENDING)
    lost = {"lost_leases": F("lost_leases") + 1, "last_error": "lease_lost", **FREE}
    suspects.filter(lost_leases__gte=MOST_LOST_LEASES - 1).update(status=DeliveryStatus.FAILED, **lost)
    not_before = Case(
        *(When(lost_leases=before, then=Value(now + wait)) for before, wait in enumerate(WAITS_AFTER_LOSS))
    )
    suspects.update(status=DeliveryStatus.PENDING, not_before=not_before, **lost)


def mine(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, as long as this lease holds it."""
    return Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, status=DeliveryStatus.SENDING)
