"""The alarm clock's side of the outbox: do what is due, without arguments."""

from celery import shared_task

from portal.notifications import services


@shared_task(
    name="portal.notifications.tasks.deliver_due", ignore_result=True, soft_time_limit=90, time_limit=120
)
def deliver_due() -> None:
    services.deliver_due()


@shared_task(name="portal.notifications.tasks.digest_due", ignore_result=True)
def digest_due() -> int:
    return services.send_digests_due()


@shared_task(
    name="portal.notifications.tasks.canary_due", ignore_result=True, soft_time_limit=90, time_limit=120
)
def canary_due() -> int:
    return services.canary_due()


@shared_task(name="portal.notifications.tasks.read_bounces_due", ignore_result=True)
def read_bounces_due() -> int:
    return services.read_bounces_due()
