"""The public table: counts that could point at a person are held back, with what they could be computed from.

Pure: numbers in, cells out. A count of 1 to 4 is held back; so is a count whose remainder to a shown one is 1 to 4;
and where a column hides one cell only, the next smallest goes too, or the sum would give it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """Dossiers filed, of them online; resolved in time, and late. Never below zero once a period is complete."""

    filed: int = 0
    online: int = 0
    in_time: int = 0
    late: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.filed + other.filed,
            self.online + other.online,
            self.in_time + other.in_time,
            self.late + other.late,
        )

    @property
    def resolved(self) -> int:
        return self.in_time + self.late


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; None is a number that is held back. Shares are percent, None without a whole."""

    label: str
    filed: int | None
    online: int | None
    resolved: int | None
    in_time: int | None

    @property
    def online_share(self) -> float | None:
        return _share(self.online, self.filed)

    @property
    def in_time_share(self) -> float | None:
        return _share(self.in_time, self.resolved)

    @property
    def late(self) -> int | None:
        if self.resolved is None or self.in_time is None:
            return None
        return self.resolved - self.in_time


@dataclass(frozen=True, slots=True)
class Table:
    """Lines in the order given, and their sum."""

    lines: Sequence[Line]
    total: Line

    @property
    def holds_back(self) -> bool:
        cells = [(line.filed, line.online, line.resolved, line.in_time) for line in (*self.lines, self.total)]
        return any(cell is None for row in cells for cell in row)


_PAIRS = (("filed", "online"), ("resolved", "in_time"))


def build_table(rows: Sequence[tuple[str, Counts]], total_label: str) -> Table:
    """The table of these labels and counts."""
    sums = sum((counts for _label, counts in rows), Counts())
    lines = [_line(label, counts) for label, counts in rows]
    total = _line(total_label, sums)
    for whole, part in _PAIRS:
        lines, total = _protect(lines, total, whole, part)
    return Table(tuple(lines), total)


def _line(label: str, counts: Counts) -> Line:
    return Line(label, counts.filed, counts.online, counts.resolved, counts.in_time)


def _protect(lines: list[Line], total: Line, whole: str, part: str) -> tuple[list[Line], Line]:
    hidden_wholes = _complete([_is_small(getattr(line, whole)) for line in lines], lines, whole)
    hidden_parts = [
        hidden or _tells(getattr(line, whole), getattr(line, part))
        for hidden, line in zip(hidden_wholes, lines, strict=True)
    ]
    hidden_parts = _complete(hidden_parts, lines, part)
    total_hidden = _is_small(getattr(total, whole)) or sum(hidden_wholes) == 1
    part_hidden = (
        total_hidden or _tells(getattr(total, whole), getattr(total, part)) or sum(hidden_parts) == 1
    )
    shown = [
        _hold_back(line, [whole] * one + [part] * other)
        for line, one, other in zip(lines, hidden_wholes, hidden_parts, strict=True)
    ]
    return shown, _hold_back(total, [whole] * total_hidden + [part] * part_hidden)


def _hold_back(line: Line, names: Sequence[str]) -> Line:
    changes: dict[str, Any] = dict.fromkeys(names)
    return replace(line, **changes)


def _complete(hidden: list[bool], lines: Sequence[Line], name: str) -> list[bool]:
    """One hidden cell in a column is the sum less the others: hide the smallest other one that is not zero."""
    if sum(hidden) != 1:
        return hidden
    others = [(getattr(line, name), place) for place, line in enumerate(lines) if not hidden[place]]
    candidates = [(value, place) for value, place in others if value]
    if not candidates:
        return hidden
    _value, chosen = min(candidates)
    return [is_hidden or place == chosen for place, is_hidden in enumerate(hidden)]


def _is_small(count: int) -> bool:
    return 0 < count < LEAST_SHOWN


def _tells(whole: int, part: int) -> bool:
    return _is_small(part) or _is_small(whole - part)


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole
