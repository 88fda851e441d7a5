"""Waking the worker is a hint: whatever the broker does, the caller does not notice."""

import time
from collections.abc import Iterator
from typing import NoReturn

import pytest
from celery import Celery
from django.db import transaction

from portal.notifications.models import Message
from portal.notifications.services import count_wake_failures, record_notices, wake
from portal.notifications.services.waking import QUIET_AFTER_FAILURE_S, wakes
from tests.notifications.samples import build_notice


def _refuse(*args: object, **options: object) -> NoReturn:
    raise ConnectionRefusedError


def test_a_failure_is_counted_and_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celery.current_app.send_task", _refuse)

    wake()

    assert count_wake_failures() == 1


def test_after_a_failure_it_stays_quiet_for_a_while(
    monkeypatch: pytest.MonkeyPatch, sent_tasks: list[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("celery.current_app.send_task", _refuse)
        wake()
    wake()
    assert sent_tasks == []

    later = time.monotonic() + QUIET_AFTER_FAILURE_S
    monkeypatch.setattr("portal.notifications.services.waking.time.monotonic", lambda: later)
    wake()
    assert sent_tasks == ["portal.notifications.tasks.deliver_due"]


@pytest.mark.django_db(transaction=True)
def test_a_missing_broker_undoes_nothing_and_later_callbacks_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celery.current_app.send_task", _refuse)
    ran: list[str] = []
    with transaction.atomic():
        record_notices([build_notice()])
        transaction.on_commit(lambda: ran.append("later"))

    assert Message.objects.count() == 1
    assert ran == ["later"]
    assert count_wake_failures() == 1


@pytest.fixture
def unreachable_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Celery]:
    from django.conf import settings

    app = Celery("test", broker="redis://127.0.0.1:1/0", set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    app.conf.broker_connection_timeout = settings.CELERY_BROKER_CONNECTION_TIMEOUT
    monkeypatch.setattr("portal.notifications.services.waking.current_app", app)
    yield app
    app.close()


@pytest.mark.usefixtures("unreachable_broker")
def test_a_refused_broker_costs_less_than_half_a_second() -> None:
    wake()  # the first one of a process also loads the broker's client
    wakes.forget()
    before = time.monotonic()
    wake()

    assert time.monotonic() - before < 0.5
    assert wakes.failures == 1
