"""Try again what was parked as failed, once its cause is mended."""

from collections.abc import Iterable

from portal.core import clock
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.services.waking import wake


def redrive_failed(references: Iterable[str] | None = None) -> int:
    """Put failed deliveries (all, or those named) back as due now, with a fresh 24 h; return how many.

    The reference stays, so a gateway still recognises a repeat. A repeat of this call is harmless.
    """
    failed = Delivery.objects.filter(status=DeliveryStatus.FAILED)
    if references is not None:
        failed = failed.filter(reference__in=list(references))
    count = failed.update(
        status=DeliveryStatus.PENDING,
        attempts=0,
        lost_leases=0,
        first_tried_at=None,
        not_before=clock.now(),
        last_error="",
    )
    if count:
        wake()
    return count
