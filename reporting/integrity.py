"""Reporting's own check for `check_integrity`: the kept figures are what the history says."""

from collections.abc import Iterator

from dossiers import figures
from portal.core.integrity import Fault, integrity_checks
from reporting.models import DailyFigure, Fold

Key = tuple[object, ...]


def check_figures() -> Iterator[Fault]:
    """Counted again from the first event on, every day's figures are the same."""
    fold = Fold.objects.filter(pk=1).first()
    kept = {_key(row): (row.filed, row.in_time, row.late) for row in DailyFigure.objects.iterator()}
    counted = {_key(row): (row.filed, row.in_time, row.late) for row in _recount(fold)}
    for key in sorted({*kept, *counted}, key=str):
        if kept.get(key, (0, 0, 0)) != counted.get(key, (0, 0, 0)):
            yield Fault(
                f"figure:{':'.join(map(str, key))}", f"kept {kept.get(key)}, counted {counted.get(key)}"
            )


def _recount(fold: Fold | None) -> list[figures.Change]:
    return figures.list_changes(0, fold.last_event) if fold else []


def _key(row: DailyFigure | figures.Change) -> Key:
    return (row.day, row.agency_id, row.level, str(row.channel))


def register_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("figures", check_figures)
