"""Controls: the same work with its lock taken away, and everybody reading before anybody writes."""

import threading
from contextlib import suppress
from typing import TypeVar

import pytest
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
MEET_WITHIN_S = 10


class Meeting:
    """Where each thread waits, the first time it comes, until all have come. A latecomer holds nobody up."""

    def __init__(self, parties: int) -> None:
        self._barrier = threading.Barrier(parties)
        self._met = threading.local()

    def wait(self) -> None:
        if getattr(self._met, "already", False):
            return
        self._met.already = True
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(MEET_WITHIN_S)


def take_locks_away(monkeypatch: pytest.MonkeyPatch, *, parties: int) -> None:
    """Make `lock_rows` read without locking, and all parties read before the first goes on."""
    meeting = Meeting(parties)

    def read_only(queryset: "QuerySet[M]") -> list[M]:
        rows = list(queryset.order_by("pk"))
        meeting.wait()
        return rows

    for module in ("dossiers.work", "dossiers.claims"):
        monkeypatch.setattr(f"{module}.lock_rows", read_only)
