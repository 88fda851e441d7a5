"""Do what is due. Tasks take no argument: PostgreSQL knows what there is to do."""

from celery import shared_task

from dossiers.services import system
from dossiers.services.files import delete_abandoned


@shared_task(name="dossiers.tasks.expire_due")
def expire_due() -> int:
    return system.expire_due()


@shared_task(name="dossiers.tasks.delete_abandoned_uploads")
def delete_abandoned_uploads() -> int:
    return delete_abandoned()
