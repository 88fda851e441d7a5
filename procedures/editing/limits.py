"""Time limits as one small table: a cell for each case and way to file; an empty one follows the general one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.choices import LimitUnit
from procedures.editing.axes import ANY, Key, find_general, list_cases, list_channels
from procedures.editing.fields import Posted, read_number
from procedures.editing.places import MISSING

UNITS = LimitUnit.choices


@dataclass(frozen=True)
class LimitCell:
    """One cell. `position`: of its limit in the document; -1: it follows `general`."""

    name: str
    label: str
    value: str
    unit: str
    position: int
    general: str = ""
    error: str = ""

    @property
    def has_odd_unit(self) -> bool:
        return self.unit not in LimitUnit.values

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class LimitLine:
    label: str
    cells: tuple[LimitCell, ...]


@dataclass(frozen=True)
class LimitTable:
    columns: tuple[str, ...]
    lines: tuple[LimitLine, ...]


def build_limits(document: Mapping[str, Any], faults: Mapping[str, list[str]]) -> LimitTable:
    """The table of a raw document, with the faults of each limit in its cell."""
    limits = _limits(document)
    channels = list_channels(document, [limit.get("channel") for limit in limits if isinstance(limit, dict)])
    cases = list_cases(document, [limit.get("case") for limit in limits if isinstance(limit, dict)])
    lines = [
        LimitLine(words, tuple(_cell(limits, (case, words), channel, faults) for channel in channels))
        for case, words in cases
    ]
    return LimitTable(tuple(words for _key, words in channels), tuple(lines))


def write_limits(document: dict[str, Any], posted: Posted) -> None:
    """Puts the cells that were changed into the document; the order of what was there stays."""
    table = build_limits(document, {})
    before = _limits(document)
    limits = [dict(row) if isinstance(row, dict) else row for row in before]
    gone: list[int] = []
    channels = list_channels(document, [row.get("channel") for row in limits if isinstance(row, dict)])
    cases = list_cases(document, [row.get("case") for row in limits if isinstance(row, dict)])
    for (case, _words), line in zip(cases, table.lines, strict=True):
        for (channel, _name), cell in zip(channels, line.cells, strict=True):
            _write_cell(cell, (case, channel), limits, gone, posted)
    left = [limit for n, limit in enumerate(limits) if n not in gone]
    if left != before:
        document["limits"] = left


def _write_cell(
    cell: LimitCell, where: tuple[Key, Key], limits: list[Any], gone: list[int], posted: Posted
) -> None:
    values, units = posted(f"{cell.name}.value"), posted(f"{cell.name}.unit")
    if not values or not units:
        return
    typed, unit = values[0].strip(), units[0]
    if (typed, unit) == (cell.value, cell.unit):
        return
    if unit == LimitUnit.SAME_DAY and (typed or cell.position < 0):
        typed = "1"
    if not typed:
        if cell.position >= 0:
            gone.append(cell.position)
        return
    if cell.position < 0:
        limits.append({name: key for name, key in zip(("case", "channel"), where, strict=True) if key})
    limit = limits[cell.position]
    if typed != cell.value:
        limit["value"] = read_number(typed)
    limit["unit"] = unit


def _cell(
    limits: list[Any], case: tuple[Key, str], channel: tuple[Key, str], faults: Mapping[str, list[str]]
) -> LimitCell:
    position = _find(limits, case[0], channel[0])
    limit = limits[position] if position >= 0 else {}
    places = [_where(row) for row in limits]
    general = find_general(places, (case[0], channel[0]))
    followed = limits[general] if general >= 0 and isinstance(limits[general], dict) else {}
    value = limit.get("value", MISSING)
    unit = limit.get("unit") or (followed.get("unit") if position < 0 else "")
    prefix = f"limits[{position}]"
    found = [line for path, lines in faults.items() if path.startswith(prefix) for line in lines]
    return LimitCell(
        name=f"limits.{case[0] or ANY}.{channel[0] or ANY}",
        label=_("%(case)s, %(way)s") % {"case": case[1], "way": channel[1].lower()},
        value=_words(value),
        unit=unit if isinstance(unit, str) and unit else LimitUnit.WORKING_DAY.value,
        general=_words(followed.get("value", MISSING)),
        position=position,
        error=" ".join(found) if position >= 0 else "",
    )


def _words(value: object) -> str:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _where(limit: object) -> tuple[Key, Key]:
    """Where a limit stands; what is no limit stands where nobody looks."""
    if not isinstance(limit, dict):
        return ANY, ANY
    return limit.get("case") or None, limit.get("channel") or None


def _find(limits: list[Any], case: Key, channel: Key) -> int:
    return next((n for n, limit in enumerate(limits) if _where(limit) == (case, channel)), -1)


def _limits(document: Mapping[str, Any]) -> list[Any]:
    found = document.get("limits")
    return found if isinstance(found, list) else []
