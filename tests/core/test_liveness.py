"""A worker that hears nothing ends itself within a minute, and one whose broker is away does not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal import liveness

WATCHED = """
import sys, time
from pathlib import Path
from portal import liveness
liveness.DEAF_AFTER_S, liveness.LOOK_EVERY_S = 0.4, 0.05
liveness._is_broker_there = lambda app: sys.argv[2] == "there"
liveness.watch_worker(None, Path(sys.argv[1]))
print("watching", flush=True)
time.sleep(30)
"""


def _start(heartbeat: Path, broker: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WATCHED, str(heartbeat), broker]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TEST": "1"})
    assert process.stdout is not None
    assert process.stdout.readline() == "watching\n"
    return process


def test_a_deaf_worker_kills_itself_and_one_that_hears_does_not(tmp_path: Path) -> None:
    heartbeat = tmp_path / "heartbeat"
    with _start(heartbeat, "there") as process:
        for _beat in range(10):
            heartbeat.touch()
            time.sleep(0.1)
        assert process.poll() is None
        assert process.wait(10) == -signal.SIGKILL


def test_silence_is_no_fault_of_the_worker_while_the_broker_is_away(tmp_path: Path) -> None:
    with _start(tmp_path / "heartbeat", "away") as process:
        time.sleep(1.0)
        assert process.poll() is None
        process.kill()


def test_it_is_noticed_within_a_minute_and_a_look() -> None:
    assert (liveness.DEAF_AFTER_S, liveness.LOOK_EVERY_S) == (50, 5)


@pytest.mark.parametrize(("age_s", "since_s", "silence_s"), [(5, 100, 5), (100, 5, 5), (None, 30, 30)])
def test_silence_is_counted_from_the_last_beat_or_from_the_start(
    tmp_path: Path, age_s: int | None, since_s: int, silence_s: int
) -> None:
    heartbeat, now = tmp_path / "heartbeat", time.time()
    if age_s is not None:
        heartbeat.touch()
        os.utime(heartbeat, (now - age_s, now - age_s))

    assert liveness.get_silence_s(heartbeat, since=now - since_s) == pytest.approx(silence_s, abs=2)
