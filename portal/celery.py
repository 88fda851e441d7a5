"""The Celery application: the alarm clock of what is due."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("motcua")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**_kwargs: Any) -> None:
    from portal.core.training import refuse_mixed_start
    from portal.production import refuse_unsafe_start

    refuse_unsafe_start()
    refuse_mixed_start()


@worker_ready.connect
@beat_init.connect
def watch_liveness(**_kwargs: Any) -> None:
    from django.conf import settings

    from portal.liveness import watch

    watch(app, settings.HEARTBEAT_FILE)
