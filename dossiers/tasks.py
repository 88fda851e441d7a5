"""Do what is due. Tasks take no argument: PostgreSQL knows what there is to do."""

from celery import shared_task

from dossiers.reminders import sending
from dossiers.services import merging, prepared, system
from dossiers.services.files import delete_abandoned


@shared_task(name="dossiers.tasks.expire_due")
def expire_due() -> int:
    return system.expire_due()


@shared_task(name="dossiers.tasks.delete_abandoned_uploads")
def delete_abandoned_uploads() -> int:
    return delete_abandoned()


@shared_task(name="dossiers.tasks.delete_expired_prepared")
def delete_expired_prepared() -> int:
    """Forms filled at home that nobody brought within 30 days, and those used long enough ago."""
    return prepared.delete_expired()


@shared_task(name="dossiers.tasks.hand_over_due")
def hand_over_due() -> int:
    """Dossiers and people of agencies that were merged go to the successor."""
    done = merging.hand_over_due()
    return done.dossiers + done.drafts


@shared_task(name="dossiers.tasks.remind_due")
def remind_due() -> int:
    """Waits that end within a day, results nobody fetched, promised days that near or passed."""
    return sending.remind_due()
