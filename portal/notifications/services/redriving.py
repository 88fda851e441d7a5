"""Try again what was parked as failed, once its cause is mended; stop what should not be sent any more."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from portal.audit import services as audit
from portal.core import clock
from portal.core.jsontypes import JsonObject
from portal.core.locking import durable
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.services.waking import wake, wake_after_commit

_WAITING = (DeliveryStatus.PENDING, DeliveryStatus.FAILED)


def redrive_failed(references: Iterable[str] | None = None) -> int:
    """Put failed deliveries (all, or those named) back as due now, with a fresh 24 h; return how many.

    The reference stays, so a gateway still recognises a repeat. A repeat of this call is harmless.
    """
    failed = Delivery.objects.filter(status=DeliveryStatus.FAILED)
    if references is not None:
        failed = failed.filter(reference__in=list(references))
    count = _put_back(failed)
    if count:
        wake()
    return count


def redrive_one(reference: str, *, user_id: UUID) -> bool:
    """An admin tries one failed delivery again, or one that waits for a later try; False when it was neither."""
    with durable():
        found = _put_back(Delivery.objects.filter(reference=reference, status__in=_WAITING, hold=""))
        if found:
            audit.record(user_id=user_id, action="notice.retry", subject=f"delivery:{reference}")
            wake_after_commit()
    return found == 1


def redrive_reason(channel: str, code: str, *, user_id: UUID) -> int:
    """An admin tries everything of one channel again that failed for one reason; return how many."""
    with durable():
        found = _put_back(
            Delivery.objects.filter(channel=channel, last_error=code, status=DeliveryStatus.FAILED)
        )
        if found:
            detail: JsonObject = {"channel": channel, "reason": code, "count": found}
            audit.record(
                user_id=user_id, action="notice.retry_all", subject=f"reason:{channel}", detail=detail
            )
            wake_after_commit()
    return found


def stop_delivery(reference: str, *, user_id: UUID) -> bool:
    """An admin stops one delivery that waits or failed. What is being sent right now cannot be stopped: False."""
    with durable():
        found = Delivery.objects.filter(reference=reference, status__in=_WAITING).update(
            status=DeliveryStatus.STOPPED, hold=""
        )
        if found:
            audit.record(user_id=user_id, action="notice.stop", subject=f"delivery:{reference}")
    return found == 1


def _put_back(rows: QuerySet[Delivery]) -> int:
    return rows.update(
        status=DeliveryStatus.PENDING,
        attempts=0,
        lost_leases=0,
        first_tried_at=None,
        not_before=clock.now(),
        last_error="",
    )
