"""The server: every provider under its own name, /<provider>/faults and /<provider>/books beside.

GET /<provider>/books what it took; POST /<provider>/faults sets switches, `{"forget": true}` clears them.
"""

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from portal.demo.simulators.phones.answers import Gateway, Reply
from portal.demo.simulators.phones.book import Book
from portal.demo.simulators.phones.reporting import Reporter
from portal.demo.simulators.sms.gateway import SmsGateway
from portal.demo.simulators.zalo.gateway import Render, ZaloGateway, show_parameters

LARGEST_BODY = 64 * 1024


class Phones:
    """Two SMS providers, `alpha` and `beta`, and `zalo`, on one port of this machine.

    port: 0 takes a free one. sms_keys, zalo_token: what callers must bring; receipt_keys and report_to: see Reporter.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        sms_keys: Mapping[str, str],
        zalo_token: str,
        receipt_keys: Mapping[str, str] | None = None,
        report_to: str = "",
        folder: Path | None = None,
        render: Render = show_parameters,
    ) -> None:
        self.book = Book(folder)
        self.reporter = Reporter(report_to, receipt_keys or {})
        self.sms = {name: SmsGateway(name, key, self.book, self.reporter) for name, key in sms_keys.items()}
        self.zalo = ZaloGateway(zalo_token, self.book, self.reporter, render)
        gateways: dict[str, Gateway] = {**self.sms, "zalo": self.zalo}
        handler = type("_Handler", (_Handler,), {"gateways": gateways, "book": self.book})
        self._server = _Server(("127.0.0.1", port), handler)
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """Serve in a thread of this process."""
        self.reporter.start()
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
        self.reporter.stop()
        self.book.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a caller that went away is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024  # head and body leave together
    disable_nagle_algorithm = True
    gateways: ClassVar[Mapping[str, Gateway]] = {}
    book: ClassVar[Book]

    def do_GET(self) -> None:
        name, path = self._split()
        if name in self.gateways and path == "/books":
            self._reply(Reply(200, self.book.as_json(name)))
        else:
            self._reply(Reply(404))

    def do_POST(self) -> None:
        name, path = self._split()
        body = self._read()
        gateway = self.gateways.get(name)
        if body is None or gateway is None:
            self._reply(Reply(400 if gateway else 404, {"error": "unreadable"}))
        elif path == "/faults":
            self._reply(_switch(gateway, body))
        else:
            self._reply(
                gateway.answer(path, {name.lower(): value for name, value in self.headers.items()}, body)
            )

    def _split(self) -> tuple[str, str]:
        name, _slash, rest = self.path.lstrip("/").partition("/")
        return name, f"/{rest.partition('?')[0]}"

    def _read(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return None
        try:
            read = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return read if isinstance(read, dict) else None

    def _reply(self, reply: Reply) -> None:
        if reply.is_dropped:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = b"<html>" if reply.is_garbage else json.dumps(reply.body, ensure_ascii=False).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Nothing: the books say what happened."""


def _switch(gateway: Gateway, wanted: dict[str, Any]) -> Reply:
    if wanted.pop("forget", False):
        gateway.faults.forget()
    try:
        gateway.faults.change(wanted)
    except (TypeError, ValueError) as error:
        return Reply(400, {"error": str(error)})
    return Reply(200, {"status": "ok"})
