"""The demo mailbox: an SMTP server that keeps every mail as a file, and the reading of those files."""

import asyncio
import email
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import getaddresses
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from portal.core import clock

LARGEST_MAIL = 2 * 1024 * 1024
MOST_LISTED = 50
MOST_SEARCHED = 5000
_STAMP = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Mail:
    """One received mail, as the page shows it. name: its file without the ending, rising with time."""

    name: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    message_id: str
    received_at: datetime


@dataclass(frozen=True)
class MailPage:
    mails: tuple[Mail, ...]
    next_before: str


class MailboxHandler:
    """Takes every mail and answers 250 only when its file is complete under its final name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        await asyncio.to_thread(store_mail, self._folder, envelope.rcpt_tos, content)
        return "250 OK"


def get_mailbox_folder() -> Path:
    return Path(settings.MAILBOX_DIR)


def store_mail(folder: Path, recipients: list[str], content: bytes) -> Path:
    """Write one mail with its envelope's recipients on top; readers never see half a file."""
    name = f"{clock.now():{_STAMP}}-{secrets.token_hex(4)}"
    envelope = "".join(f"X-RcptTo: {_as_header(recipient)}\r\n" for recipient in recipients)
    part, whole = folder / f".{name}.part", folder / f"{name}.eml"
    with part.open("wb") as file:
        file.write(envelope.encode() + content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(whole)
    return whole


def list_mails(*, to: str = "", before: str = "", limit: int = MOST_LISTED) -> MailPage:
    """List mails newest first, older than the one named ``before``.

    to: a whole address, or part of one when it holds no @. Case does not matter.
    """
    found: list[Mail] = []
    for path in _list_files(before):
        mail = _read_mail(path)
        if not _is_for(mail, to.strip().lower()):
            continue
        if len(found) == limit:
            return MailPage(tuple(found), found[-1].name)
        found.append(mail)
    return MailPage(tuple(found), "")


def build_server(folder: Path) -> SMTP:
    """One SMTP conversation's protocol object, storing into ``folder``."""
    return SMTP(
        MailboxHandler(folder), data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, ident="Mot Cua demo"
    )


def _list_files(before: str) -> list[Path]:
    files = sorted(get_mailbox_folder().glob("*.eml"), reverse=True)
    older = [path for path in files if not before or path.stem < before]
    return older[:MOST_SEARCHED]


def _read_mail(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=modern)
    return Mail(
        name=path.stem,
        sender=str(message.get("From", "")),
        recipients=tuple(_addresses(message)),
        subject=str(message.get("Subject", "")),
        body=_text(message),
        message_id=str(message.get("Message-ID", "")),
        received_at=_received_at(path),
    )


def _is_for(mail: Mail, to: str) -> bool:
    if "@" in to:
        return to in mail.recipients
    return any(to in recipient for recipient in mail.recipients) or not to


def _addresses(message: EmailMessage) -> list[str]:
    """The envelope says who got it; a header may say anything."""
    headers = [str(value) for value in message.get_all("X-RcptTo", [])]
    return [address.lower() for _, address in getaddresses(headers) if address]


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    return str(part.get_content()) if part is not None else ""


def _received_at(path: Path) -> datetime:
    return datetime.strptime(path.stem.partition("-")[0], _STAMP).replace(tzinfo=UTC)


def _as_header(recipient: str) -> str:
    return " ".join(recipient.split())
