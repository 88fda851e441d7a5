"""What came back as undeliverable: delivery status notifications (RFC 3464) inside multipart/report (RFC 6522)."""

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default as modern
from email.utils import parseaddr

LARGEST_MAIL = 1024 * 1024
_REFERENCE = re.compile(r"<?([A-Za-z0-9.]{8,60})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ADDRESS_IS_BAD = re.compile(r"5\.(?:0\.\d+|1\.\d+|2\.1|4\.[14])")


@dataclass(frozen=True)
class Bounce:
    """One mail that did not arrive. status: as in RFC 3463, e.g. 5.1.1."""

    reference: str
    recipient: str
    status: str

    @property
    def is_bad_address(self) -> bool:
        """Does the receiving side say that there is no such mailbox, rather than that it is full or choosy?"""
        return _ADDRESS_IS_BAD.fullmatch(self.status) is not None

    @property
    def code(self) -> str:
        return "bounced" if self.is_bad_address else f"smtp_{self.status}"


def read_bounces(raw: bytes) -> tuple[Bounce, ...]:
    """The final failures a report names; nothing for other mails, delays and reports about mails not ours."""
    mail = _parse(raw)
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        return ()
    parts = list(mail.walk())
    reference = next(filter(None, (_read_original(part) for part in parts)), "")
    if not reference:
        return ()
    groups = [
        group
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for group in part.get_payload()
        if isinstance(group, Message)
    ]
    return tuple(bounce for group in groups if (bounce := _read_group(group, reference)))


def read_reference(raw: bytes) -> str:
    """The reference in a mail's own Message-ID; empty for a mail that is not ours."""
    return _read_id(str(_parse(raw).get("Message-ID", "")))


def _parse(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw[:LARGEST_MAIL], policy=modern)


def _read_original(part: Message) -> str:
    """The Message-ID of the mail that came back, whole or as headers alone."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return _read_id(str(inner.get("Message-ID", ""))) if isinstance(inner, Message) else ""
    if kind == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
        return _read_id(str(email.message_from_bytes(raw, policy=modern).get("Message-ID", "")))
    return ""


def _read_id(message_id: str) -> str:
    found = _REFERENCE.search(message_id)
    return found[1] if found else ""


def _read_group(group: Message, reference: str) -> Bounce | None:
    if str(group.get("Action", "")).strip().lower() != "failed":
        return None
    recipient = str(group.get("Final-Recipient") or group.get("Original-Recipient") or "")
    status = _STATUS.search(str(group.get("Status", "")))
    address = parseaddr(recipient.partition(";")[2].strip())[1].lower()
    return Bounce(reference, address, status[0] if status else "5.0.0")
