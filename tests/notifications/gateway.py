"""A real SMTP server in this process that counts mails by their reference."""

import asyncio
import email
import socket
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default as modern

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Gateway:
    """Accepts everything unless told otherwise.

    rcpt_replies: address -> reply to RCPT; data_reply: reply to the end of DATA; on_mail: called
    with each mail after it counts as received and before the sender hears of it.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rcpt_replies: dict[str, str] = {}
        self.data_reply = "250 OK"
        self.on_mail: Callable[[EmailMessage], None] = lambda mail: None
        self.port = _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.rcpt_replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.data_reply.startswith("250"):
            return self.data_reply
        mail = email.message_from_bytes(envelope.original_content or b"", policy=modern)
        self.mails.append(mail)
        await asyncio.to_thread(self.on_mail, mail)
        return self.data_reply

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def references(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.mails)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
