"""The processes of a running product, found by their parents, and killed without warning."""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MARKS = {
    "web": "gunicorn",
    "worker": "celery -A portal worker",
    "beat": "celery -A portal beat",
    "broker": "valkey-server",
    "database": "postgres -D",
    "backend": "postgres: motcua_app",
}


@dataclass(frozen=True)
class Process:
    """`place`: 0 for the one that supervisor started, 1 for its children."""

    pid: int
    program: str
    place: int


def list_processes(root: int) -> list[Process]:
    """Web, worker, beat, broker and database below the process that runs all others."""
    found: dict[int, Process] = {}
    for pid in walk_down(root):
        words = read_words(pid)
        program = next((name for name, mark in MARKS.items() if mark in words), "")
        if program:
            place = 1 if read_parent(pid) in found else 0
            found[pid] = Process(pid, program, place)
    return list(found.values())


def walk_down(root: int) -> Iterator[int]:
    """All descendants, parents first."""
    parents = {int(folder.name): read_parent(int(folder.name)) for folder in Path("/proc").glob("[0-9]*")}
    level = [root]
    while level:
        level = [pid for pid, parent in parents.items() if parent in level]
        yield from level


def read_parent(pid: int) -> int:
    """0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def read_words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def kill(processes: Sequence[Process], how: signal.Signals = signal.SIGKILL) -> int:
    """The signal to all of them at once; how many were there."""
    found = 0
    for process in processes:
        try:
            os.kill(process.pid, how)
        except ProcessLookupError:
            continue
        found += 1
    return found
