"""A small load: some threads with one connection each, asking again as soon as they are answered.

Bare sockets and requests made beforehand, because on a small machine the client shares the server's cores and
a heavy one would hide the difference between two servers.
"""

import socket
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import urlsplit

CONNECTIONS = 8
SLICE_S = 2.0
ROUNDS = 4
_END_OF_HEAD = b"\r\n\r\n"
_TIMEOUT_S = 30


@dataclass(frozen=True)
class Target:
    """Addresses to ask in turn, all of one server, with the same headers."""

    urls: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.urls[0])
        return parts.hostname or "", parts.port or 80

    def build_requests(self) -> list[bytes]:
        return [self._build(url) for url in self.urls]

    def _build(self, url: str) -> bytes:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept: text/html"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def compare(targets: Mapping[str, Target]) -> dict[str, float]:
    """Requests per second of each, asked by turns so that what else the machine does hits all alike."""
    for target in targets.values():
        run(target, 0.5)
    answered = dict.fromkeys(targets, 0)
    seconds = dict.fromkeys(targets, 0.0)
    for _round in range(ROUNDS):
        for name, target in targets.items():
            count, taken = run(target, SLICE_S)
            answered[name] += count
            seconds[name] += taken
    return {name: answered[name] / seconds[name] for name in targets}


def run(target: Target, seconds: float) -> tuple[int, float]:
    """How many answers came, and in how many seconds. Raises what a connection raised."""
    counts = [0] * CONNECTIONS
    faults: list[BaseException] = []
    started = time.perf_counter()
    threads = [
        threading.Thread(target=_ask, args=(target, number, started + seconds, counts, faults))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts), time.perf_counter() - started


def _ask(target: Target, number: int, until: float, counts: list[int], faults: list[BaseException]) -> None:
    requests = target.build_requests()
    turn = islice(cycle(requests), number, None)
    try:
        with socket.create_connection(target.address, timeout=_TIMEOUT_S) as connection:
            while time.perf_counter() < until:
                connection.sendall(next(turn))
                read_answer(connection)
                counts[number] += 1
    except (OSError, ValueError) as fault:
        faults.append(fault)


def read_answer(connection: socket.socket) -> bytes:
    """The body of one answer. Raises ValueError unless it is a 200 with a length."""
    received = b""
    while _END_OF_HEAD not in received:
        received += _receive(connection)
    head, _, body = received.partition(_END_OF_HEAD)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise ValueError(f"not a 200: {head.splitlines()[0].decode()}")
    length = _read_length(head)
    parts, got = [body], len(body)
    while got < length:
        part = _receive(connection)
        parts.append(part)
        got += len(part)
    return b"".join(parts)


def _read_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without Content-Length")


def _receive(connection: socket.socket) -> bytes:
    part = connection.recv(1 << 16)
    if not part:
        raise ValueError("the server closed the connection")
    return part
