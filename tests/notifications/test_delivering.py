"""What is due leaves once, in batches, with no transaction open; faults are put back or parked."""

from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import psycopg2
import pytest
import time_machine
from django.db import DatabaseError, OperationalError, connection

from portal.core import clock
from portal.notifications.channels import Outgoing, Taken
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery
from portal.notifications.retries import MOST_LOST_LEASES
from portal.notifications.services import claiming, deliver_due, delivering, redrive_failed, settling
from portal.notifications.services.settling import Outcome
from portal.notifications.tasks import deliver_due as deliver_due_task
from tests.notifications.conftest import Record
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_due_mail_leaves_exactly_once(record: Record, gateway: Gateway) -> None:
    for _ in range(45):
        record()

    assert deliver_due().delivered == 45
    assert deliver_due().delivered == 0
    assert len(gateway.references) == len(gateway.mails) == 45
    assert not Delivery.objects.exclude(status=DeliveryStatus.DELIVERED).exists()


def test_the_task_takes_no_argument_and_does_what_is_due(record: Record, gateway: Gateway) -> None:
    record()
    deliver_due_task()

    assert len(gateway.mails) == 1


def test_nothing_is_open_in_the_database_while_sending(
    record: Record, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    record()
    open_ones: list[bool] = []
    build = delivering._build_outgoing

    def _build(delivery: Delivery, *, is_bound: bool) -> Outgoing:
        open_ones.append(connection.in_atomic_block)
        return build(delivery, is_bound=is_bound)

    monkeypatch.setattr(delivering, "_build_outgoing", _build)
    deliver_due()

    assert open_ones == [False]
    assert len(gateway.mails) == 1


def test_what_is_not_due_yet_waits(record: Record, gateway: Gateway) -> None:
    record()
    Delivery.objects.update(not_before=clock.now() + timedelta(seconds=30))

    assert deliver_due().delivered == 0
    assert gateway.mails == []


def test_it_stops_when_its_time_is_over_and_gives_the_rest_back(record: Record, gateway: Gateway) -> None:
    for _ in range(5):
        record()
    deliver_due(budget_s=0.0)

    assert gateway.mails == []
    assert Delivery.objects.filter(status=DeliveryStatus.PENDING, attempts=0).count() == 5


def test_a_passing_fault_is_tried_again_later_with_the_same_reference(
    record: Record, gateway: Gateway
) -> None:
    delivery = record()
    gateway.data_reply = "451 try later"
    deliver_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.last_error) == ("pending", 1, "smtp_451")
    assert delivery.not_before > clock.now() + timedelta(seconds=50)

    gateway.data_reply = "250 OK"
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        deliver_due()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.last_error) == ("delivered", 2, "")
    assert gateway.mails[0]["Message-ID"].startswith(f"<{delivery.reference}@")


def test_a_refused_recipient_is_parked_at_once(record: Record, gateway: Gateway) -> None:
    delivery = record(email="nobody@example.vn")
    gateway.rcpt_replies["nobody@example.vn"] = "550 no such user nobody@example.vn"
    assert deliver_due().failed == 1

    delivery.refresh_from_db()
    assert (delivery.status, delivery.last_error) == (DeliveryStatus.FAILED, "smtp_550")


def test_after_a_day_of_trying_it_is_parked(record: Record, gateway: Gateway) -> None:
    delivery = record()
    gateway.data_reply = "451 try later"
    deliver_due()
    with time_machine.travel(clock.now() + timedelta(hours=24)):
        deliver_due()

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, 2)


def test_what_is_parked_can_be_driven_again(record: Record, gateway: Gateway, sent_tasks: list[str]) -> None:
    delivery = record(email="nobody@example.vn")
    gateway.rcpt_replies["nobody@example.vn"] = "550 no such user"
    deliver_due()
    gateway.rcpt_replies.clear()
    sent_tasks.clear()

    assert redrive_failed() == 1
    assert redrive_failed() == 0
    assert len(sent_tasks) == 1
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.DELIVERED


def test_a_message_that_cannot_be_rendered_does_not_stop_the_others(record: Record, gateway: Gateway) -> None:
    poison = record()
    type(poison.message).objects.filter(pk=poison.message.pk).update(event="dossier.without_texts")
    record()

    assert deliver_due().delivered == 1
    poison.refresh_from_db()
    assert (poison.status, poison.last_error) == (DeliveryStatus.PENDING, "fault")
    assert len(gateway.mails) == 1


