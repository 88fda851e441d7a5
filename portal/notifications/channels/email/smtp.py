"""E-mail over SMTP: plain text, one recipient, one Message-ID per delivery."""

import contextlib
from collections.abc import Iterator
from email.utils import parseaddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.core.errors import ExternalServiceError
from portal.notifications.channels.base import Channel, NotTaken, Outgoing, Send, Taken
from portal.notifications.channels.resting import find_breaker
from portal.notifications.notice import Notice

# One conversation has seven waits (connect, greeting, EHLO, MAIL, RCPT, DATA, end of data).
# Together they stay within the lease of 50 s, so a slow server never meets a second sender.
LONGEST_WAIT_S = 6.5
_PERMANENT = range(500, 600)
_AWAY = frozenset({"smtp_unreachable", "smtp_disconnected"})
_breaker = find_breaker("smtp")


def build_email(outgoing: Outgoing) -> EmailMessage:
    """Build the mail; its Message-ID follows from the reference, so a repeat can be recognised."""
    address = outgoing.address.get("email", "")
    try:
        validate_email(address)
    except ValidationError as error:
        raise _failure("bad_address", permanent=True) from error
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=outgoing.subject,
        body=outgoing.body + "\n",
        to=[address],
        headers={
            "Message-ID": f"<{outgoing.reference}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


class _Mailer:
    """Sends over one connection, opened at the first mail and dropped after any fault.

    Django closes a connection that it opened itself and reports a failed QUIT as a failed
    mail; ours is open before the mail, so what the server accepted counts as accepted.
    """

    def __init__(self) -> None:
        self._connection: Any = None

    def __call__(self, outgoing: Outgoing) -> Taken:
        mail = build_email(outgoing)
        if _breaker.is_resting():
            raise _failure("smtp_resting", permanent=False)
        try:
            self._open().send_messages([mail])
        except (SMTPException, OSError) as error:
            self.close()
            failure = _as_service_error(error)
            _breaker.count(is_fault=failure.code in _AWAY)
            raise failure from error
        _breaker.count(is_fault=False)
        return Taken(provider="smtp")

    def _open(self) -> Any:
        if self._connection is None:
            wait_s = min(settings.EMAIL_TIMEOUT or LONGEST_WAIT_S, LONGEST_WAIT_S)
            connection = get_connection(timeout=wait_s)
            connection.open()
            self._connection = connection
        return self._connection

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SMTPException, OSError):
                connection.close()


@contextlib.contextmanager
def _connect() -> Iterator[Send]:
    mailer = _Mailer()
    try:
        yield mailer
    finally:
        mailer.close()


def _as_service_error(error: SMTPException | OSError) -> ExternalServiceError:
    """Permanent is what the server refuses about this recipient or this text (5xx, RFC 5321 section 4.2.1).

    A refused sender, sign-in or greeting is a fault of our set-up: it is tried again.
    """
    match error:
        case SMTPRecipientsRefused():
            code = max((reply[0] for reply in error.recipients.values()), default=0)
            return _failure(f"smtp_{code}", permanent=code in _PERMANENT)
        case SMTPDataError():
            return _failure(f"smtp_{error.smtp_code}", permanent=error.smtp_code in _PERMANENT)
        case SMTPNotSupportedError():
            return _failure("smtp_not_supported", permanent=True)
        case SMTPResponseException():
            return _failure(f"smtp_{error.smtp_code}", permanent=False)
        case SMTPException():
            return _failure("smtp_disconnected", permanent=False)
    return _failure("smtp_unreachable", permanent=False)


def _failure(code: str, *, permanent: bool) -> ExternalServiceError:
    return NotTaken(code=code, message=_("Chưa gửi được thư điện tử."), permanent=permanent)


def _reaches(notice: Notice) -> bool:
    return bool(notice.email)


def clean_email(address: str) -> str:
    """The form by which an address is found: mail servers tell no case apart in practice."""
    return address.strip().lower()


email = Channel(reaches=_reaches, connect=_connect, address_key="email", clean_address=clean_email)
