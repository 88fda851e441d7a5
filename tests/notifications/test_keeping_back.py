"""What must wait is put off while it is claimed: at night, and when a number got enough; also by two workers."""

import threading
from datetime import datetime

import pytest
import time_machine
from django.db import connection

from portal.accounts.notices import LOCKED
from portal.core import clock
from portal.demo.simulators.phones.server import Phones
from portal.notifications.choices import Hold
from portal.notifications.models import Delivery
from portal.notifications.services import claiming, deliver_due, keeping
from tests.notifications.conftest import DAY, RecordPhone

pytestmark = pytest.mark.django_db
NIGHT = "2026-11-23T22:15:00+07:00"
MORNING = datetime.fromisoformat("2026-11-24T07:00:00+07:00")


def _claim() -> tuple[Delivery, ...]:
    return claiming.claim_batch().deliveries


def test_at_night_telephones_are_left_alone_and_mail_is_not(send_to_phone: RecordPhone) -> None:
    with time_machine.travel(NIGHT):
        held = [send_to_phone("sms"), send_to_phone("zalo")]
        mail = send_to_phone("email", email="lan@example.vn")
        urgent = send_to_phone("sms", event=LOCKED, phone="0987654321")
        assert {row.pk for row in _claim()} == {mail.pk, urgent.pk}

    for row in held:
        row.refresh_from_db()
        assert (row.status, row.hold, row.not_before) == ("pending", Hold.QUIET, MORNING)
        assert row.first_tried_at is None
    with time_machine.travel(MORNING):
        claimed = _claim()
    assert {row.pk for row in claimed} >= {row.pk for row in held}
    assert set(Delivery.objects.filter(status="sending").values_list("hold", flat=True)) == {""}


def test_a_retry_that_falls_into_the_night_waits_for_the_morning(send_to_phone: RecordPhone) -> None:
    with time_machine.travel("2026-11-23T20:59:00+07:00"):
        row = send_to_phone()
        batch = claiming.claim_batch()
        claiming.release(batch.lease, batch.deliveries)
    with time_machine.travel("2026-11-23T21:00:00+07:00"):
        assert _claim() == ()
    row.refresh_from_db()
    assert (row.hold, row.not_before) == (Hold.QUIET, MORNING)


def test_a_number_gets_three_an_hour_and_five_a_day(send_to_phone: RecordPhone) -> None:
    sent = []
    with time_machine.travel(DAY) as clockwork:
        for _ in range(8):
            send_to_phone()
        other = send_to_phone(phone="0987654321")
        for _hour in range(4):
            sent.append(len([row for row in _claim() if row.pk != other.pk]))
            clockwork.shift(3600)
        waiting = Delivery.objects.filter(status="pending")
        assert {(row.hold, row.not_before) for row in waiting} == {(Hold.CAP, MORNING)}
    assert sent == [3, 2, 0, 0]
    with time_machine.travel(MORNING):
        assert len(_claim()) == 3


def test_however_the_number_is_written_it_is_one_number(send_to_phone: RecordPhone) -> None:
    with time_machine.travel(DAY):
        for typed in ("0912345678", "+84 912 345 678", "0912.345.678", "84912345678"):
            send_to_phone(phone=typed)

        assert len(_claim()) == 3


def test_a_number_is_counted_once_for_each_message_whatever_dies(send_to_phone: RecordPhone) -> None:
    """Claimed and lost again and again, one message takes one place."""
    with time_machine.travel(DAY) as clockwork:
        send_to_phone()
        for _crash in range(3):
            claiming.claim_batch()
            clockwork.shift(61)
            claiming.reclaim_expired()
            Delivery.objects.update(not_before=clock.now(), lost_leases=0)
        for _ in range(2):
            send_to_phone()

        assert len(_claim()) == 3


def test_what_only_waits_is_no_end_of_the_round(send_to_phone: RecordPhone, phones: Phones) -> None:
    with time_machine.travel(DAY):
        for _ in range(claiming.BATCH + 3):
            send_to_phone()
        send_to_phone(phone="0987654321")

        assert deliver_due().delivered == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_counted", [True, False], ids=["counted", "control: without the count"])
def test_two_workers_together_keep_to_the_cap(
    send_to_phone: RecordPhone, monkeypatch: pytest.MonkeyPatch, is_counted: bool
) -> None:
    """Each claims rows of the same numbers; without the count in the claim both would send all they have."""
    with time_machine.travel(DAY):
        for _ in range(6):
            for phone in ("0912345678", "0987654321"):
                send_to_phone(phone=phone)
        if not is_counted:
            monkeypatch.setattr(keeping, "_count", lambda rows, now: {})
        claimed: list[int] = []
        meeting = threading.Barrier(2)

        def _work() -> None:
            meeting.wait(10)
            try:
                for _round in range(6):
                    claimed.extend(row.pk for row in claiming.claim_batch(limit=2).deliveries)
            finally:
                connection.close()

        threads = [threading.Thread(target=_work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    assert len(claimed) == len(set(claimed))
    assert len(claimed) == (6 if is_counted else 12)


def test_a_message_without_a_usable_number_is_refused_not_held(
    send_to_phone: RecordPhone, phones: Phones
) -> None:
    with time_machine.travel(DAY):
        rows = [send_to_phone(phone="12345") for _ in range(6)]
        assert deliver_due().failed == 6

    assert {Delivery.objects.get(pk=row.pk).last_error for row in rows} == {"bad_phone"}
