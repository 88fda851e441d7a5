"""What the alarm clock calls: do what is due, without arguments."""

from celery import shared_task

from procedures.services import put_into_force
from procedures.services.loads import continue_loads


@shared_task(name="procedures.tasks.put_into_force_due", ignore_result=True)
def put_into_force_due() -> None:
    """Versions whose first day has come become current."""
    put_into_force()


@shared_task(name="procedures.tasks.continue_loads_due", ignore_result=True)
def continue_loads_due() -> None:
    """Loads of procedures that are being read or applied go on."""
    continue_loads()
