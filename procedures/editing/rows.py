"""Parts that repeat: rows that are added, removed, moved and doubled one by one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from procedures.editing.fields import Posted, Spec, write
from procedures.editing.keys import make_key
from procedures.editing.places import get_at, put_at

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = "text"
Used = Callable[[str], set[str]]


@dataclass(frozen=True)
class Rows:
    """A list of the document. `noun`: one of it, "giấy tờ". `key_from`: the text its stable key is made of.

    `is_nameless`: rows are called by their number.

    `is_texts`: the rows are texts themselves, not objects. `folded`: each row is closed until it is opened.
    """

    name: str
    title: StrOrPromise
    noun: StrOrPromise
    specs: tuple[Spec, ...]
    hint: StrOrPromise = ""
    key_from: str = ""
    is_texts: bool = False
    folded: bool = False
    blank: Mapping[str, Any] = field(default_factory=dict)
    title_from: str = ""
    is_nameless: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def shows(self) -> str:
        """The path of what a row is called by."""
        return self.title_from or self.key_from or self.specs[0].name


def read_rows(rows: Rows, document: Mapping[str, Any]) -> list[Any]:
    found = get_at(document, rows.name)
    return found if isinstance(found, list) else []


def row_name(rows: Rows, part: object) -> str:
    """What people call a row by: its Vietnamese text, or nothing yet."""
    if rows.is_nameless:
        return ""
    raw = part if rows.is_texts else get_at(part, rows.shows)
    if isinstance(raw, dict):
        raw = raw.get("vi")
    return raw if isinstance(raw, str) else ""


def write_rows(rows: Rows, document: dict[str, Any], posted: Posted, used: Used) -> None:
    """Puts what was typed into the rows that were on the page; others stay as they are."""
    parts = read_rows(rows, document)
    for number in posted(f"{rows.name}.rows"):
        if not number.isdecimal() or int(number) >= len(parts):
            continue
        index = int(number)
        if rows.is_texts:
            parts[index] = _write_text_row(rows, parts[index], f"{rows.name}[{index}].", posted)
        elif isinstance(parts[index], dict):
            write_specs(rows.specs, parts[index], f"{rows.name}[{index}].", posted)
            _give_key(rows, parts, index, used)


def write_specs(specs: tuple[Spec, ...], part: dict[str, Any], prefix: str, posted: Posted) -> None:
    for spec in specs:
        write(spec, part, prefix + spec.name, posted)


def _write_text_row(rows: Rows, raw: object, prefix: str, posted: Posted) -> Any:
    holder: dict[str, Any] = {TEXT: raw}
    write_specs(rows.specs, holder, prefix, posted)
    return holder.get(TEXT, {"vi": ""})


def _give_key(rows: Rows, parts: list[Any], index: int, used: Used) -> None:
    part = parts[index]
    label = row_name(rows, part)
    if not rows.key_from or part.get("key") or not label:
        return
    others = {other.get("key") for other in parts if isinstance(other, dict)}
    part["key"] = make_key(label, used(rows.name) | {key for key in others if isinstance(key, str)})


@dataclass(frozen=True)
class Done:
    """What a button of a row did: in words for the history, and the element that gets the focus."""

    summary: str
    anchor: str


def act(rows: Rows, document: dict[str, Any], action: str, index: int) -> Done | None:
    """Adds, removes, moves or doubles a row; None where there is nothing to do."""
    parts = read_rows(rows, document)
    if action == "add":
        put_at(document, rows.name, [*parts, copy.deepcopy(dict(rows.blank))])
        return Done(_("%(part)s: thêm một mục") % {"part": rows.title}, _first_input(rows, len(parts)))
    if not 0 <= index < len(parts):
        return None
    return _ACTIONS[action](rows, document, parts, index) if action in _ACTIONS else None


def anchor_of(name: str, index: int, action: str = "") -> str:
    stem = name.replace(".", "-")
    return f"{stem}-{index}-{action}" if action else f"{stem}-{index}"


def _first_input(rows: Rows, index: int) -> str:
    """A new row is begun at once: its first input gets the focus."""
    return anchor_of(rows.name, index, rows.specs[0].name)


def _remove(rows: Rows, document: dict[str, Any], parts: list[Any], index: int) -> Done:
    left = parts[:index] + parts[index + 1 :]
    put_at(document, rows.name, left)
    anchor = anchor_of(rows.name, min(index, len(left) - 1)) if left else f"{rows.id}-add"
    return Done(_summary(_("%(part)s: bỏ “%(row)s”"), rows, parts[index]), anchor)


def _double(rows: Rows, document: dict[str, Any], parts: list[Any], index: int) -> Done:
    twin = copy.deepcopy(parts[index])
    if rows.key_from and isinstance(twin, dict):
        twin.pop("key", None)
    put_at(document, rows.name, [*parts[: index + 1], twin, *parts[index + 1 :]])
    return Done(_summary(_("%(part)s: nhân đôi “%(row)s”"), rows, twin), _first_input(rows, index + 1))


def _move(rows: Rows, document: dict[str, Any], parts: list[Any], index: int, step: int) -> Done | None:
    to = index + step
    if not 0 <= to < len(parts):
        return None
    moved = list(parts)
    moved[index], moved[to] = moved[to], moved[index]
    put_at(document, rows.name, moved)
    at_the_end = to in (0, len(parts) - 1)
    button = ("up" if step > 0 else "down") if at_the_end else ("up" if step < 0 else "down")
    return Done(
        _summary(_("%(part)s: chuyển chỗ “%(row)s”"), rows, parts[index]), anchor_of(rows.name, to, button)
    )


def _summary(words: str, rows: Rows, part: object) -> str:
    return words % {"part": rows.title, "row": row_name(rows, part)[:80] or _("mục chưa có tên")}


_ACTIONS: Mapping[str, Callable[[Rows, dict[str, Any], list[Any], int], Done | None]] = {
    "remove": _remove,
    "copy": _double,
    "up": lambda rows, document, parts, index: _move(rows, document, parts, index, -1),
    "down": lambda rows, document, parts, index: _move(rows, document, parts, index, 1),
}
