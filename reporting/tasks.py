"""Do what is due. Tasks take no argument: PostgreSQL knows what there is to do."""

from celery import shared_task

from reporting import services


@shared_task(name="reporting.tasks.fold_due")
def fold_due() -> int:
    return services.fold_due()
