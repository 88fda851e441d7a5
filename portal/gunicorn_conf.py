"""Gunicorn: threads behind a small number of processes, limits on what one request may send."""

import os
from pathlib import Path
from typing import Any

from portal.env import read_environment

_env = read_environment()

bind = f"{_env.text('BIND', '127.0.0.1')}:{_env.number('PORT', 8000)}"
worker_class = "gthread"
workers = _env.number("WEB_WORKERS", max(2, min(os.cpu_count() or 2, 4)))
threads = _env.number("WEB_THREADS", 4)
preload_app = True  # processes share the memory of the loaded code
timeout = 60  # seconds without a sign of life before a process is replaced
graceful_timeout = 30  # seconds that running requests get when we stop
keepalive = 5
backlog = 512
max_requests = 20_000  # a process is replaced after so many, against slow leaks
max_requests_jitter = 2_000
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190
control_socket_disable = True
# The sign of life is a file; on a disk that stalls, processes would be taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
accesslog = None  # the request log is structured, see portal.logs
errorlog = "-"


def when_ready(server: Any) -> None:
    """It listens, and has no processes yet: who comes meanwhile waits in the backlog."""
    warm_up = getattr(server.app.callable, "warm_up", None)  # the bare view of the benchmark has none
    if warm_up is not None:
        warm_up()
