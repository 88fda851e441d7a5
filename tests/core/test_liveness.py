"""Who hears no heartbeat ends itself within a minute; while the broker is away nobody does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import time_machine

from portal import liveness

WATCHED = """
import sys, time
from pathlib import Path
from portal import liveness
liveness.DEAF_AFTER_S, liveness.LOOK_EVERY_S = 0.4, 0.05
liveness._is_broker_there = lambda app: sys.argv[2] == "there"
liveness.watch(None, Path(sys.argv[1]))
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


def test_silence_is_counted_by_a_clock_that_nobody_sets(tmp_path: Path) -> None:
    heartbeat = tmp_path / "heartbeat"
    heartbeat.touch()
    silence = liveness.Silence(heartbeat)
    with time_machine.travel(0, tick=False) as clock:
        clock.shift(10**6)
        assert silence.measure_s() < 1
    time.sleep(0.2)
    assert silence.measure_s() >= 0.2
    os.utime(heartbeat, (1, 1))  # touched by a worker whose clock was set back
    assert silence.measure_s() < 0.2


@pytest.mark.parametrize(("age_s", "code"), [(5, 0), (49, 0), (60, 1), (-60, 1), (None, 1)])
def test_asked_from_outside_it_needs_a_heartbeat_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age_s: int | None, code: int
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    if age_s is not None:
        heartbeat, moment = tmp_path / "run" / "heartbeat", time.time() - age_s
        heartbeat.parent.mkdir()
        heartbeat.touch()
        os.utime(heartbeat, (moment, moment))

    assert liveness.main() == code
