"""Writing a volume: batches of one agency and day, in chunks, by several processes."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from dossiers.models import Decision, Step
from dossiers.numbering import code_series, format_code
from portal.core import clock
from portal.core.counters import next_range
from portal.core.locking import durable
from portal.demo.seeds.volume.blobs import Blobs
from portal.demo.seeds.volume.indexes import is_owner, put_aside, tidy
from portal.demo.seeds.volume.plans import Batch, Plan, plan_batches, plan_dossiers
from portal.demo.seeds.volume.rows import Rows
from portal.demo.seeds.volume.scenery import Scenery
from portal.demo.seeds.volume.tables import Tables

CHUNK = 2000
WORTH_INDEXING_AFTER = 50_000
"""From here on building the indexes over the whole is cheaper than keeping them up to date."""

Share = list[list[Batch]]


def fill(scenery: Scenery, dossiers: int, *, events: int, workers: int) -> None:
    """Add that many dossiers with that many events each. Every chunk is its own transaction."""
    batches = plan_batches(scenery, dossiers, clock.today())
    owner = is_owner()
    with put_aside() if owner and dossiers >= WORTH_INDEXING_AFTER else nullcontext():
        _fill_all(scenery, _share(batches, workers), events)
    if owner and not connection.in_atomic_block:
        tidy()
    os.sync()


def _share(batches: Sequence[Batch], workers: int) -> list[Share]:
    """Chunks of some thousand dossiers, dealt to the workers in turn; no two share a series of codes."""
    shares: list[Share] = [[] for _ in range(workers)]
    size = CHUNK
    for batch in batches:
        if size >= CHUNK:
            share = min(shares, key=len)
            share.append([])
            size = 0
        share[-1].append(batch)
        size += batch.count
    return shares


def _fill_all(scenery: Scenery, shares: Sequence[Share], events: int) -> None:
    if len(shares) == 1:
        _fill_share(scenery, shares[0], events)
        return
    connections.close_all()  # a child must not talk through its parent's connection
    with ProcessPoolExecutor(len(shares)) as pool:
        running = [pool.submit(_fill_share, scenery, share, events) for share in shares]
        for future in running:
            future.result()


def _fill_share(scenery: Scenery, share: Share, events: int) -> None:
    blobs = Blobs()
    for chunk in share:
        with durable(lock_timeout_ms=60_000), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            _write_chunk(cursor, scenery, chunk, events, blobs)


def _write_chunk(
    cursor: CursorWrapper, scenery: Scenery, chunk: Sequence[Batch], events: int, blobs: Blobs
) -> None:
    plans = [plan for batch in chunk for plan in _plan(scenery, batch, events)]
    step_ids, decision_ids = _reserve(cursor, Step, len(plans)), _reserve(cursor, Decision, len(plans))
    tables = Tables()
    rows = Rows(tables, blobs)
    for plan, step_id, decision_id in zip(plans, step_ids, decision_ids, strict=True):
        rows.add(plan, step_id=step_id, decision_id=decision_id)
    tables.write(cursor)


def _plan(scenery: Scenery, batch: Batch, events: int) -> list[Plan]:
    agency_code = scenery.offices[batch.office].code
    numbers = next_range(code_series(agency_code, batch.day), batch.count)
    codes = [format_code(agency_code, batch.day, number) for number in numbers]
    return list(plan_dossiers(scenery, batch, codes, events=events, now=clock.now()))


def _reserve(cursor: CursorWrapper, model: type[Step | Decision], count: int) -> list[int]:
    statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    cursor.execute(statement, [model._meta.db_table, count])
    return [number for (number,) in cursor.fetchall()]
