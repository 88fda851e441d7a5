"""The simulator's own books: one JSON line for each thing that happened, read again after a kill."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.demo.simulators.vnpay.protocol import read_time

OPEN, PAID, FAILED = "01", "00", "02"
FIRST_NUMBER = 14_000_001


@dataclass
class Refund:
    """`amount` in đồng; `status` as vnp_TransactionStatus."""

    request: str
    kind: str
    amount: int
    number: str
    status: str
    at: str


@dataclass
class Payment:
    """One attempt as VNPAY knows it. `amount` in đồng, times yyyyMMddHHmmss in GMT+7, `code` vnp_ResponseCode."""

    merchant: str
    reference: str
    amount: int
    purpose: str
    return_url: str
    created_at: str
    expires_at: str
    status: str = OPEN
    code: str = ""
    number: str = "0"
    bank: str = ""
    paid_at: str = ""
    refunds: list[Refund] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.refunds if refund.status != "09")


class Books:
    """Everything is written before it is answered. A line that a kill cut off never happened."""

    def __init__(self, path: Path) -> None:
        self.lock = threading.RLock()
        self._payments: dict[tuple[str, str], Payment] = {}
        self._requests: set[str] = set()
        self._last_number = FIRST_NUMBER - 1
        path.parent.mkdir(parents=True, exist_ok=True)
        _drop_torn_line(path)
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            self._apply(json.loads(line))
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)

    def close(self) -> None:
        os.close(self._file)

    def find(self, merchant: str, reference: str) -> Payment | None:
        return self._payments.get((merchant, reference))

    def create(self, **told: Any) -> Payment:
        """A new attempt; the same reference again is the attempt that is there."""
        with self.lock:
            found = self.find(told["merchant"], told["reference"])
            if found is None:
                self._write("created", told)
                found = self._payments[told["merchant"], told["reference"]]
            return found

    def finish(self, payment: Payment, *, code: str, at: str) -> bool:
        """Paid (00) or failed, once. False where it had ended before."""
        with self.lock:
            if payment.status != OPEN:
                return False
            number = str(self._last_number + 1) if code == PAID else "0"
            self._write("finished", {**_key(payment), "code": code, "number": number, "at": at})
            return True

    def give_back(
        self, payment: Payment, *, request: str, kind: str, amount: int, status: str, at: str
    ) -> Refund:
        with self.lock:
            number = str(self._last_number + 1)
            refund = {
                "request": request,
                "kind": kind,
                "amount": amount,
                "number": number,
                "status": status,
                "at": at,
            }
            self._write("refund", {**_key(payment), "refund": refund})
            return payment.refunds[-1]

    def is_new_request(self, number: str) -> bool:
        """Whether a request number comes for the first time; it is kept."""
        with self.lock:
            if number in self._requests:
                return False
            self._write("request", {"number": number})
            return True

    def list_payments(self) -> list[Payment]:
        with self.lock:
            return list(self._payments.values())

    def list_settled(self, day: date) -> Iterator[tuple[str, Payment, Refund | None]]:
        """Money of one day in Việt Nam, in and out: (kind, payment, refund)."""
        for payment in self.list_payments():
            if payment.status == PAID and read_time(payment.paid_at).date() == day:
                yield "pay", payment, None
            for refund in payment.refunds:
                if refund.status != "09" and read_time(refund.at).date() == day:
                    yield "refund", payment, refund

    def sum_up(self) -> dict[str, dict[str, int]]:
        """Per merchant: how many payments were paid, what they and the refunds come to in đồng."""
        sums: dict[str, dict[str, int]] = {}
        for payment in self.list_payments():
            row = sums.setdefault(
                payment.merchant,
                {"attempts": 0, "paid": 0, "paid_amount": 0, "refunds": 0, "refunded_amount": 0},
            )
            row["attempts"] += 1
            if payment.status == PAID:
                row["paid"] += 1
                row["paid_amount"] += payment.amount
            row["refunds"] += sum(refund.status != "09" for refund in payment.refunds)
            row["refunded_amount"] += payment.refunded
        return sums

    def _write(self, kind: str, told: dict[str, Any]) -> None:
        line = {"kind": kind, **told}
        os.write(self._file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._apply(line)

    def _apply(self, line: dict[str, Any]) -> None:
        told = {name: value for name, value in line.items() if name != "kind"}
        match line["kind"]:
            case "created":
                self._payments[told["merchant"], told["reference"]] = Payment(**told)
            case "finished":
                payment = self._payments[told["merchant"], told["reference"]]
                payment.status = PAID if told["code"] == PAID else FAILED
                payment.code, payment.number, payment.paid_at = told["code"], told["number"], told["at"]
                payment.bank = "NCB" if told["code"] == PAID else "VNPAY"
                self._last_number = max(self._last_number, int(told["number"]))
            case "refund":
                refund = Refund(**told["refund"])
                self._payments[told["merchant"], told["reference"]].refunds.append(refund)
                self._last_number = max(self._last_number, int(refund.number))
            case "request":
                self._requests.add(told["number"])


def _key(payment: Payment) -> dict[str, str]:
    return {"merchant": payment.merchant, "reference": payment.reference}


def _drop_torn_line(path: Path) -> None:
    content = path.read_bytes() if path.exists() else b""
    path.write_bytes(content[: content.rfind(b"\n") + 1])
