"""HTTP in front of the simulated gateway: the documented addresses, and those of people who test."""

from __future__ import annotations

import json
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from portal.demo.simulators.vnpay import pages

if TYPE_CHECKING:
    from portal.demo.simulators.vnpay.gateway import Vnpay

LARGEST_BODY = 64 * 1024
HTML, JSON, CSV = "text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8"


class Server(ThreadingHTTPServer):
    """One thread for each request; hanging ones end with the server."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], vnpay: Vnpay) -> None:
        self.vnpay = vnpay
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    """Chooses by path; what cannot be read is 400."""

    server: Server
    timeout = 60

    def do_GET(self) -> None:
        routes = {
            "/paymentv2/vpcpay.html": self._show_pay_page,
            "/style.css": lambda: self._answer(200, "text/css; charset=utf-8", pages.STYLE),
            "/books": self._show_books,
            "/settlement": self._show_settlement,
            "/control": self._show_control,
        }
        self._route(routes)

    def do_POST(self) -> None:
        routes = {
            "/paymentv2/choose": self._choose,
            "/merchant_webapi/api/transaction": self._answer_api,
            "/pay": self._pay,
            "/control": self._control,
            "/control/release": self._release,
            "/control/send": self._send,
        }
        self._route(routes)

    def log_message(self, *_arguments: Any) -> None:
        """Quiet: /books tells everything."""

    @property
    def vnpay(self) -> Vnpay:
        return self.server.vnpay

    def _route(self, routes: dict[str, Any]) -> None:
        from portal.demo.simulators.vnpay.gateway import Refused

        self.parts = urlsplit(self.path)
        act = routes.get(self.parts.path)
        try:
            if act is None:
                self._answer(
                    404, HTML, pages.build_note_page("Không có trang này", "Hãy quay lại trang trước.")
                )
            else:
                act()
        except Refused as refused:
            is_page = self.parts.path.startswith("/paymentv2/")
            note = pages.build_note_page("Không thanh toán được", refused.args[0])
            self._answer(400, HTML, note) if is_page else self._answer_json({"error": refused.args[0]}, 400)
        except (ValueError, KeyError, TypeError) as error:
            self._answer_json({"error": str(error)}, 400)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _show_pay_page(self) -> None:
        if self._is_broken(self.vnpay.faults.page):
            return
        payment = self.vnpay.open_attempt(self.parts.query)
        page = pages.build_pay_page(payment, self.vnpay.merchants[payment.merchant].name)
        self._answer(200, HTML, page)

    def _choose(self) -> None:
        typed = {name: values[-1] for name, values in parse_qs(self._read().decode()).items()}
        payment = self.vnpay.books.find(typed["merchant"], typed["reference"])
        if payment is None:
            raise KeyError("reference")
        back = self.vnpay.choose(payment, typed["choice"])["return"]
        if back and self.vnpay.faults.returns == "yes":
            self._answer(303, HTML, b"", {"Location": back})
            return
        self._answer(
            200, HTML, pages.build_note_page("Đã ghi nhận", "Trang này không đưa bạn về. Hãy tự quay lại.")
        )

    def _answer_api(self) -> None:
        faults, body = self.vnpay.faults, self._read()
        if self._is_broken(faults.api):
            return
        answer = self.vnpay.answer(json.loads(body))
        if faults.refund == "lost" and answer["vnp_Command"] == "refund":
            self._hang()
            return
        if faults.api == "unsigned":
            del answer["vnp_SecureHash"]
        if faults.api == "forged":
            answer["vnp_SecureHash"] = answer["vnp_SecureHash"][::-1]
        self._answer_json(answer)

    def _pay(self) -> None:
        asked = json.loads(self._read())
        self._answer_json(self.vnpay.pay(asked["url"], asked.get("choice", "paid")))

    def _control(self) -> None:
        self.vnpay.switch(**json.loads(self._read() or b"{}"))
        self._show_control()

    def _release(self) -> None:
        order = json.loads(self._read() or b"{}").get("order", "as_is")
        self._answer_json({"ipn": self.vnpay.sender.release(order)})

    def _send(self) -> None:
        asked = json.loads(self._read())
        self._answer_json(
            self.vnpay.send_message(asked["merchant"], asked["reference"], asked.get("changes", {}))
        )

    def _show_control(self) -> None:
        sender = self.vnpay.sender
        self._answer_json(
            {"faults": self.vnpay.faults.as_json(), "waiting": sender.waiting, "ipn_url": sender.address}
        )

    def _show_books(self) -> None:
        asked, books = parse_qs(self.parts.query), self.vnpay.books
        payments = [] if "sums" in asked else [_describe(payment) for payment in books.list_payments()]
        self._answer_json({"sums": books.sum_up(), "payments": payments})

    def _show_settlement(self) -> None:
        asked = parse_qs(self.parts.query)
        day = date.fromisoformat(asked["day"][0])
        text = self.vnpay.settle(day, asked.get("merchant", [""])[0])
        name = {"Content-Disposition": f'attachment; filename="vnpay-{day}.csv"'}
        self._answer(200, CSV, b"\xef\xbb\xbf" + text.encode(), name)

    def _is_broken(self, fault: str) -> bool:
        """Do the wrong thing that the switch asks for; false where all is well."""
        match fault:
            case "error":
                self._answer(503, HTML, pages.build_note_page("Đang bảo trì", "Hãy thử lại sau."))
            case "hangs":
                self._hang()
            case "garbage":
                self._answer(200, JSON, b"<html>not JSON</html>")
            case "drips":
                self._drip()
            case _:
                return False
        return True

    def _hang(self) -> None:
        self.vnpay.stopping.wait(self.vnpay.faults.hang_s)
        self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(int(self.vnpay.faults.hang_s * 5)):
            self.wfile.write(b" ")
            if self.vnpay.stopping.wait(0.2):
                return

    def _read(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            raise ValueError("the body is too long")
        return self.rfile.read(length)

    def _answer_json(self, answer: dict[str, Any], status: int = 200) -> None:
        self._answer(status, JSON, json.dumps(answer, ensure_ascii=False).encode())

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        wanted = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **(headers or {}),
        }
        for name, value in wanted.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _describe(payment: Any) -> dict[str, Any]:
    return {**vars(payment), "refunds": [vars(refund) for refund in payment.refunds]}
