"""The outbox's administration: who may, what it shows, what it does, and that no address is shown in full."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.choices import Role
from portal.audit.models import AuditEntry
from portal.notifications import overrides
from portal.notifications.models import Delivery, Message, NoticeTemplate
from portal.notifications.oversight import mask_address
from tests.factories.people import make_agency, make_officer
from tests.notifications.conftest import Record
from tests.payments.owed import browser_of

pytestmark = pytest.mark.django_db
EVENT = {"event": "dossier.accepted", "channel": "inapp", "language": "vi", "agency": ""}


@pytest.fixture(autouse=True)
def _fresh_texts() -> Iterator[None]:
    overrides.forget()
    yield
    overrides.forget()


@pytest.fixture
def admin() -> Client:
    return browser_of(make_officer(Role.SITE_ADMIN))


def fail(record: Record, code: str = "smtp_550", **changes: Any) -> Delivery:
    delivery = record(**changes)
    Delivery.objects.filter(pk=delivery.pk).update(status="failed", last_error=code, attempts=3)
    return Delivery.objects.get(pk=delivery.pk)


def _audited() -> list[str]:
    rows = AuditEntry.objects.filter(action__startswith="notice.").order_by("pk")
    return list(rows.values_list("action", flat=True))


def act(admin: Client, name: str, **typed: str) -> str:
    """Press a button; the page one comes to."""
    answer = admin.post(reverse(f"notices:{name}"), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["overview", "troubles", "texts"])
def test_only_site_admins_come_in(name: str) -> None:
    address = reverse(f"notices:{name}")
    assert Client().get(address).status_code == 302
    assert browser_of(make_officer(Role.RECEPTION, Role.DESK_HEAD)).get(address).status_code == 403
    assert browser_of(make_officer(Role.SITE_ADMIN)).get(address).status_code == 200


def test_the_overview_counts_and_more_rows_cost_no_more_queries(admin: Client, record: Record) -> None:
    fail(record)
    for name in ("overview", "troubles"):
        admin.get(reverse(f"notices:{name}"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = admin.get(reverse("notices:overview")).content.decode()
            admin.get(reverse("notices:troubles"))
        counts.append(len(queries))
        for _more in range(4):
            fail(record)
    assert counts[0] == counts[1]
    assert "Không có hộp thư này" in page
    assert "smtp_550" in page


def test_an_address_is_never_shown_in_full(admin: Client, record: Record) -> None:
    fail(record, email="hanh.nguyen@example.vn")
    page = admin.get(reverse("notices:troubles")).content.decode()

    assert "h…@example.vn" in page
    assert "hanh.nguyen" not in page


@pytest.mark.parametrize(
    ("address", "masked"), [("a@b.vn", "a…@b.vn"), ("0912345678", "…678"), ("", ""), ("x", "…x")]
)
def test_what_is_left_of_an_address(address: str, masked: str) -> None:
    assert mask_address(address) == masked


def test_one_is_tried_again_and_it_is_written_down(admin: Client, record: Record) -> None:
    delivery = fail(record)
    assert "Đã đưa thông báo này về hàng gửi" in act(admin, "retry", reference=delivery.reference)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.last_error) == ("pending", 0, "")
    assert _audited() == ["notice.retry"]

    Delivery.objects.filter(pk=delivery.pk).update(status="stopped")
    assert "không còn chờ" in act(admin, "retry", reference=delivery.reference)
    assert _audited() == ["notice.retry"]


def test_all_of_one_reason_are_tried_again_and_others_are_left(admin: Client, record: Record) -> None:
    same = [fail(record) for _ in range(3)]
    other = fail(record, "smtp_552")
    act(admin, "retry_all", channel="email", code="smtp_550")

    assert set(Delivery.objects.filter(pk__in=[row.pk for row in same]).values_list("status", flat=True)) == {
        "pending"
    }
    other.refresh_from_db()
    assert other.status == "failed"
    assert AuditEntry.objects.get(action="notice.retry_all").detail["count"] == 3


def test_one_is_stopped_but_not_while_it_is_being_sent(admin: Client, record: Record) -> None:
    delivery = record()
    act(admin, "stop", reference=delivery.reference)
    delivery.refresh_from_db()
    assert delivery.status == "stopped"
    assert "Không dừng được nữa" in act(admin, "stop", reference=delivery.reference)
    assert "Không dừng được nữa" in act(admin, "stop", reference="x")
    assert AuditEntry.objects.filter(action="notice.stop").count() == 1


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1", "%00"])
def test_a_place_in_the_list_that_is_none_shows_the_list(admin: Client, before: str) -> None:
    assert admin.get(reverse("notices:troubles"), {"before": before}).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"event": "no.such"},
        {"channel": "zalo"},
        {"channel": "fax"},
        {"language": "fr"},
        {"agency": "x"},
        {"agency": "999999"},
        {"agency": "9" * 30},
        {"event": "account.trial_email"},
    ],
)
def test_a_text_that_does_not_exist_is_not_found(admin: Client, changes: dict[str, str]) -> None:
    assert admin.get(reverse("notices:text"), {**EVENT, **changes}).status_code == 404


def test_writing_looking_and_going_back(admin: Client) -> None:
    page = admin.get(reverse("notices:text"), EVENT).content.decode()
    assert "Hồ sơ của bạn đã được tiếp nhận. Hẹn trả kết quả: {due_at}." in page
    typed = {**EVENT, "seen": "0", "subject": "", "body": "Đã nhận {code}."}

    looked = act(admin, "text", **typed, act="preview")
    assert "Đã nhận H13.36.01-261123-0014." in looked
    assert not NoticeTemplate.objects.exists()
    assert "Đã lưu" in act(admin, "text", **typed, act="save")
    overrides.forget()
    assert "Bản 1" in admin.get(reverse("notices:text"), EVENT).content.decode()
    act(admin, "shipped", **EVENT, seen="1")
    version = NoticeTemplate.objects.get()
    assert not version.is_active
    act(admin, "restore", **EVENT, seen="1", version=str(version.pk))
    assert NoticeTemplate.objects.filter(is_active=True).count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"body": "Chào {ten}"}, 422, "Những tên dùng được"),
        ({"body": ""}, 422, "Hãy viết nội dung"),
        ({"body": "a\x00b"}, 422, ""),
        ({"seen": "5"}, 409, "Người khác vừa lưu"),
        ({"seen": "x" * 40, "body": "Xong {ten}"}, 422, "Những tên"),
        ({"channel": "sms", "body": "Xem https://a.vn"}, 422, "không được có đường dẫn"),
    ],
)
def test_a_refused_text_keeps_what_was_typed(
    admin: Client, changes: dict[str, str], status: int, said: str
) -> None:
    typed = {**EVENT, "seen": "0", "subject": "", "body": "Xong {code}", "act": "save", **changes}
    answer = admin.post(reverse("notices:text"), typed)

    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert not NoticeTemplate.objects.exists()
    if "\x00" not in typed["body"]:
        assert typed["body"] in page


def test_template_language_is_shown_as_it_stands(admin: Client) -> None:
    typed = {**EVENT, "seen": "0", "subject": "", "body": "{{ 7*7 }} {% debug %} ${code} <b>x</b>"}
    page = act(admin, "text", **typed, act="preview")

    assert "{{ 7*7 }} {% debug %} ${code} &lt;b&gt;x&lt;/b&gt;" in page


def test_a_trial_goes_to_oneself_alone_and_saves_nothing(admin: Client) -> None:
    typed = {**EVENT, "seen": "0", "subject": "Thử {code}", "body": "Đã nhận {code}."}
    assert "Đã gửi thử cho bạn" in act(admin, "text", **typed, act="test")

    [message] = Message.objects.filter(event="account.trial_inapp")
    assert message.context == {
        "subject": "Thử H13.36.01-261123-0014",
        "body": "Đã nhận H13.36.01-261123-0014.",
    }
    assert not NoticeTemplate.objects.exists()


def test_an_agencys_text_is_listed_by_its_name(admin: Client) -> None:
    agency = make_agency(name="Ủy ban nhân dân xã Suối Bạc")
    typed = {**EVENT, "agency": str(agency.pk), "seen": "0", "subject": "", "body": "Xã nhận {code}."}
    act(admin, "text", **typed, act="save")

    assert "xã Suối Bạc" in admin.get(reverse("notices:texts")).content.decode()
