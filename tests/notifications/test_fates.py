"""What became of each notice, in words, and which address has to be asked again."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Delivery, Message
from portal.notifications.reasons import describe_error
from portal.notifications.selectors import list_of_subject
from tests.notifications.conftest import Record

pytestmark = pytest.mark.django_db
SUBJECT = "dossier:018f"
NOW = clock.now()
DONE = {"status": DeliveryStatus.DELIVERED, "delivered_at": NOW}


@pytest.mark.parametrize(
    ("columns", "kind", "words", "is_bad"),
    [
        ({}, "wait", "Đang chờ gửi", False),
        ({"last_error": "smtp_421"}, "wait", "Đang chờ, sẽ gửi lại: máy chủ thư đang bận", False),
        ({"hold": "quiet"}, "wait", "Giờ nghỉ, gửi sau", False),
        ({"hold": "digest"}, "wait", "Gộp vào thư tổng hợp", False),
        (DONE, "done", "Đã gửi", False),
        ({**DONE, "hold": "digest"}, "done", "Đã gửi trong thư tổng hợp", False),
        ({**DONE, "receipt": "received"}, "done", "Đã đến máy", False),
        ({**DONE, "receipt": "lost"}, "bad", "Không đến được nơi nhận", True),
        ({"status": "failed", "last_error": "bad_address"}, "bad", "Không gửi được: địa chỉ sai", True),
        ({"status": "failed", "last_error": "smtp_550"}, "bad", "Không gửi được: không có hộp thư này", True),
        ({"status": "failed", "last_error": "smtp_552"}, "bad", "Không gửi được: hộp thư đầy", False),
        ({"status": "failed", "last_error": "x9"}, "bad", "Không gửi được: lỗi x9", False),
        ({"status": "failed"}, "bad", "Không gửi được", False),
        ({"status": "stopped"}, "wait", "Đã dừng, không gửi", False),
    ],
)
def test_a_fate_in_words(
    record: Record, columns: dict[str, Any], kind: str, words: str, is_bad: bool
) -> None:
    delivery = record(subject_key=SUBJECT)
    Delivery.objects.filter(pk=delivery.pk).update(**columns)

    [fate] = [fate for fate in list_of_subject(SUBJECT) if fate.channel == "email"]
    assert (fate.kind, fate.fate, fate.is_bad_address) == (kind, words, is_bad)
    assert fate.address.endswith("@example.vn")


def test_the_inbox_says_whether_it_was_read(record: Record) -> None:
    record(subject_key=SUBJECT)
    assert [fate.fate for fate in list_of_subject(SUBJECT) if fate.channel == "inapp"] == ["Chưa đọc"]
    Message.objects.update(read_at=clock.now())
    assert [fate.fate for fate in list_of_subject(SUBJECT) if fate.channel == "inapp"] == ["Đã đọc"]


def test_somebody_without_any_address_is_seen_as_well(record: Record) -> None:
    record(subject_key=SUBJECT)
    Delivery.objects.all().delete()

    [fate] = list_of_subject(SUBJECT)
    assert (fate.channel, fate.fate) == ("", "Không có địa chỉ để gửi")


def test_other_things_are_not_listed_and_many_cost_one_query(record: Record) -> None:
    for _ in range(5):
        record(subject_key=SUBJECT)
    record(subject_key=f"dossier:{uuid4()}")
    list_of_subject(SUBJECT)
    with CaptureQueriesContext(connection) as queries:
        fates = list_of_subject(SUBJECT)

    assert len(queries) == 1
    assert len({fate.message_id for fate in fates}) == 5


def test_an_unknown_code_is_named() -> None:
    assert describe_error("") == ""
    assert describe_error("smtp_571") == "máy chủ thư từ chối"
