"""Identifiers that leave in addresses, and codes that people copy by hand."""

import os
import secrets
import threading
from uuid import UUID

from portal.core import clock

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 74
_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
# A clock set back by less than this is ridden out; by more, it is believed.
_PATIENCE_MS = 10_000


class _Sequence:
    """The last (millisecond, random) pair handed out by this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ms = 0
        self._random = 0

    def following(self) -> tuple[int, int]:
        now_ms = int(clock.now().timestamp() * 1000)
        with self._lock:
            if now_ms > self._ms or now_ms < self._ms - _PATIENCE_MS:
                self._ms, self._random = now_ms, secrets.randbits(_RANDOM_BITS - 1)
            else:
                self._random += 1 + secrets.randbits(32)
                if self._random >> _RANDOM_BITS:
                    self._ms, self._random = self._ms + 1, secrets.randbits(_RANDOM_BITS - 1)
            return self._ms, self._random


_sequence = _Sequence()


def _restart() -> None:
    global _sequence  # noqa: PLW0603 - a forked child may inherit a held lock, so it starts its own
    _sequence = _Sequence()


os.register_at_fork(after_in_child=_restart)


def uuid7() -> UUID:
    """A time-ordered identifier (RFC 9562, version 7), rising within this process."""
    milliseconds, random = _sequence.following()
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | _VERSION_7 | high << 64 | _VARIANT | low)


def crockford32(data: bytes, length: int) -> str:
    """The first `length` Crockford base-32 characters of `data` (no I, L, O, U). Raises ValueError."""
    spare_bits = len(data) * 8 - length * 5
    if length < 1 or spare_bits < 0:
        raise ValueError(f"{length} characters need {length * 5} bits, got {len(data) * 8}")
    number = int.from_bytes(data, "big") >> spare_bits
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(length)))
