"""What the simulated providers took: each reference once, however often it was asked for."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

BOOK = "messages.jsonl"


@dataclass
class Entry:
    """One message that a provider took. asked: how often it was asked to; at: epoch seconds of the first time."""

    provider: str
    reference: str
    number: str
    to: str
    text: str
    parts: int
    at: float
    template: str = ""
    asked: int = 1
    reported: str = ""


class Book:
    """Kept in memory, and in a file of one JSON object a line when a folder is given; read back at the start."""

    def __init__(self, folder: Path | None = None) -> None:
        self._lock = Lock()
        self._entries: dict[tuple[str, str], Entry] = {}
        self._file = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._read_back(folder / BOOK)
            self._file = (folder / BOOK).open("a", encoding="utf-8")

    def _read_back(self, path: Path) -> None:
        for line in read_lines(path):
            entry = Entry(**line)
            self._entries[entry.provider, entry.reference] = entry

    def take(self, provider: str, reference: str, **message: Any) -> tuple[Entry, bool]:
        """The entry of this reference, and whether it is new. A repeat is counted and changes nothing."""
        with self._lock:
            known = self._entries.get((provider, reference))
            if known is not None:
                known.asked += 1
                return known, False
            number = f"{provider}-{len(self._entries) + 1:06d}"
            entry = Entry(provider=provider, reference=reference, number=number, at=time.time(), **message)
            self._entries[provider, reference] = entry
            if self._file is not None:
                self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
                self._file.flush()
            return entry, True

    def list_entries(self, provider: str = "") -> list[Entry]:
        """In the order they were taken."""
        with self._lock:
            return [entry for entry in self._entries.values() if provider in ("", entry.provider)]

    def as_json(self, provider: str = "") -> dict[str, Any]:
        """Every entry, how many messages and parts there are, and how many requests repeated one."""
        entries = self.list_entries(provider)
        return {
            "messages": len(entries),
            "parts": sum(entry.parts for entry in entries),
            "repeats": sum(entry.asked - 1 for entry in entries),
            "entries": [asdict(entry) for entry in entries],
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a book's file; one that is being written is left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("}\n")]
