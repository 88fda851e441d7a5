"""What the alarm clock calls: do what is due, without arguments."""

from celery import shared_task

from procedures.services import put_into_force


@shared_task(name="procedures.tasks.put_into_force_due", ignore_result=True)
def put_into_force_due() -> None:
    """Versions whose first day has come become current."""
    put_into_force()
