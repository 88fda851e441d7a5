"""A worker that hears nothing ends itself, so that whoever runs it starts a new one.

Connections to a broker die silently often enough (celery#8030, #9054, #10096); neither the process nor
its port shows it. What shows it is the heartbeat: beat asks for that task every ten seconds, and the
worker writes the time to a file. `python -m portal.liveness` exits 1 when that is too long ago.
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


def get_silence_s(heartbeat: Path, since: float) -> float:
    """Seconds since the last heartbeat finished, counted at most from the moment `since` (epoch seconds)."""
    try:
        last = heartbeat.stat().st_mtime
    except FileNotFoundError:
        last = 0.0
    return time.time() - max(last, since)


def watch_worker(app: Any, heartbeat: Path) -> None:
    """Start the watch in this process. Silence counts only while the broker can be reached."""
    threading.Thread(target=_watch, args=(app, heartbeat), name="liveness", daemon=True).start()


def _watch(app: Any, heartbeat: Path) -> None:
    since = time.time()
    while True:
        time.sleep(LOOK_EVERY_S)
        if get_silence_s(heartbeat, since) <= DEAF_AFTER_S:
            continue
        if not _is_broker_there(app):
            since = time.time()
            continue
        log.error("worker_is_deaf", heartbeat=str(heartbeat))
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
    return 0 if get_silence_s(data_dir() / "run" / "heartbeat", since=0) <= DEAF_AFTER_S else 1


if __name__ == "__main__":
    sys.exit(main())
