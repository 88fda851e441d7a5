"""A registered event, a real SMTP server and a broker that is not asked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.models import Delivery
from portal.notifications.services import record_notices
from portal.notifications.services.waking import wakes
from tests.notifications.gateway import Gateway
from tests.notifications.samples import DOSSIER_SAMPLE, build_notice

Record = Callable[..., Delivery]


@pytest.fixture(autouse=True)
def _events() -> None:
    for key in ("dossier.accepted", "dossier.resolved"):
        if key not in notice_events:
            notice_events.register(key, NoticeEvent(sample=DOSSIER_SAMPLE))


@pytest.fixture(autouse=True)
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of the tasks that would have gone to the broker."""
    names: list[str] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **options: names.append(name))
    wakes.forget()
    yield names
    wakes.forget()


@pytest.fixture
def record() -> Record:
    """Record one notice in a transaction of its own and return its e-mail delivery."""

    def _record(**changes: Any) -> Delivery:
        notice = build_notice(**changes)
        with transaction.atomic():
            record_notices([notice])
        return Delivery.objects.select_related("message").get(
            message__event_key=notice.event_key, message__recipient_key=notice.recipient_key, channel="email"
        )

    return _record


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    server = Gateway()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.stop()
