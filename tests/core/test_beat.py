"""Beat goes on when the clock is set back; Celery's own scheduler, the control, waits until the old time is back."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.beat import PersistentScheduler, ScheduleEntry
from django.conf import settings

from portal.beat import Scheduler
from portal.celery import app as product

NOON = datetime(2027, 2, 5, 5, tzinfo=UTC)
EVERY_S = {"heartbeat": 10, "remind_due": 600, "forget_old": 86400}


class Listening(Scheduler):
    """Counts what it would ask for."""

    asked: Counter[str]

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        self.asked[str(entry.name)] += 1


class ListeningControl(PersistentScheduler):
    asked: Counter[str]

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        self.asked[str(entry.name)] += 1


def start(kind: type[Any], folder: Path) -> Any:
    app = Celery("beat", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {name: {"task": name, "schedule": every} for name, every in EVERY_S.items()}
    scheduler = kind(app, schedule_filename=str(folder / "beat"))
    scheduler.asked = Counter()
    return scheduler


def run(scheduler: Any, clock: time_machine.Traveller, seconds: int) -> Counter[str]:
    """What is asked for in so many seconds, looking each second."""
    scheduler.asked.clear()
    for _second in range(seconds):
        while scheduler.tick() == 0:
            pass
        clock.shift(1)
    return Counter(scheduler.asked)


@pytest.mark.parametrize(("kind", "beats"), [(Listening, 61), (ListeningControl, 0)])
@pytest.mark.parametrize("is_restarted", [False, True], ids=["running", "restarted"])
def test_a_clock_set_back_two_hours_does_not_stop_it(
    kind: type[Any], beats: int, is_restarted: bool, tmp_path: Path
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        scheduler = start(kind, tmp_path)
        before = run(scheduler, clock, 1200)
        clock.shift(timedelta(hours=-2))
        if is_restarted:
            scheduler.close()
            scheduler = start(kind, tmp_path)
        after = run(scheduler, clock, 620)
        scheduler.close()

    assert 115 <= before["heartbeat"] <= 120
    assert before["remind_due"] == 1
    assert after["heartbeat"] == pytest.approx(beats, abs=1)
    assert after["remind_due"] == (1 if beats else 0)


def test_three_hours_without_it_are_made_up_for_by_one_look_each(tmp_path: Path) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        scheduler = start(Listening, tmp_path)
        run(scheduler, clock, 60)
        scheduler.close()
        clock.shift(timedelta(hours=3))
        scheduler = start(Listening, tmp_path)
        asked = run(scheduler, clock, 1)
        scheduler.close()

    assert asked == {"heartbeat": 1, "remind_due": 1}


def test_a_day_s_work_is_kept_in_mind_over_a_restart(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    with time_machine.travel(NOON, tick=False) as clock:
        for _hour in range(25):
            scheduler = start(Listening, tmp_path)
            asked += run(scheduler, clock, 5)
            scheduler.close()
            clock.shift(timedelta(hours=1))

    assert asked["forget_old"] == 1


@pytest.mark.parametrize("name", sorted({one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}))
def test_what_it_asks_for_is_there_and_cannot_hang_for_ever(name: str) -> None:
    product.loader.import_default_modules()
    task = product.tasks[name]
    soft = task.soft_time_limit or product.conf.task_soft_time_limit
    hard = task.time_limit or product.conf.task_time_limit

    assert 0 < soft < hard <= 300
