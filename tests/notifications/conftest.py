"""A registered event, a real SMTP server and a broker that is not asked."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from portal.core import clock
from portal.demo.simulators.phones.server import Phones
from portal.notifications.channels import resting
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.models import Delivery, Message, build_reference
from portal.notifications.services import record_notices
from portal.notifications.services.waking import wakes
from tests.notifications.gateway import Gateway
from tests.notifications.samples import DOSSIER_SAMPLE, build_notice

Record = Callable[..., Delivery]
RecordPhone = Callable[..., Delivery]
DAY = "2026-11-23T09:00:00+07:00"
"""A Monday at nine in Việt Nam: no night."""


@pytest.fixture(autouse=True)
def _events() -> None:
    for key in ("dossier.accepted", "dossier.resolved"):
        if key not in notice_events:
            notice_events.register(key, NoticeEvent(sample=DOSSIER_SAMPLE))


@pytest.fixture(autouse=True)
def _rested_providers() -> Iterator[None]:
    """No provider is left alone because of an earlier test."""
    resting.forget_all()
    yield
    resting.forget_all()


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
def phones(settings: Settings) -> Iterator[Phones]:
    """Two SMS providers and Zalo as real servers; the reports they would send go nowhere unless a test says so."""
    server = Phones(
        sms_keys={"alpha": "key-a", "beta": "key-b"},
        zalo_token="token",
        receipt_keys={"alpha": "r-a", "beta": "r-b", "zalo": "r-z"},
    )
    server.start()
    settings.SMS_PROVIDERS = {name: f"{server.url}/{name}/messages" for name in ("alpha", "beta")}
    settings.SMS_KEYS = {"alpha": "key-a", "beta": "key-b"}
    settings.SMS_BRANDNAME = "MOTCUA"
    settings.ZALO_URL, settings.ZALO_TOKEN = f"{server.url}/zalo", "token"
    settings.ZALO_TEMPLATES = {"*": "demo.*"}
    settings.RECEIPT_KEYS = {"alpha": "r-a", "beta": "r-b", "zalo": "r-z", "email": "r-e"}
    yield server
    server.stop()


@pytest.fixture
def send_to_phone() -> RecordPhone:
    """Record one notice to a party that left a telephone number alone, through one channel; return its delivery."""

    def _record(channel: str = "sms", phone: str = "0912 345 678", **changes: Any) -> Delivery:
        values = {"email": None, "user_id": None, "recipient_key": f"party:{uuid4()}", "phone": phone}
        notice = build_notice(**{**values, **changes})
        with transaction.atomic():
            record_notices([notice])
            message = Message.objects.get(event_key=notice.event_key, recipient_key=notice.recipient_key)
            Delivery.objects.filter(message=message).delete()
            reference = build_reference(message.pk, channel)
            Delivery.objects.create(
                message=message,
                channel=channel,
                status="pending",
                reference=reference,
                not_before=clock.now(),
            )
        return Delivery.objects.select_related("message").get(reference=reference)

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
