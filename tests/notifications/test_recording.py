"""Notices are recorded with their cause, once, and never by more than inserts."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery, Message
from portal.notifications.services import record_notices
from tests.notifications.conftest import Record
from tests.notifications.samples import DOSSIER_SAMPLE, build_notice

pytestmark = pytest.mark.django_db


def test_it_inserts_once_per_table_and_reads_how_people_want_to_be_told_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notices = [build_notice() for _ in range(5)]
    with transaction.atomic(), django_assert_num_queries(3) as queries:
        record_notices(notices)

    assert [query["sql"].split()[0] for query in queries.captured_queries] == ["INSERT", "SELECT", "INSERT"]
    assert Message.objects.count() == 5
    assert Delivery.objects.count() == 10


def test_the_inbox_is_delivered_at_once_and_mail_waits() -> None:
    record_notices([build_notice()])

    states = dict(Delivery.objects.values_list("channel", "status"))
    assert states == {"inapp": DeliveryStatus.DELIVERED, "email": DeliveryStatus.PENDING}


@pytest.mark.parametrize(
    ("missing", "channels"),
    [({"email": None}, ["inapp"]), ({"user_id": None}, ["email"]), ({"email": None, "user_id": None}, [])],
)
def test_only_channels_with_an_address_are_used(missing: dict[str, None], channels: list[str]) -> None:
    record_notices([build_notice(**missing)])

    assert list(Delivery.objects.values_list("channel", flat=True)) == channels
    assert Message.objects.count() == 1


def test_a_repeat_changes_nothing(record: Record) -> None:
    first = record(event_key="dossier:1:2", recipient_key="user:1")
    again = build_notice(
        event_key="dossier:1:2", recipient_key="user:1", email="other@example.vn", user_id=uuid4()
    )
    record_notices([again, build_notice()])

    assert Message.objects.count() == 2
    assert Delivery.objects.filter(message=first.message).count() == 2
    assert Message.objects.get(pk=first.message.pk).address == first.message.address


def test_one_event_reaches_each_recipient(record: Record) -> None:
    record(event_key="dossier:1:2", recipient_key="user:1")
    record(event_key="dossier:1:2", recipient_key="party:7")

    assert Delivery.objects.filter(channel="email").count() == 2


def test_address_and_context_are_sealed_at_rest(record: Record) -> None:
    record(email="lan.nguyen@example.vn", context={"recipient_name": "Nguyễn Thị Lan"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, context, m::text FROM notifications_message m")
        address, context, whole = cursor.fetchone()

    for clear in ("lan.nguyen", "Nguyễn"):
        assert clear.encode() not in bytes(address) + bytes(context)
        assert clear not in whole


def test_missing_values_are_left_out_of_the_frozen_context(record: Record) -> None:
    message = record(context={"code": "A-1", "due_at": None}).message

    assert Message.objects.get(pk=message.pk).context == {"code": "A-1"}


@pytest.mark.parametrize("value", [gettext_lazy("Đã tiếp nhận"), 1.5, ["a"], True])
def test_a_context_that_is_not_frozen_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="status_label"):
        record_notices([build_notice(context={"status_label": value})])


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(KeyError, match="dossier\\.exploded"):
        record_notices([build_notice(event="dossier.exploded")])


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_run_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record_notices([build_notice()])


@pytest.mark.django_db(transaction=True)
def test_a_notice_of_something_that_did_not_happen_is_not_kept(sent_tasks: list[str]) -> None:
    with transaction.atomic():
        record_notices([build_notice()])
        transaction.set_rollback(True)

    assert Message.objects.count() == 0
    assert sent_tasks == []


def test_the_worker_is_woken_once_after_the_commit(
    sent_tasks: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record_notices([build_notice(), build_notice()])
        record_notices([build_notice()])
        assert sent_tasks == []

    assert sent_tasks == ["portal.notifications.tasks.deliver_due"]


def test_nobody_is_woken_for_the_inbox_alone(
    sent_tasks: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record_notices([build_notice(email=None, context=DOSSIER_SAMPLE)])

    assert sent_tasks == []