def test_a_lease_that_went_to_another_worker_is_respected(record: Record, gateway: Gateway) -> None:
    record()
    mine = claiming.claim_batch()
    Delivery.objects.filter(channel="email").update(lease=uuid4())
    (delivery,) = mine.deliveries

    assert not claiming.begin(delivery)
    assert claiming.renew(mine.lease) == frozenset()
    assert not claiming.note_provider(delivery, "beta")
    assert not settling.store_delivered([(delivery, Taken())])
    assert not settling.store_failure(delivery, "late", permanent=True)
    assert claiming.release(mine.lease, [delivery]) == 0
    assert Delivery.objects.filter(status=DeliveryStatus.SENDING, attempts=1).count() == 1


def test_a_late_answer_does_not_overwrite_the_next_worker(record: Record, gateway: Gateway) -> None:
    delivery = record()

    def _lose_the_lease(mail: EmailMessage) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(lease=uuid4())
        connection.close()

    gateway.on_mail = _lose_the_lease
    assert deliver_due().delivered == 0
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.SENDING


def test_after_a_crash_each_of_its_batch_is_sent_alone(
    record: Record, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        record()
    assert len(claiming.claim_batch().deliveries) == 3
    assert deliver_due().delivered == 0

    begun: list[int] = []
    begin = claiming.begin

    def _begin(row: Delivery) -> bool:
        begun.append(gateway.references.total())
        return begin(row)

    monkeypatch.setattr(claiming, "begin", _begin)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert deliver_due().delivered == 3
    assert begun == [0, 1, 2]
    rows = Delivery.objects.filter(channel="email")
    assert list(rows.values_list("attempts", "lost_leases")) == [(2, 1)] * 3


def test_a_suspect_that_crashes_again_costs_the_other_suspects_nothing(
    record: Record, gateway: Gateway
) -> None:
    for _ in range(3):
        record()
    claiming.claim_batch()
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        claiming.reclaim_expired()
        claiming.begin(claiming.claim_batch().deliveries[0])
    for seconds in (200, 300):
        with time_machine.travel(clock.now() + timedelta(seconds=seconds)):
            deliver_due()

    lost = Delivery.objects.filter(channel="email", status="delivered").order_by("lost_leases")
    assert list(lost.values_list("lost_leases", flat=True)) == [1, 1, 2]


def test_what_was_begun_and_not_sent_goes_back_as_it_was(record: Record, gateway: Gateway) -> None:
    record()
    batch = claiming.claim_batch()
    assert claiming.release(batch.lease, batch.deliveries, batch.bound) == 1

    row = Delivery.objects.get(channel="email")
    assert (row.status, row.attempts, row.lost_leases, row.begun_at, row.provider) == (
        "pending",
        0,
        0,
        None,
        "",
    )


def test_a_message_that_kills_its_worker_is_parked_and_the_others_pass(
    record: Record, gateway: Gateway
) -> None:
    killer = record()
    moment = clock.now()
    for crash in range(MOST_LOST_LEASES):
        bystander = record()
        with time_machine.travel(moment):
            claiming.reclaim_expired()
            batch = claiming.claim_batch()
            assert killer.pk in {delivery.pk for delivery in batch.deliveries}
            claiming.begin(next(d for d in batch.deliveries if d.pk == killer.pk))
        moment += timedelta(minutes=crash + 2)
        with time_machine.travel(moment - timedelta(seconds=30)):
            claiming.reclaim_expired()
            Delivery.objects.filter(pk=killer.pk, status=DeliveryStatus.PENDING).update(not_before=moment)
            deliver_due()
        bystander.refresh_from_db()
        assert bystander.status == DeliveryStatus.DELIVERED

    killer.refresh_from_db()
    assert (killer.status, killer.last_error) == (DeliveryStatus.FAILED, "lease_lost")


def test_a_database_that_restarts_after_the_send_does_not_make_it_leave_twice(
    record: Record, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    record()
    store = settling.store_delivered
    in_commit = DatabaseError("server closed the connection")
    in_commit.__cause__ = psycopg2.DatabaseError("server closed the connection")
    faults: list[Exception] = [OperationalError("server closed the connection"), in_commit]

    def _store(outcomes: Sequence[Outcome]) -> frozenset[int]:
        if faults:
            raise faults.pop()
        return store(outcomes)

    monkeypatch.setattr(settling, "store_delivered", _store)
    monkeypatch.setattr("portal.notifications.services.delivering.STORE_WAIT_S", 0.01)

    assert deliver_due().delivered == 1
    assert deliver_due().delivered == 0
    assert len(gateway.mails) == 1
