"""Runs the demo mailbox: an SMTP server on this machine that delivers nothing anywhere."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.mailbox import build_server, get_mailbox_folder


class Command(BaseCommand):
    help = "Keeps every mail sent to it under DATA_DIR/mailbox, until SIGTERM or Ctrl-C. Only in a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.EMAIL_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("the demo mailbox runs only with DEMO=1")
        asyncio.run(self._serve(options["host"], options["port"]))

    async def _serve(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        folder = get_mailbox_folder()
        server = await loop.create_server(lambda: build_server(folder), host, port)
        bound = server.sockets[0].getsockname()[1]
        self.stdout.write(f"mailbox: listening on {host}:{bound}, keeping mails in {folder}")
        self.stdout.flush()
        async with server:
            await stop.wait()
