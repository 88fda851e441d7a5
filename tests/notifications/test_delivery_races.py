"""Real connections, real processes: two deliverers at once, and one that is killed while sending."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from portal.core import clock
from portal.core.locking import claim_rows
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.services import claiming, deliver_due
from tests.notifications.conftest import Record
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = "import django; django.setup(); from portal.notifications.services import deliver_due; deliver_due()"


def _run_together(*works: Callable[[], object]) -> None:
    def _run(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    names = ("first", "second", "third", "fourth")
    threads = [
        threading.Thread(target=_run, args=(work,), name=name)
        for work, name in zip(works, names, strict=False)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def test_four_deliverers_at_once_send_each_mail_once(record: Record, gateway: Gateway) -> None:
    for _ in range(60):
        record()

    _run_together(*[deliver_due] * 4)

    assert len(gateway.references) == 60
    assert max(gateway.references.values()) == 1
    assert Delivery.objects.filter(channel="email", status=DeliveryStatus.DELIVERED).count() == 60


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "control: without the lock"])
def test_a_claim_made_at_the_same_moment(
    record: Record,
    gateway: Gateway,
    monkeypatch: pytest.MonkeyPatch,
    is_locked: bool,
) -> None:
    """The second worker reads before the first commits, and writes its lease after the first has sent."""
    record()
    first_read, second_read, first_sent = threading.Event(), threading.Event(), threading.Event()
    second_sent = threading.Event()

    def _answer_late(mail: EmailMessage) -> None:
        first_sent.set()
        if len(gateway.mails) > 1:
            second_sent.set()
        second_sent.wait(0.1 if is_locked else 5)

    def _claim(queryset: "QuerySet[Delivery]", *, limit: int) -> list[Delivery]:
        is_first = threading.current_thread().name == "first"
        if not is_first:
            first_read.wait(5)
        rows = claim_rows(queryset, limit=limit) if is_locked else list(queryset[:limit])
        if is_first:
            first_read.set()
            second_read.wait(5)
            return rows
        second_read.set()
        if rows:
            first_sent.wait(5)
        return rows

    gateway.on_mail = _answer_late
    monkeypatch.setattr(claiming, "claim_rows", _claim)
    monkeypatch.setattr(claiming, "reclaim_expired", lambda: 0)
    _run_together(deliver_due, deliver_due)

    assert max(gateway.references.values()) == (1 if is_locked else 2)


def test_a_worker_killed_between_send_and_store_costs_one_repeat_at_most(
    record: Record, gateway: Gateway
) -> None:
    for _ in range(5):
        record()
    worker: list[subprocess.Popen[bytes]] = []

    def _kill_at_the_third(mail: EmailMessage) -> None:
        if len(gateway.mails) == 3 and worker:
            os.kill(worker[0].pid, signal.SIGKILL)
            worker[0].wait(10)

    gateway.on_mail = _kill_at_the_third
    worker.append(_start_worker(gateway))
    assert worker[0].wait(60) == -signal.SIGKILL
    assert len(gateway.mails) == 3
    assert deliver_due().delivered == 0

    Delivery.objects.filter(status=DeliveryStatus.SENDING).update(
        leased_until=clock.now() - timedelta(seconds=1)
    )
    assert deliver_due().delivered == 3
    assert sorted(gateway.references.values()) == [1, 1, 1, 1, 2]
    assert not Delivery.objects.exclude(status=DeliveryStatus.DELIVERED).exists()


def _start_worker(gateway: Gateway) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "SEAL_KEYS_DIR": str(settings.SEAL_KEYS_DIR),
        "INDEX_KEY_FILE": str(settings.INDEX_KEY_FILE),
        "EMAIL_URL": f"smtp://127.0.0.1:{gateway.port}",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environment)


def _database_url() -> str:
    database = connection.settings_dict
    secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    host = quote(database["HOST"], safe="")
    return f"postgresql://{database['USER']}{secret}@{host}{port}/{database['NAME']}"
