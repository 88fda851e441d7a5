"""Every hour a message of our own through every channel: one each, seen to arrive or missed."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from portal.core import clock
from portal.core.integrity import integrity_checks
from portal.demo.mailbox import store_mail
from portal.demo.simulators.phones.server import Phones
from portal.notifications.choices import ReceiptState
from portal.notifications.models import Canary
from portal.notifications.selectors import list_overdue
from portal.notifications.services import canary_due, store_receipt
from portal.notifications.services.receiving import Receipt
from tests.notifications.conftest import DAY
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _canary_addresses(settings: Settings, tmp_path: Path) -> None:
    settings.CANARY_EMAIL, settings.CANARY_PHONE = "chim-bao@motcua.example", "0900000000"
    settings.CANARY_MAILBOX = tmp_path


def test_one_an_hour_through_each_channel_however_often_it_is_asked(phones: Phones, gateway: Gateway) -> None:
    with time_machine.travel(DAY):
        assert [canary_due(), canary_due(), canary_due()] == [3, 0, 0]
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert canary_due() == 3

    assert Canary.objects.count() == 6
    assert {entry.asked for entry in phones.book.list_entries()} == {1}
    assert len(gateway.mails) == 2


def test_without_providers_only_mail_is_tried(gateway: Gateway) -> None:
    canary_due()

    assert list(Canary.objects.values_list("channel", flat=True)) == ["email"]


def test_it_is_seen_to_arrive_by_receipts_and_in_the_mailbox(
    phones: Phones, gateway: Gateway, tmp_path: Path
) -> None:
    canary_due()
    for row in Canary.objects.exclude(channel="email"):
        store_receipt("alpha", Receipt(row.reference, "", ReceiptState.RECEIVED))
    mail = EmailMessage()
    mail["Message-ID"] = gateway.mails[0]["Message-ID"]
    store_mail(tmp_path, ["chim-bao@motcua.example"], mail.as_bytes())
    canary_due()

    assert Canary.objects.filter(arrived_at=None).count() == 0
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert list_overdue() == ()


def test_what_does_not_leave_is_tried_again_and_then_reported(phones: Phones, gateway: Gateway) -> None:
    gateway.data_reply = "451 later"
    with time_machine.travel(DAY) as clockwork:
        assert canary_due() == 2
        assert Canary.objects.get(channel="email").error == "smtp_451"
        clockwork.shift(20 * 60)
        overdue = {each.channel: (each.was_sent, each.code) for each in list_overdue()}
        assert overdue == {"email": (False, "smtp_451"), "sms": (True, ""), "zalo": (True, "")}
        faults = {fault.subject for fault in integrity_checks.get("notices")()}
        assert faults == {"canary:email", "canary:sms", "canary:zalo"}
        gateway.data_reply = "250 OK"
        assert canary_due() == 1

    assert Canary.objects.get(channel="email").error == ""


@pytest.mark.parametrize(
    ("hour_ago", "sent_ago", "error", "is_overdue"),
    [
        (50, 5, "", False),
        (50, 16, "", True),
        (50, None, "", False),
        (50, None, "smtp_451", True),
        (80, None, "", True),
    ],
)
def test_a_trial_is_overdue_by_when_it_left(
    hour_ago: int, sent_ago: int | None, error: str, is_overdue: bool
) -> None:
    """Minutes. An installation that started in the middle of an hour alarms nobody."""
    now = clock.now()
    sent_at = None if sent_ago is None else now - timedelta(minutes=sent_ago)
    Canary.objects.create(
        channel="email",
        hour=now - timedelta(minutes=hour_ago),
        reference="canary.x",
        sent_at=sent_at,
        error=error,
    )
    assert bool(list_overdue()) is is_overdue
