"""P8: queries per page, with few rows and with many."""

import json
import subprocess
import sys

from bench.figures import Reading, figure
from bench.server import Server
from bench.volume import ensure_volume
from portal.env import BASE_DIR

LONG, LONG_ONES = 40, 40
"""Some dossiers with a long history, so that a page which asks once per event is found out."""

Counts = dict[str, tuple[int, int]]


@figure("P8", "SQL queries on the page that needs most", "queries", at_most=15)
def measure(server: Server) -> Reading:
    """Pages of citizens, officers and everybody, their own caches emptied before each."""
    counts = _count(server)
    for page, (few, many) in counts.items():
        print(f"  {page:<28} few rows: {few:>3}  many rows: {many:>3}", flush=True)
    return Reading(max(max(pair) for pair in counts.values()), len(counts))


@figure("P8b", "more SQL queries with many rows than with few, where it differs most", "queries", at_most=2)
def measure_growth(server: Server) -> Reading:
    """A page that asks once per row needs 20 or more; one or two are reads that a list of no rows leaves out."""
    counts = _count(server)
    return Reading(max(many - few for few, many in counts.values()), len(counts))


_counted: dict[str, Counts] = {}


def _count(server: Server) -> Counts:
    if server.url not in _counted:
        ensure_volume(server)
        server.manage("seed_volume", "--dossiers", str(LONG_ONES), "--events", str(LONG))
        command = [sys.executable, "-m", "bench.counting.pages"]
        ended = subprocess.run(
            command,
            cwd=BASE_DIR,
            env={**server.environment, "LOG_LEVEL": "WARNING"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        read: Counts = json.loads(ended.stdout.splitlines()[-1])
        _counted[server.url] = {page: (few, many) for page, (few, many) in read.items()}
    return _counted[server.url]
