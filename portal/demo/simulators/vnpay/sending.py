"""Server messages (IPN) on their way to merchants: at once, later, again, in any order, damaged."""

import heapq
import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from portal.demo.simulators.vnpay.faults import Faults
from portal.demo.simulators.vnpay.protocol import sign_query

ENDS_REPEATS = ("00", "02")
ANSWERS_WITHIN_S = 15.0
EXTRA = 100_000
"""Hundredths of đồng by which a wrong amount is wrong."""
_DIRECT = build_opener(ProxyHandler({}))


@dataclass(order=True)
class Message:
    """One server message. `due`: seconds of the monotonic clock."""

    due: float
    parameters: dict[str, str] = field(compare=False)
    retries: int = field(compare=False, default=0)


class Sender:
    """A thread that sends what is due, and a queue that waits for a call.

    `address`: where messages go; nowhere when it is empty.
    """

    def __init__(self, address: str, find_faults: Callable[[], Faults]) -> None:
        self.address = address
        self.answers: list[dict[str, Any]] = []
        self._find_faults = find_faults
        self._due: list[Message] = []
        self._queued: list[Message] = []
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="vnpay-ipn")
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join(timeout=5)

    def send(self, parameters: dict[str, str]) -> list[dict[str, Any]]:
        """As the switches say; returns the merchant's answers where it went before the return."""
        faults = self._find_faults()
        messages = [
            Message(time.monotonic(), parameters, faults.ipn_retries) for _ in range(faults.ipn_times)
        ]
        if faults.ipn_when == "before":
            return [self._deliver(message) for message in messages]
        with self._changed:
            if faults.ipn_when == "queued":
                self._queued += messages
            elif faults.ipn_when == "after":
                for message in messages:
                    message.due += faults.ipn_after_s
                    heapq.heappush(self._due, message)
                self._changed.notify()
        return []

    def release(self, order: str = "as_is") -> list[dict[str, Any]]:
        """Send what was queued: as_is, reversed or shuffled. Returns the merchant's answers."""
        with self._changed:
            messages, self._queued = self._queued, []
        if order == "reversed":
            messages.reverse()
        elif order == "shuffled":
            random.shuffle(messages)
        return [self._deliver(message) for message in messages]

    @property
    def waiting(self) -> dict[str, int]:
        with self._changed:
            return {"due": len(self._due), "queued": len(self._queued)}

    def deliver(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        """One message now, without switches and repeats. The answer: `status` 0 where nobody answered."""
        status, body = _get(f"{self.address}?{urlencode(parameters)}") if self.address else (0, b"")
        answer = {"reference": parameters.get("vnp_TxnRef", ""), "status": status, "code": _read_code(body)}
        self.answers.append(answer)
        return answer

    def _deliver(self, message: Message) -> dict[str, Any]:
        answer = self.deliver(message.parameters)
        if answer["code"] not in ENDS_REPEATS and message.retries > 0:
            later = time.monotonic() + self._find_faults().ipn_retry_s
            with self._changed:
                heapq.heappush(self._due, Message(later, message.parameters, message.retries - 1))
                self._changed.notify()
        return answer

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._is_stopping and not self._is_due():
                    self._changed.wait(self._due[0].due - time.monotonic() if self._due else None)
                if self._is_stopping:
                    return
                message = heapq.heappop(self._due)
            self._deliver(message)

    def _is_due(self) -> bool:
        return bool(self._due) and self._due[0].due <= time.monotonic()


def sign_message(parameters: Mapping[str, str], secret: str, faults: Faults) -> dict[str, str]:
    """The parameters with their signature, spoiled as the switches say."""
    told = dict(parameters)
    if faults.ipn_amount == "wrong":
        told["vnp_Amount"] = str(int(told["vnp_Amount"]) + EXTRA)
    if faults.ipn_reference == "unknown":
        told["vnp_TxnRef"] = f"{told['vnp_TxnRef']}X"
    signature = sign_query(told, secret)
    match faults.ipn_signature:
        case "missing":
            return told
        case "wrong":
            signature = signature[1:] + ("0" if signature[0] != "0" else "1")
        case "upper":
            signature = signature.upper()
    return {**told, "vnp_SecureHash": signature}


def _get(url: str) -> tuple[int, bytes]:
    """Status and body; status 0 where nobody answered."""
    try:
        with _DIRECT.open(url, timeout=ANSWERS_WITHIN_S) as response:
            return response.status, response.read(4096)
    except URLError as error:
        return getattr(error, "code", 0), b""
    except (OSError, HTTPException):
        return 0, b""


def _read_code(body: bytes) -> str:
    try:
        return str(json.loads(body)["RspCode"])
    except (ValueError, TypeError, KeyError):
        return ""
