"""The command that looks after the outbox."""

import io

import pytest
from django.core.management import call_command

from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from tests.notifications.conftest import Record

pytestmark = pytest.mark.django_db


def _call(*arguments: str) -> str:
    output = io.StringIO()
    call_command("notices", *arguments, stdout=output)
    return output.getvalue()


def _park(delivery: Delivery) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(
        status=DeliveryStatus.FAILED, last_error="smtp_550", attempts=1
    )
    return delivery


def test_it_lists_what_could_not_be_sent_and_no_address(record: Record) -> None:
    delivery = _park(record(email="lan@example.vn"))
    record()

    listed = _call("--failed")
    assert listed.splitlines() == [f"{delivery.reference}\tdossier.accepted\t1\tsmtp_550"]
    assert "lan@" not in listed


def test_it_puts_back_what_is_named(record: Record) -> None:
    first, second = _park(record()), _park(record())

    assert _call("--redrive", first.reference) == "1 put back\n"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.attempts, first.last_error) == (DeliveryStatus.PENDING, 0, "")
    assert second.status == DeliveryStatus.FAILED
    assert _call("--redrive") == "1 put back\n"
