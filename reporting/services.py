"""Folding the history into daily figures: each event counts once, however often and wherever this runs."""

from collections.abc import Iterable

from django.db import connection

from dossiers import figures
from portal.core import clock
from portal.core.locking import durable, lock_rows
from reporting.models import DailyFigure, Fold

MOST_EVENTS = 50_000  # of one transaction; the next run goes on from there

_ADD = """
    INSERT INTO reporting_dailyfigure AS kept (day, agency_id, level, channel, filed, in_time, late)
    SELECT * FROM unnest(%s::date[], %s::bigint[], %s::int[], %s::text[], %s::int[], %s::int[], %s::int[])
    ON CONFLICT (day, agency_id, level, channel) DO UPDATE SET
        filed = kept.filed + excluded.filed, in_time = kept.in_time + excluded.in_time,
        late = kept.late + excluded.late
"""


def fold_due() -> int:
    """Add what became final since the last time. Returns how many events were looked at; a repeat adds nothing."""
    with durable():
        fold = _lock_fold()
        upto = figures.find_last_final(fold.last_event, clock.now())
        upto = min(upto, fold.last_event + MOST_EVENTS)
        looked_at = upto - fold.last_event
        if looked_at:
            _add(figures.list_changes(fold.last_event, upto))
            fold.last_event = upto
        fold.folded_at = clock.now()
        fold.save(update_fields=["last_event", "folded_at"])
    return looked_at


def recount() -> None:
    """Throw the figures away; the next runs of `fold_due` count them again from the history."""
    with durable():
        fold = _lock_fold()
        DailyFigure.objects.all().delete()
        fold.last_event = 0
        fold.save(update_fields=["last_event"])


def _lock_fold() -> Fold:
    Fold.objects.get_or_create(pk=1)
    (fold,) = lock_rows(Fold.objects.filter(pk=1))
    return fold


def _add(changes: Iterable[figures.Change]) -> None:
    rows = [(c.day, c.agency_id, c.level, c.channel, c.filed, c.in_time, c.late) for c in changes]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])
