"""Codes of one agency on one day, taken by many at once: each once, rising, no number left out."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from django.db import IntegrityError

from dossiers.models import Dossier
from dossiers.numbering import code_series
from portal.core import clock, counters
from portal.core.errors import RuleViolation
from portal.core.models import Counter
from tests.concurrency.unlocked import Meeting
from tests.core.races import race
from tests.factories.dossiers import Desk, Request, file_dossier

WINDOWS, FILINGS_EACH = 20, 5
REFUSED = Request(answers={"oath": True})


@dataclass(frozen=True)
class Filed:
    """One filing as its sender saw it: between which moments (seconds) it got which number."""

    number: int
    began: float
    answered: float


def file_one(desk: Desk) -> Filed:
    began = time.monotonic()
    code = file_dossier(desk, Request()).code
    return Filed(int((code or "").rpartition("-")[2]), began, time.monotonic())


def open_window(desk: Desk) -> Callable[[], list[Filed]]:
    """A sender of five dossiers, one after another, and of one that is refused and must cost no number."""

    def send() -> list[Filed]:
        filed = [file_one(desk)]
        with pytest.raises(RuleViolation):
            file_dossier(desk, REFUSED)
        return filed + [file_one(desk) for _ in range(FILINGS_EACH - 1)]

    return send


def find_inversions(filed: Iterable[Filed]) -> list[tuple[Filed, Filed]]:
    """Pairs where the later filing, begun after the earlier one was answered, has the lower number."""
    rows = list(filed)
    return [(a, b) for a in rows for b in rows if a.answered < b.began and a.number > b.number]


def test_a_hundred_filings_at_once_get_the_numbers_one_to_a_hundred_in_the_order_they_were_answered(
    desk: Desk,
) -> None:
    outcomes = race([open_window(desk)] * WINDOWS)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    filed = [one for outcome in outcomes if isinstance(outcome, list) for one in outcome]
    assert sorted(one.number for one in filed) == list(range(1, WINDOWS * FILINGS_EACH + 1))
    assert find_inversions(filed) == []
    stored = Dossier.objects.order_by("code").values_list("code", flat=True)
    prefix = f"{desk.agency.code}-{clock.today():%y%m%d}"
    assert list(stored) == [f"{prefix}-{number:04d}" for number in range(1, WINDOWS * FILINGS_EACH + 1)]


def test_control_with_a_counter_that_is_read_and_then_written_two_filings_want_one_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(2)

    def read_then_write(series: str) -> int:
        number = counters.get_last_number(series) + 1
        meeting.wait()
        Counter.objects.update_or_create(series=series, defaults={"value": number})
        return number

    Counter.objects.create(series=code_series(desk.agency.code, clock.today()), value=1)
    monkeypatch.setattr(counters, "next_number", read_then_write)

    outcomes = race([lambda: file_dossier(desk, Request()).code] * 2)

    faults = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert faults == [IntegrityError]
