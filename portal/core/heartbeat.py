"""The sign of life of the workers: a file touched by a task that ran, end to end through the broker."""

from pathlib import Path

from django.conf import settings

from portal.core import clock

LATE_AFTER_S = 60


def beat() -> None:
    """Touch DATA_DIR/run/heartbeat."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def age_s() -> float | None:
    """Seconds to the last beat (also where the clock was set back since), None when there never was one."""
    try:
        return abs(clock.now().timestamp() - _path().stat().st_mtime)
    except FileNotFoundError:
        return None


def is_alive() -> bool:
    """Whether a worker finished a heartbeat task within the last minute."""
    age = age_s()
    return age is not None and age <= LATE_AFTER_S


def _path() -> Path:
    return Path(settings.DATA_DIR) / "run" / "heartbeat"
