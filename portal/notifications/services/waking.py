"""Wake the worker: a hint that something is due. Beat finds it anyway within seconds."""

import logging
import time
from threading import Lock

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)

DELIVER_DUE = "portal.notifications.tasks.deliver_due"
# While the broker is away, a request pays for one failed attempt at most every few seconds.
QUIET_AFTER_FAILURE_S = 5.0


class _Wakes:
    """How often waking failed in this process, and until when it is not worth trying."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._quiet_until = 0.0
        self.failures = 0

    def is_quiet(self) -> bool:
        return time.monotonic() < self._quiet_until

    def count_failure(self) -> None:
        with self._lock:
            self.failures += 1
            self._quiet_until = time.monotonic() + QUIET_AFTER_FAILURE_S

    def forget(self) -> None:
        with self._lock:
            self.failures, self._quiet_until = 0, 0.0


wakes = _Wakes()


def wake() -> None:
    """Ask a worker to do what is due, once, without retries. Never raises: a failure is counted.

    A refused broker must not undo, slow down or fail what has been committed already.
    """
    if wakes.is_quiet():
        return
    try:
        current_app.send_task(DELIVER_DUE, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - the edge to the broker; any fault of it is only a missing hint
        wakes.count_failure()
        logger.warning("The worker could not be woken (%s); beat will do it.", type(error).__name__)


def wake_after_commit() -> None:
    """Wake once after the commit, however often this transaction asks."""
    waiting = [hook[1] for hook in connection.run_on_commit]
    if wake not in waiting:
        transaction.on_commit(wake, robust=True)


def count_wake_failures() -> int:
    """Return how often waking failed in this process since it started."""
    return wakes.failures
