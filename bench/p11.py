"""P11: what somebody waits for who searches the whole catalogue, and whether the right procedure stands first."""

import json
import os
import re
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bench.bare.serving import serve_bare_view
from bench.catalogue import ensure_procedures
from bench.figures import Reading, figure
from bench.load import Target, read_answer
from bench.server import Server

QUERIES = Path(__file__).with_name("queries.jsonl")
AGAIN = 9
_UNTIL_ALL_KNOW = 4  # each process keeps its own pages
WARM_UP = 60
LEARNING_S = 90  # the words of life are searched once in the background
_SHOWN = 3
_PATIENCE_S = 120  # the first query builds the index
_RESULT = re.compile(rb'<h2><a href="/procedures/([\d.]+)/"')


@dataclass(frozen=True)
class Query:
    words: str
    expected: frozenset[str]
    also: frozenset[str]

    def is_answered_by(self, codes: Sequence[str]) -> bool:
        counted = [code for code in codes if code not in self.also]
        return bool(self.expected.intersection(counted[:_SHOWN]))


@figure(
    "P11",
    "catalogue search, 5,700 procedures, each query for the first time, p95 over the bare view",
    "x",
    at_most=1,
)
def measure(server: Server) -> Reading:
    """One visitor without a session, a search and a bare view by turns; then the same queries again."""
    ensure_procedures(server)
    queries = read_queries(Path(os.environ.get("QUERIES_FILE") or QUERIES))
    search = Target([f"{server.url}/procedures/?q={quote_plus(query.words)}" for query in queries])
    bare = Target([serve_bare_view(server)])
    _warm_up(server, bare)
    bares, first, again, hits = [], [], [], 0
    for request, query in zip(search.build_requests(), queries, strict=True):
        bares.append(_time(bare.address, bare.build_requests()[0])[0])
        taken, page = _time(search.address, request)
        first.append(taken)
        hits += query.is_answered_by([code.decode() for code in _RESULT.findall(page)])
    for number in range(AGAIN):
        for request in search.build_requests():
            bares.append(_time(bare.address, bare.build_requests()[0])[0])
            taken = _time(search.address, request)[0]
            if number >= _UNTIL_ALL_KNOW:
                again.append(taken)
    floor = _p95(bares)
    counted = sum(bool(query.expected) for query in queries)
    print(
        f"bare {floor * 1e3:.1f} ms  first time {_p95(first) * 1e3:.1f} ms ({_p95(first) / floor:.2f} x)  "
        f"again {_p95(again) * 1e3:.1f} ms ({_p95(again) / floor:.2f} x)  "
        f"in the first {_SHOWN}: {hits} of {counted}",
        flush=True,
    )
    return Reading(_p95(first) / floor, len(queries))


def read_queries(path: Path) -> list[Query]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read(json.loads(line)) for line in lines if line.strip()]


def _read(row: dict[str, Any]) -> Query:
    expected, also = row.get("expected_codes") or (), row.get("also_accept") or ()
    return Query(row["query"], frozenset(expected), frozenset(also))


def _warm_up(server: Server, bare: Target) -> None:
    """Every process has its index, its words and its templates before the first measured query."""
    words = [f"{server.url}/procedures/?q={quote_plus(f'thử {number}')}" for number in range(WARM_UP)]
    for target in (Target(words), bare):
        for request in target.build_requests():
            _time(target.address, request)
    time.sleep(LEARNING_S)


def _time(address: tuple[str, int], request: bytes) -> tuple[float, bytes]:
    """Seconds to the whole answer on a connection of its own, the connecting aside, and the answer."""
    with socket.create_connection(address, timeout=_PATIENCE_S) as connection:
        started = time.perf_counter()
        connection.sendall(request)
        body = read_answer(connection)
        return time.perf_counter() - started, body


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
