"""Who may report: whoever signs with the provider's key. Pure but for the clock."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from portal.core import clock

FRESH_FOR_S = 600
_NOBODYS_KEY = secrets.token_hex(32)


def sign(key: str, timestamp: str, body: bytes) -> str:
    """Lower-case hex of HMAC-SHA256 over `<timestamp>.<body>`; the timestamp is whole epoch seconds."""
    return hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(keys: Mapping[str, str], provider: str, timestamp: str, signature: str, body: bytes) -> bool:
    """Compared in constant time, and no faster for a provider that does not exist; ten minutes old at most."""
    expected = sign(keys.get(provider, "") or _NOBODYS_KEY, timestamp, body)
    is_right = hmac.compare_digest(expected.encode(), signature.encode())
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12  # noqa: PLR2004 - digits
    is_fresh = is_number and abs(clock.now().timestamp() - int(timestamp)) <= FRESH_FOR_S
    return is_right and is_fresh
