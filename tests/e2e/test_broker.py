"""What somebody lays into the broker: no pickle is ever opened, and the worker goes on."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kombu import Connection
from kombu.pools import producers

from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]
WITHIN_S = 60


class Bomb:
    """Whoever unpickles it writes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self.mark}",)


def read_heartbeat(stack: Stack) -> float:
    file = stack.folder / "run" / "heartbeat"
    return file.stat().st_mtime if file.exists() else 0.0


def test_a_pickled_message_is_not_opened_and_the_worker_lives_on(stack: Stack, tmp_path: Path) -> None:
    mark = tmp_path / "opened"
    url = stack.read_setting("REDIS_URL").replace("unix://", "redis+socket://", 1)
    with Connection(url) as connection, producers[connection].acquire(block=True) as producer:
        producer.publish(
            {"bomb": Bomb(mark)},
            serializer="pickle",
            routing_key="celery",
            headers={"task": "portal.notifications.tasks.deliver_due", "id": "bomb"},
        )
    sent, end = time.time(), time.monotonic() + WITHIN_S
    while read_heartbeat(stack) <= sent and time.monotonic() < end:
        time.sleep(0.2)

    assert read_heartbeat(stack) > sent
    assert not mark.exists()
