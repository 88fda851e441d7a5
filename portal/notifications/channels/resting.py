"""A provider that fails often is left alone for a while, so that the others are not kept waiting.

Kept in this process alone: each worker learns it at the price of three calls, a restart forgets it, and no row is
written by every message. Whom a message was given to is never decided here, but by its stored provider.
"""

import time
from threading import Lock

FAULTS_TO_REST = 3
FIRST_REST_S = 15.0
LONGEST_REST_S = 120.0


class Breaker:
    """Rests after three faults in a row: 15 s, then twice as long each time, two minutes at most.

    After a rest one fault sends it back to rest; one success forgets everything.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._faults, self._rest_s, self._until = 0, FIRST_REST_S, 0.0

    def is_resting(self) -> bool:
        return time.monotonic() < self._until

    def count(self, *, is_fault: bool) -> None:
        """Note how one call ended. A refusal of one message is no fault of the provider."""
        if not is_fault:
            if self._faults:
                self.forget()
            return
        with self._lock:
            self._faults += 1
            if self._faults >= FAULTS_TO_REST and not self.is_resting():
                self._until = time.monotonic() + self._rest_s
                self._rest_s = min(self._rest_s * 2, LONGEST_REST_S)

    def rest(self, seconds: float) -> None:
        """Leave it alone because it asked for that (429 with Retry-After)."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + min(seconds, LONGEST_REST_S))


_breakers: dict[str, Breaker] = {}


def find_breaker(provider: str) -> Breaker:
    """The one breaker of this provider in this process."""
    return _breakers.setdefault(provider, Breaker())


def forget_all() -> None:
    """Begin anew with every provider."""
    for breaker in _breakers.values():
        breaker.forget()
