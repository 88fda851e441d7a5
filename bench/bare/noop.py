"""The bare task: nothing at all, under the product's own worker options, on a queue of its own."""

import os
import time
from typing import Any

from celery import Celery
from redis import Redis

QUEUE = "bench-noop"
MARKS = "bench-noop-marks"
URL = os.environ.get("BENCH_BROKER", "")

app = Celery("noop", broker=URL.replace("unix://", "redis+socket://", 1))
app.conf.update(
    task_ignore_result=True, task_default_queue=QUEUE, worker_hijack_root_logger=False, task_serializer="json"
)


@app.task(name="noop")
def noop() -> None:
    """Nothing."""


@app.task(name="mark")
def mark() -> None:
    """Note the time."""
    connect().rpush(MARKS, str(time.time()))


def connect() -> Any:
    return Redis.from_url(URL)
