"""A provider's report as receipts. Pure."""

import json
from typing import Final

from portal.notifications.choices import ReceiptState
from portal.notifications.services.receiving import Receipt

MOST_RECEIPTS: Final = 500
LONGEST: Final = 80
STATES: Final = {"delivered": ReceiptState.RECEIVED, "read": ReceiptState.READ, "failed": ReceiptState.LOST}
"""What providers say, and what it means here. Anything else (queued, sent) is no news."""
CODES: Final = {
    "unknown_number": "no_such_number",
    "invalid_number": "no_such_number",
    "blocked_number": "refused",
}


def read_report(body: bytes) -> tuple[Receipt, ...]:
    """`{"receipts": [{"reference", "id", "state", "error"}…]}` or one such object. Raises ValueError."""
    read = json.loads(body)
    items = read.get("receipts", [read]) if isinstance(read, dict) else None
    if not isinstance(items, list) or len(items) > MOST_RECEIPTS:
        raise ValueError("no report")
    return tuple(receipt for item in items if (receipt := _read(item)))


def _read(item: object) -> Receipt | None:
    if not isinstance(item, dict):
        raise ValueError("no receipt")
    reference, number = str(item.get("reference") or ""), str(item.get("id") or "")
    state = STATES.get(str(item.get("state")))
    is_known = max(len(reference), len(number)) <= LONGEST and (reference or number)
    if state is None or not is_known or "\0" in reference + number:
        return None
    error = str(item.get("error") or "")
    code = CODES.get(error, f"lost_{error}"[:40]) if state == ReceiptState.LOST else ""
    return Receipt(reference, number, state, code)
