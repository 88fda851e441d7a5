"""A mail as a mail server sees it."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from pytest_django import Settings

from portal.core.errors import ExternalServiceError
from portal.notifications.channels import Outgoing, channels
from portal.notifications.channels.email.smtp import _as_service_error, build_email
from tests.notifications.gateway import Gateway

OUTGOING = Outgoing(
    reference="5a4f.email",
    address={"email": "lan@example.vn"},
    subject="Hồ sơ đã được tiếp nhận",
    body="Chào bạn",
)


def _send(outgoing: Outgoing = OUTGOING, times: int = 1) -> None:
    connect = channels.get("email").connect
    assert connect is not None
    with connect() as send:
        for _ in range(times):
            send(outgoing)


def test_it_arrives_as_plain_text_with_its_reference(gateway: Gateway, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Một Cửa <khong-tra-loi@motcua.example>"
    _send()

    (mail,) = gateway.mails
    assert mail["Message-ID"] == "<5a4f.email@motcua.example>"
    assert mail["Subject"] == "Hồ sơ đã được tiếp nhận"
    assert mail["To"] == "lan@example.vn"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip() == "Chào bạn"


def test_a_batch_shares_one_connection_and_a_repeat_has_the_same_reference(gateway: Gateway) -> None:
    _send(times=3)

    assert list(gateway.references.values()) == [3]


@pytest.mark.parametrize(
    "address",
    ["", "lan", "lan@example.vn\r\nBcc: x@example.vn", "a@example.vn, b@example.vn", "Lan <lan@example.vn>"],
)
def test_an_address_that_is_none_is_refused_for_good(address: str) -> None:
    with pytest.raises(ExternalServiceError) as refusal:
        build_email(Outgoing(reference="r", address={"email": address}, subject="s", body="b"))

    assert refusal.value.permanent
    assert refusal.value.code == "bad_address"


@pytest.mark.parametrize(
    ("error", "code", "permanent"),
    [
        (SMTPRecipientsRefused({"a@b.vn": (550, b"unknown")}), "smtp_550", True),
        (SMTPRecipientsRefused({"a@b.vn": (452, b"mailbox full")}), "smtp_452", False),
        (SMTPDataError(554, b"refused"), "smtp_554", True),
        (SMTPDataError(451, b"later"), "smtp_451", False),
        (SMTPSenderRefused(550, b"who are you", "x@y.vn"), "smtp_550", False),
        (SMTPAuthenticationError(535, b"wrong password"), "smtp_535", False),
        (SMTPServerDisconnected("gone"), "smtp_disconnected", False),
        (ConnectionRefusedError(), "smtp_unreachable", False),
        (TimeoutError(), "smtp_unreachable", False),
    ],
)
def test_what_is_final_and_what_is_tried_again(
    error: Exception,
    code: str,
    permanent: bool,
) -> None:
    failure = _as_service_error(error)  # type: ignore[arg-type]

    assert (failure.code, failure.permanent) == (code, permanent)


@pytest.mark.parametrize(("reply", "permanent"), [("550 unknown", True), ("450 busy", False)])
def test_the_servers_answer_decides(gateway: Gateway, reply: str, permanent: bool) -> None:
    gateway.rcpt_replies["lan@example.vn"] = reply
    with pytest.raises(ExternalServiceError) as refusal:
        _send()

    assert refusal.value.permanent is permanent
    assert "lan@example.vn" not in str(refusal.value)


def test_a_server_that_is_away_is_tried_again(gateway: Gateway, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(ExternalServiceError) as refusal:
        _send()

    assert not refusal.value.permanent


def test_after_a_fault_the_next_mail_takes_a_new_connection(gateway: Gateway) -> None:
    connect = channels.get("email").connect
    assert connect is not None
    gateway.rcpt_replies["lan@example.vn"] = "421 closing"
    with connect() as send:
        with pytest.raises(ExternalServiceError):
            send(OUTGOING)
        gateway.rcpt_replies.clear()
        send(OUTGOING)

    assert len(gateway.mails) == 1
