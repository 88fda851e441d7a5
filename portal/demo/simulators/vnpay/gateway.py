"""The simulated gateway: its books, its switches, its messages, and the server in front of them."""

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.demo.simulators.vnpay.answering import EXPIRED, answer_request, build_outcome, expire
from portal.demo.simulators.vnpay.books import OPEN, PAID, Books, Payment
from portal.demo.simulators.vnpay.faults import Faults
from portal.demo.simulators.vnpay.merchants import MERCHANTS, Merchant
from portal.demo.simulators.vnpay.pages import CHOICES
from portal.demo.simulators.vnpay.protocol import sign_query, write_time
from portal.demo.simulators.vnpay.sending import Sender, sign_message
from portal.demo.simulators.vnpay.server import Server

PAY_PATH, API_PATH = "/paymentv2/vpcpay.html", "/merchant_webapi/api/transaction"
BOOKS_FILE = "vnpay.jsonl"
SETTLEMENT_COLUMNS = (
    "Loại giao dịch,Số giao dịch,Mã tham chiếu,Mã website,Số tiền,Ngân hàng,Thời gian,Trạng thái"
)


class Refused(Exception):  # noqa: N818 - the name says what happened
    """The gateway does not take this: `args[0]` says why, in Vietnamese."""


class Vnpay:
    """`port` 0: a free one. `folder`: where the books are kept; without one they end with the server.

    `ipn_url`: where server messages go. Usable as a context manager.
    """

    def __init__(
        self,
        port: int = 0,
        folder: Path | None = None,
        *,
        ipn_url: str = "",
        merchants: Iterable[Merchant] = MERCHANTS,
        host: str = "127.0.0.1",
    ) -> None:
        self._temporary = None if folder else TemporaryDirectory(prefix="vnpay-")
        self.folder = folder or Path(self._temporary.name if self._temporary else "")
        self.merchants = {merchant.code: merchant for merchant in merchants}
        self.faults = Faults()
        self.books = Books(self.folder / BOOKS_FILE)
        self.sender = Sender(ipn_url, lambda: self.faults)
        self.stopping = threading.Event()
        self._server = Server((host, port), self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="vnpay"
        )
        self.url = f"http://{host}:{self._server.server_address[1]}"
        self.pay_url, self.api_url = f"{self.url}{PAY_PATH}", f"{self.url}{API_PATH}"

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends what hangs, too. The books stay in their folder."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
        self.sender.stop()
        self.books.close()
        if self._temporary:
            self._temporary.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def switch(self, **wanted: Any) -> None:
        """Set some faults; without any all are off again. Raises ValueError."""
        self.faults = self.faults.change(wanted) if wanted else Faults()

    def open_attempt(self, query: str) -> Payment:
        """What a person's browser brings, checked and written down. Raises Refused."""
        told = dict(parse_qsl(query, keep_blank_values=True))
        merchant = self.merchants.get(told.get("vnp_TmnCode", ""))
        if merchant is None:
            raise Refused("Không có đơn vị nhận tiền mang mã này (02).")
        if told.get("vnp_SecureHash", "").lower() != sign_query(told, merchant.secret):
            raise Refused("Chữ ký của yêu cầu không đúng (97).")
        _check_order(told)
        payment = self.books.create(
            merchant=merchant.code,
            reference=told["vnp_TxnRef"],
            amount=int(told["vnp_Amount"]) // 100,
            purpose=told["vnp_OrderInfo"],
            return_url=told["vnp_ReturnUrl"],
            created_at=told["vnp_CreateDate"],
            expires_at=told.get("vnp_ExpireDate", ""),
        )
        expire(self.books, payment, self.now())
        if payment.status != OPEN:
            raise Refused("Giao dịch này đã hết hạn hoặc đã xử lý xong (01).")
        return payment

    def choose(self, payment: Payment, choice: str) -> dict[str, Any]:
        """What happens after a button: `return` is where the person goes, `ipn` what the merchant answered."""
        if choice == "left":
            return {"reference": payment.reference, "return": "", "ipn": []}
        if choice not in CHOICES:
            raise Refused("Không có cách chọn này.")
        expire(self.books, payment, self.now())
        self.books.finish(payment, code=CHOICES[choice], at=write_time(self.now()))
        secret = self.merchants[payment.merchant].secret
        outcome = build_outcome(payment, self.now())
        back = {**outcome, "vnp_SecureHash": sign_query(outcome, secret)}
        answers = self.sender.send(sign_message(outcome, secret, self.faults))
        return {
            "reference": payment.reference,
            "merchant": payment.merchant,
            "code": payment.code,
            "number": payment.number,
            "return": f"{payment.return_url}?{urlencode(back)}",
            "ipn": answers,
        }

    def pay(self, url: str, choice: str = "paid") -> dict[str, Any]:
        """Without a browser: `url` is the address that the portal built. Raises Refused."""
        return self.choose(self.open_attempt(urlsplit(url).query), choice)

    def send_message(self, merchant: str, reference: str, changes: Mapping[str, str]) -> dict[str, Any]:
        """One server message now about any attempt, with `changes` signed in (say vnp_ResponseCode)."""
        payment = self.books.find(merchant, reference)
        if payment is None:
            raise Refused("Không có giao dịch này.")
        told = {**build_outcome(payment, self.now()), **changes}
        return self.sender.deliver(sign_message(told, self.merchants[merchant].secret, self.faults))

    def answer(self, request: Mapping[str, str]) -> dict[str, Any]:
        """querydr and refund."""
        merchant = self.merchants.get(request.get("vnp_TmnCode", ""))
        return answer_request(request, merchant, self.books, self.faults, self.now())

    def settle(self, day: date, merchant: str = "") -> str:
        """All money of a day in Việt Nam as CSV, amounts in đồng; what went back says `refund`."""
        lines = [SETTLEMENT_COLUMNS]
        for kind, payment, refund in self.books.list_settled(day):
            if merchant and payment.merchant != merchant:
                continue
            number, amount, at, status = (
                (refund.number, refund.amount, refund.at, refund.status)
                if refund
                else (payment.number, payment.amount, payment.paid_at, PAID)
            )
            lines.append(
                f"{kind},{number},{payment.reference},{payment.merchant},{amount},{payment.bank},{at},{status}"
            )
        return "\n".join(lines) + "\n"

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)


def _check_order(told: Mapping[str, str]) -> None:
    """Raises Refused for what the documentation does not allow."""
    needed = ("vnp_TxnRef", "vnp_OrderInfo", "vnp_ReturnUrl", "vnp_CreateDate", "vnp_IpAddr", "vnp_Locale")
    if any(not told.get(name) for name in needed) or told.get("vnp_Version") != "2.1.0":
        raise Refused("Yêu cầu thiếu mục bắt buộc (03).")
    amount = told.get("vnp_Amount", "")
    if not amount.isdigit() or int(amount) % 100 or int(amount) == 0:
        raise Refused("Số tiền không hợp lệ (03).")
    if not told["vnp_OrderInfo"].isascii() or told.get("vnp_CurrCode") != "VND":
        raise Refused("Nội dung thanh toán phải viết không dấu (03).")


__all__ = ["EXPIRED", "Refused", "Vnpay"]
