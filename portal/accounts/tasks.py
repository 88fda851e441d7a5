"""What is due in accounts."""

from celery import shared_task

from portal.accounts import parked


@shared_task(name="portal.accounts.tasks.forget_parked")
def forget_parked() -> None:
    parked.forget_old()
