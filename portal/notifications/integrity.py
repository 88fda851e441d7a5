"""The outbox's own check for `check_integrity`."""

from collections.abc import Iterator
from datetime import timedelta

from portal.core import clock
from portal.core.integrity import Fault, integrity_checks
from portal.notifications.canaries import list_overdue
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery, Message

OVERDUE = timedelta(hours=1)


def check_notices() -> Iterator[Fault]:
    """A notice to an account has its deliveries, and nothing waits an hour past its time."""
    orphans = Message.objects.filter(user_id__isnull=False, deliveries=None)
    for message_id in orphans.values_list("pk", flat=True)[:1000]:
        yield Fault(f"message:{message_id}", "it has no delivery")
    late = Delivery.objects.filter(status=DeliveryStatus.PENDING, not_before__lt=clock.now() - OVERDUE)
    for reference in late.values_list("reference", flat=True)[:1000]:
        yield Fault(f"delivery:{reference}", "it waits although its time has passed an hour ago")
    for trial in list_overdue():
        fate = (
            "was sent and did not arrive"
            if trial.was_sent
            else f"did not leave ({trial.code or 'no reason'})"
        )
        yield Fault(f"canary:{trial.channel}", f"the trial of {trial.hour:%Y-%m-%d %H:00} UTC {fate}")


def register_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("notices", check_notices)
