"""Providers and mail servers report: signed, once or ten times, in any order, about anything."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from portal.core import clock
from portal.demo.simulators.phones.server import Phones
from portal.notifications.channels.email.bounces import read_bounces
from portal.notifications.models import AddressFlag, Delivery, Message
from portal.notifications.receipts.signing import sign
from portal.notifications.selectors import list_flags
from portal.notifications.services import deliver_due, read_bounces_due
from tests.notifications.conftest import DAY, Record, RecordPhone
from tests.notifications.gateway import Gateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("phones")]


def _post(provider: str, body: bytes, *, key: str, at: float | None = None, **changes: str) -> int:
    timestamp = str(int(at if at is not None else clock.now().timestamp()))
    headers = {"X-Timestamp": timestamp, "X-Signature": sign(key, timestamp, body), **changes}
    answer = Client().post(
        f"/notices/receipts/{provider}/", body, content_type="application/json", headers=headers
    )
    return answer.status_code


def _report(delivery: Delivery, state: str = "delivered", **changes: Any) -> bytes:
    return json.dumps({"receipts": [{"reference": delivery.reference, "state": state, **changes}]}).encode()


@pytest.fixture
def sent(send_to_phone: RecordPhone) -> Delivery:
    with time_machine.travel(DAY):
        delivery = send_to_phone(email="lan@example.vn")
        deliver_due()
    return delivery


def _receipt(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.status, delivery.receipt


def test_a_receipt_is_noted_once_however_often_it_comes(sent: Delivery) -> None:
    assert [_post("alpha", _report(sent), key="r-a") for _ in range(3)] == [200] * 3
    first = Delivery.objects.get(pk=sent.pk).receipt_at
    _post("alpha", _report(sent, "read"), key="r-a")
    _post("alpha", _report(sent), key="r-a")
    _post("alpha", _report(sent, "failed", error="unknown_number"), key="r-a")

    assert _receipt(sent) == ("delivered", "read")
    assert first is not None
    assert not AddressFlag.objects.exists()


def test_it_is_found_by_the_providers_own_number_too(sent: Delivery) -> None:
    sent.refresh_from_db()
    body = json.dumps({"id": sent.provider_number, "state": "delivered"}).encode()
    assert _post("beta", body, key="r-b") == 200
    assert _receipt(sent)[1] == ""
    assert _post("alpha", body, key="r-a") == 200
    assert _receipt(sent)[1] == "received"


@pytest.mark.parametrize(
    ("provider", "key", "changes", "at_shift"),
    [
        ("alpha", "wrong", {}, 0),
        ("alpha", "r-b", {}, 0),
        ("nobody", "r-a", {}, 0),
        ("nobody", "", {}, 0),
        ("alpha", "r-a", {"X-Signature": ""}, 0),
        ("alpha", "r-a", {"X-Signature": "ẫ"}, 0),
        ("alpha", "r-a", {"X-Timestamp": ""}, 0),
        ("alpha", "r-a", {"X-Timestamp": "9" * 30}, 0),
        ("alpha", "r-a", {}, -601),
        ("alpha", "r-a", {}, 601),
    ],
)
def test_whoever_does_not_sign_is_refused_alike(
    sent: Delivery, provider: str, key: str, changes: dict[str, str], at_shift: int
) -> None:
    changes = {name: value.encode().decode("latin-1") for name, value in changes.items()}
    at = clock.now().timestamp() + at_shift
    assert _post(provider, _report(sent), key=key, at=at, **changes) == 401
    assert _receipt(sent) == ("delivered", "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b"\xff\xfe", 400),
        (b'{"receipts": 7}', 400),
        (b'{"receipts": ["x"]}', 400),
        (json.dumps({"receipts": [{}] * 501}).encode(), 400),
        (b"{}", 200),
        (b'{"receipts": []}', 200),
        (b'{"reference": "unknown.sms", "state": "delivered"}', 200),
        (b'{"reference": {"a": 1}, "state": "delivered"}', 200),
        (b'{"reference": "a\\u0000b", "state": "delivered"}', 200),
        (json.dumps({"reference": "x" * 5000, "state": "delivered"}).encode(), 200),
    ],
)
def test_what_cannot_be_read_is_refused_and_what_is_unknown_is_answered_alike(
    body: bytes, status: int
) -> None:
    assert _post("alpha", body, key="r-a") == status


def test_the_door_is_for_reports_only() -> None:
    assert Client().get("/notices/receipts/alpha/").status_code == 405


def test_a_report_ends_an_attempt_whose_answer_was_lost(send_to_phone: RecordPhone, phones: Phones) -> None:
    phones.sms["alpha"].faults.change({"answer": "drop", "times": 1})
    with time_machine.travel(DAY):
        delivery = send_to_phone()
        deliver_due()
    assert _receipt(delivery) == ("pending", "")
    _post("alpha", _report(delivery, id="alpha-000001"), key="r-a")

    assert _receipt(delivery) == ("delivered", "received")
    assert delivery.provider_number == "alpha-000001"
    assert deliver_due().delivered == 0


def test_a_lost_sms_flags_the_number_and_an_email_takes_its_place(sent: Delivery, gateway: Gateway) -> None:
    for _ in range(2):
        _post("alpha", _report(sent, "failed", error="unknown_number"), key="r-a")
    deliver_due()

    assert _receipt(sent) == ("delivered", "lost")
    assert len(gateway.mails) == 1
    (flag,) = list_flags([("sms", "0912 345 678"), ("sms", "0987 654 321")])
    assert (flag.address, flag.code) == ("0912 345 678", "no_such_number")
    _post("alpha", _report(sent), key="r-a")
    assert list_flags([("zalo", "+84912345678")]) == ()


@pytest.mark.django_db(transaction=True)
def test_the_simulators_reports_arrive_here_signed(
    send_to_phone: RecordPhone, phones: Phones, live_server: Any
) -> None:
    phones.reporter.address = f"{live_server.url}/notices/receipts"
    phones.sms["alpha"].faults.change({"receipts": "twice", "late_s": 0.0})
    with time_machine.travel(DAY, tick=True):
        delivery = send_to_phone()
        deliver_due()
    entry = phones.book.list_entries()[0]
    reporter = phones.reporter
    assert reporter._post(entry, "")
    assert _receipt(delivery) == ("delivered", "received")


# --- mail that came back ---------------------------------------------------------------------------


BOUNCE = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: khong-tra-loi@motcua.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="XX"

--XX
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--XX
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0700 (+07)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--XX
Content-Type: {original}

Message-ID: <{reference}@motcua.example>
Subject: =?utf-8?b?SOG7kyBzxqE=?=

Body
--XX--
"""


