"""What core has to do from time to time; every task does what is due and takes no argument."""

from celery import shared_task

from portal.core import heartbeat as sign_of_life
from portal.core import idempotency, throttle


@shared_task(name="portal.core.tasks.heartbeat")
def heartbeat() -> None:
    """Show that a worker takes and finishes tasks."""
    sign_of_life.beat()


@shared_task(name="portal.core.tasks.forget_old")
def forget_old() -> None:
    """Delete idempotency keys after 30 days and throttle rows after a day."""
    idempotency.forget_old()
    throttle.forget_old()
