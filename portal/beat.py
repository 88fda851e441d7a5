"""Beat on a machine whose clock may be set back.

Celery's scheduler waits until the clock passes the moments it has planned; set back by two hours, it would plan
nothing for two hours, nor after a restart, as it keeps the last moments in a file.
"""

from typing import Any

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Plans anew, from the clock as it is, whatever was last asked for at a moment still to come."""

    def tick(self, *arguments: Any, **options: Any) -> float:
        self._plan_anew()
        seconds: float = super().tick(*arguments, **options)
        return seconds

    def _plan_anew(self) -> None:
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None