def _build_bounce(delivery: Delivery, **changes: str) -> bytes:
    """As Postfix writes it."""
    usual = {"to": "lan@example.vn", "status": "5.1.1", "action": "failed", "original": "message/rfc822"}
    return BOUNCE.format(reference=delivery.reference, **{**usual, **changes}).encode()


@pytest.fixture
def mailed(record: Record, gateway: Gateway) -> Delivery:
    delivery = record(email="lan@example.vn", phone="0912345678")
    deliver_due()
    return delivery


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_is_flagged_and_zalo_takes_its_place(mailed: Delivery, original: str) -> None:
    raw = _build_bounce(mailed, original=original)
    assert [_post("email", raw, key="r-e") for _ in range(2)] == [200, 200]

    assert _receipt(mailed) == ("delivered", "lost")
    assert mailed.last_error == "bounced"
    (flag,) = list_flags([("email", "LAN@example.vn"), ("email", "minh@example.vn"), ("email", "")])
    assert flag.code == "bounced"
    assert Delivery.objects.filter(message=mailed.message, channel="zalo", replaces="email").count() == 1


@pytest.mark.parametrize(
    ("changes", "lost", "flagged"),
    [
        ({"action": "delayed", "status": "4.4.1"}, False, False),
        ({"action": "relayed"}, False, False),
        ({"to": "minh@example.vn"}, False, False),
        ({"status": "5.2.2"}, True, False),
        ({"status": "4.4.7"}, True, False),
        ({"status": "5.7.1"}, True, False),
        ({"status": "5.2.1"}, True, True),
        ({"status": "rubbish"}, True, True),
    ],
)
def test_only_a_final_failure_of_the_true_recipient_counts(
    mailed: Delivery, changes: dict[str, Any], lost: bool, flagged: bool
) -> None:
    _post("email", _build_bounce(mailed, **changes), key="r-e")

    assert (_receipt(mailed)[1] == "lost") is lost
    assert AddressFlag.objects.exists() is flagged


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff", b"Subject: x\n\nAuto reply", b"Content-Type: multipart/report\n\n--x"]
)
def test_other_mail_is_no_bounce(raw: bytes) -> None:
    assert read_bounces(raw) == ()
    assert _post("email", raw, key="r-e") == 200


def test_the_folder_is_read_and_emptied(mailed: Delivery, tmp_path: Path, settings: Settings) -> None:
    settings.BOUNCES_DIR = tmp_path
    (tmp_path / "new").mkdir()
    (tmp_path / "1.eml").write_bytes(_build_bounce(mailed))
    (tmp_path / "new" / "2.host").write_bytes(b"not a report")

    assert read_bounces_due() == 2
    assert read_bounces_due() == 0
    assert _receipt(mailed) == ("delivered", "lost")


def test_a_refused_mailbox_is_flagged_until_it_takes_mail_again(
    record: Record, gateway: Gateway, phones: Phones
) -> None:
    gateway.rcpt_replies["lan@example.vn"] = "550 no such user"
    record(email="lan@example.vn")
    deliver_due()
    (flag,) = list_flags([("email", "lan@example.vn")])
    assert (flag.code, AddressFlag.objects.get().reason) == ("smtp_550", "refused")
    gateway.rcpt_replies.clear()
    record(email="lan@example.vn")
    deliver_due()

    assert list_flags([("email", "lan@example.vn")]) == ()
    assert Message.objects.count() == 2
