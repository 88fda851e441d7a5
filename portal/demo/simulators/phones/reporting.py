"""Delivery receipts of the simulated providers: signed, a moment later, from one thread."""

import hashlib
import heapq
import hmac
import json
import threading
import time
from collections.abc import Mapping
from urllib.error import URLError
from urllib.request import Request, urlopen

from portal.demo.simulators.phones.book import Entry

TRIES = 5
AGAIN_AFTER_S = 2.0


class Reporter:
    """Posts `{"receipts": […]}` to `<address>/<provider>/` with X-Timestamp and X-Signature.

    address: where reports go, empty for nowhere; keys: provider -> key of its signature.
    """

    def __init__(self, address: str, keys: Mapping[str, str]) -> None:
        self.address = address
        self._keys = keys
        self._waiting: list[tuple[float, int, Entry, str, int]] = []
        self._count = 0
        self._changed = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="receipts", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join(5)

    def report(self, entry: Entry, error: str, after_s: float, tries: int = TRIES) -> None:
        """Report it later as delivered, or as failed where there is an error."""
        if self.address:
            with self._changed:
                self._count += 1
                heapq.heappush(self._waiting, (time.monotonic() + after_s, self._count, entry, error, tries))
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._is_over and not self._is_due():
                    self._changed.wait(self._waiting[0][0] - time.monotonic() if self._waiting else None)
                if self._is_over:
                    return
                _at, _count, entry, error, tries = heapq.heappop(self._waiting)
            if not self._post(entry, error) and tries > 1:
                self.report(entry, error, AGAIN_AFTER_S, tries - 1)

    def _is_due(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] <= time.monotonic()

    def _post(self, entry: Entry, error: str) -> bool:
        state = "failed" if error else "delivered"
        receipt = {"reference": entry.reference, "id": entry.number, "state": state, "error": error}
        body, now = json.dumps({"receipts": [receipt]}).encode(), str(int(time.time()))
        key = self._keys.get(entry.provider, "").encode()
        headers = {
            "Content-Type": "application/json",
            "X-Timestamp": now,
            "X-Signature": hmac.new(key, now.encode() + b"." + body, hashlib.sha256).hexdigest(),
        }
        try:
            with urlopen(Request(f"{self.address}/{entry.provider}/", body, headers), timeout=5):  # noqa: S310
                entry.reported = state
        except (URLError, OSError):
            return False
        return True
