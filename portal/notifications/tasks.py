"""The alarm clock's side of the outbox: do what is due, without arguments."""

from celery import shared_task

from portal.notifications import services


@shared_task(
    name="portal.notifications.tasks.deliver_due", ignore_result=True, soft_time_limit=90, time_limit=120
)
def deliver_due() -> None:
    services.deliver_due()
