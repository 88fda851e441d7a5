"""Reads of the figures: what is kept by day, and the last minute's events on top."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from dossiers import figures
from dossiers.choices import Channel
from portal.core import clock
from reporting.choices import By
from reporting.models import DailyFigure, Fold
from reporting.table import Counts

Key = int


@dataclass(frozen=True)
class Period:
    """A year, or one month of it; both ends are local days."""

    year: int
    month: int | None = None

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        """The first day that no longer belongs to it."""
        if self.month is None or self.month == 12:  # noqa: PLR2004 - months of a year
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)


@dataclass(frozen=True)
class Figures:
    """Counts by agency id, level or month, and the moment up to which they tell."""

    rows: Mapping[Key, Counts]
    as_of: datetime


def count_dossiers(period: Period, by: By, *, agency_ids: Iterable[int] = ()) -> Figures:
    """Counts of a period, grouped; only of these agencies if some are given. Three queries."""
    wanted = frozenset(agency_ids)
    fold = Fold.objects.filter(pk=1).first() or Fold()
    sums: dict[Key, Counts] = defaultdict(Counts)
    for row in [*_kept(period), *_tail(fold, period)]:
        if not wanted or row.agency_id in wanted:
            sums[_key(row, by)] += _counts(row)
    return Figures(dict(sums), clock.now())


def _kept(period: Period) -> Iterable[figures.Change]:
    rows = (
        DailyFigure.objects.filter(day__gte=period.first, day__lt=period.after)
        .values_list("day__month", "agency_id", "level", "channel")
        .annotate(filed=Sum("filed"), in_time=Sum("in_time"), late=Sum("late"))
        .order_by()
    )
    for month, agency_id, level, channel, filed, in_time, late in rows:
        yield figures.Change(date(period.year, month, 1), agency_id, level, channel, filed, in_time, late)


def _tail(fold: Fold, period: Period) -> Iterable[figures.Change]:
    changes = figures.list_changes(fold.last_event, figures.find_newest())
    return [change for change in changes if period.first <= change.day < period.after]


def _key(change: figures.Change, by: By) -> Key:
    return {By.AGENCY: change.agency_id, By.LEVEL: change.level, By.MONTH: change.day.month}[by]


def _counts(change: figures.Change) -> Counts:
    online = change.filed if change.channel == Channel.ONLINE else 0
    return Counts(change.filed, online, change.in_time, change.late)
