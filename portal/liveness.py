"""A worker that hears nothing, or a beat that is not heard, ends itself, so that whoever runs it starts a new one.

Connections to a broker die silently often enough (celery#8030, #9054, #10096); neither the process nor
its port shows it. What shows it is the heartbeat: beat asks for that task every ten seconds, and the
worker touches a file. Which of the two fell silent it does not show, so both are started anew.
`python -m portal.liveness` exits 1 when the last heartbeat is too long ago.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import structlog

from portal.env import data_dir

DEAF_AFTER_S = 50
LOOK_EVERY_S = 5

log = structlog.get_logger(__name__)


class Silence:
    """Since when nobody touched the heartbeat file, by a clock that nobody sets."""

    def __init__(self, heartbeat: Path) -> None:
        self._heartbeat = heartbeat
        self.forgive()

    def measure_s(self) -> float:
        """Seconds since the last heartbeat was seen, counted at most from the last pardon."""
        if _read_touch(self._heartbeat) != self._seen:
            self.forgive()
        return time.monotonic() - self._since

    def forgive(self) -> None:
        """Count from now on."""
        self._seen, self._since = _read_touch(self._heartbeat), time.monotonic()


def _read_touch(heartbeat: Path) -> float | None:
    try:
        return heartbeat.stat().st_mtime
    except FileNotFoundError:
        return None


def watch(app: Any, heartbeat: Path) -> None:
    """Start the watch in this process. Silence counts only while the broker can be reached."""
    threading.Thread(target=_watch, args=(app, heartbeat), name="liveness", daemon=True).start()


def _watch(app: Any, heartbeat: Path) -> None:
    silence = Silence(heartbeat)
    while True:
        time.sleep(LOOK_EVERY_S)
        if silence.measure_s() <= DEAF_AFTER_S:
            continue
        if not _is_broker_there(app):
            silence.forgive()
            continue
        log.error("no_heartbeat", heartbeat=str(heartbeat))
        os.kill(
            os.getpid(), signal.SIGKILL
        )  # pool processes follow by themselves; leases hand on what they held


def _is_broker_there(app: Any) -> bool:
    with app.connection_for_read() as connection:
        try:
            connection.ensure_connection(max_retries=1, timeout=1)
        except connection.recoverable_connection_errors:
            return False
    return True


def main() -> int:
    """Where somebody else looks after the worker: asked from outside, as its health check."""
    touched = _read_touch(data_dir() / "run" / "heartbeat")
    return 0 if touched is not None and abs(time.time() - touched) <= DEAF_AFTER_S else 1


if __name__ == "__main__":
    sys.exit(main())
