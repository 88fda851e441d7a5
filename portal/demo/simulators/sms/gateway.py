"""POST /<name>/messages with a bearer key: `{"from", "to", "text", "reference"}` -> `{"id", "parts"}`.

A reference that was taken before is answered as it was then. Refusals: 401 unauthorized; 422 invalid_number,
unknown_number or text_refused; 429 rate_limited; 503 unavailable. Nothing of a refused message is kept.
"""

import re
import time
from collections.abc import Mapping
from typing import Any

from portal.demo.simulators.phones.answers import Reply
from portal.demo.simulators.phones.book import Book
from portal.demo.simulators.phones.faults import Faults
from portal.demo.simulators.phones.reporting import Reporter

_NUMBER = re.compile(r"84[35789][0-9]{8}", re.ASCII)
_BRANDNAME = re.compile(r"[A-Za-z0-9 ._/-]{1,11}", re.ASCII)
LONGEST = 459


class SmsGateway:
    """One provider, its key and what it does wrong."""

    def __init__(self, name: str, key: str, book: Book, reporter: Reporter) -> None:
        self.name, self._key = name, key
        self._book, self._reporter = book, reporter
        self.faults = Faults()

    def answer(self, path: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Reply:
        """Take one message, or do the wrong thing that is switched on."""
        if path != "/messages":
            return Reply(404, {"error": "not_found"})
        match fault := self.faults.next_answer():
            case "5xx":
                return Reply(500)
            case "busy":
                return Reply(503, {"error": "unavailable"})
            case "429":
                return Reply(429, {"error": "rate_limited"}, {"Retry-After": "1"})
            case "hang":
                time.sleep(self.faults.hang_s)
        if refusal := self._refuse(headers, body):
            return refusal
        entry = self._take(body)
        is_lost = fault in {"drop", "garbage"}
        return Reply(200, entry, is_dropped=fault == "drop", is_garbage=is_lost)

    def _refuse(self, headers: Mapping[str, str], body: Mapping[str, Any]) -> Reply | None:
        to, text = str(body.get("to", "")), str(body.get("text", ""))
        if headers.get("authorization") != f"Bearer {self._key}":
            return Reply(401, {"error": "unauthorized"})
        if not _BRANDNAME.fullmatch(str(body.get("from", ""))):
            return Reply(403, {"error": "brandname"})
        if not _NUMBER.fullmatch(to):
            return Reply(422, {"error": "invalid_number"})
        if to in self.faults.refused:
            return Reply(422, {"error": "unknown_number"})
        if not text.isascii() or not 0 < len(text) <= LONGEST or not body.get("reference"):
            return Reply(422, {"error": "text_refused"})
        return None

    def _take(self, body: Mapping[str, Any]) -> dict[str, Any]:
        text = str(body["text"])
        parts = 1 if len(text) <= 160 else -(-len(text) // 153)  # noqa: PLR2004 - GSM 03.38
        entry, is_new = self._book.take(
            self.name, str(body["reference"]), to=str(body["to"]), text=text, parts=parts
        )
        if is_new:
            report(self._reporter, self.faults, entry)
        return {"id": entry.number, "parts": entry.parts, "repeated": not is_new}


def report(reporter: Reporter, faults: Faults, entry: Any) -> None:
    """Send the receipts that this provider's switches ask for."""
    error = "unknown_number" if entry.to in faults.lost else ""
    for _time in range({"sent": 1, "none": 0, "twice": 2}[faults.receipts]):
        reporter.report(entry, error, faults.late_s)
