"""One field of the editor: how a value of the raw document is shown, and how what was typed is written back.

What comes back as it was shown leaves the document alone, whatever odd value it holds. So a section that
is saved unchanged never changes, and parts this editor does not know are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from portal.core.money import group_thousands
from procedures.editing.answers import show_options, write_options
from procedures.editing.places import MISSING, get_at, put_at
from procedures.richtext import reduce_html

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices: TypeAlias = "Sequence[tuple[str, StrOrPromise]]"
ON = "1"
LANGUAGES = ("vi", "en")
_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


@dataclass(frozen=True)
class Spec:
    """`name`: its path in the row or document. `default`: what a missing flag or number means.

    `kind`: text and long (Vietnamese and English), line, lines (one a line), number, money, day, flag,
    one (of choices), many (of choices); options, condition (of the guided check).

    `source`: the list of the document whose rows are the choices.
    """

    name: str
    label: StrOrPromise
    kind: str = "text"
    hint: StrOrPromise = ""
    choices: Choices = ()
    source: str = ""
    optional: bool = False
    width: str = ""
    default: Any = None
    empty_label: StrOrPromise = ""

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "long")

    @property
    def endings(self) -> tuple[str, ...]:
        """What the names of its inputs end with."""
        return tuple(f".{language}" for language in LANGUAGES) if self.is_text else ("",)


Posted = Callable[[str], list[str]]


def show(spec: Spec, part: object) -> dict[str, list[str]]:
    """What its inputs hold, by ending; a list because boxes may be ticked several at once."""
    raw = get_at(part, spec.name)
    if spec.kind == "condition":  # rows of selects, which guiding.py knows
        return {}
    if spec.is_text:
        return {f".{language}": [_show_text(raw, language)] for language in LANGUAGES}
    if raw is MISSING or raw is None:
        raw = spec.default
    return {"": _SHOW[spec.kind](raw)}


def write(spec: Spec, part: dict[str, Any], prefix: str, posted: Posted) -> None:
    """Puts what was typed into the part; what was not changed is not touched."""
    shown = show(spec, part)
    typed = {ending: [_tidy(line) for line in posted(prefix + ending)] for ending in shown}
    if spec.kind not in ("flag", "many"):
        typed = {ending: values for ending, values in typed.items() if values}
    changed = {
        ending: values for ending, values in typed.items() if not _is_same(spec, values, shown[ending])
    }
    if not changed:
        return
    if spec.is_text:
        _write_text(spec, part, {ending[1:]: values[0] for ending, values in changed.items()})
    elif spec.kind == "options":
        put_at(part, spec.name, write_options(get_at(part, spec.name), changed[""][0]))
    elif spec.kind == "many":
        put_at(part, spec.name, _write_many(spec, shown[""], changed[""]))
    else:
        put_at(part, spec.name, _WRITE[spec.kind](spec, changed[""]))


def _is_same(spec: Spec, typed: list[str], shown: list[str]) -> bool:
    """Boxes come back in the order of the page, which is not the document's."""
    return set(typed) == set(shown) if spec.kind == "many" else typed == shown


def _tidy(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _show_text(raw: object, language: str) -> str:
    value = raw.get(language) if isinstance(raw, dict) else None
    return value if isinstance(value, str) else ""


def _write_text(spec: Spec, part: dict[str, Any], typed: Mapping[str, str]) -> None:
    old = get_at(part, spec.name)
    text = dict(old) if isinstance(old, dict) else {}
    for language, value in typed.items():
        words = reduce_html(value).strip() if spec.kind == "long" else " ".join(value.split())
        if words:
            text[language] = words
        else:
            text.pop(language, None)
    put_at(part, spec.name, text or MISSING)


def _show_line(raw: object) -> list[str]:
    return [raw if isinstance(raw, str) else ""]


def _show_lines(raw: object) -> list[str]:
    return ["\n".join(str(line) for line in raw) if isinstance(raw, list) else ""]


def _show_number(raw: object) -> list[str]:
    return [str(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""]


def _show_money(raw: object) -> list[str]:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return [group_thousands(raw)]
    return _show_line(raw)


def _show_day(raw: object) -> list[str]:
    if not isinstance(raw, str):
        return [""]
    try:
        return [date.fromisoformat(raw).strftime("%d/%m/%Y")]
    except ValueError:
        return [raw]


def _show_flag(raw: object) -> list[str]:
    return [ON] if raw is True else []


def _show_many(raw: object) -> list[str]:
    return [value for value in raw if isinstance(value, str)] if isinstance(raw, list) else []


def _write_line(spec: Spec, typed: list[str]) -> Any:
    return " ".join(typed[0].split()) or MISSING


def _write_lines(spec: Spec, typed: list[str]) -> Any:
    lines = (" ".join(line.split()) for line in typed[0].split("\n"))
    return list(dict.fromkeys(filter(None, lines))) or ([] if spec.default == [] else MISSING)


def read_number(typed: str) -> Any:
    """A whole number, or the words themselves: they are kept, and the fault stands beside them."""
    words = typed.strip()
    plain = words.lower().removesuffix("đồng").removesuffix("đ").strip()
    plain = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?!\d))", "", plain)
    if _INTEGER.fullmatch(plain):
        return int(plain)
    return words or MISSING


def _write_number(spec: Spec, typed: list[str]) -> Any:
    return read_number(typed[0])


def read_day(typed: str) -> Any:
    """31/12/2026 as the document writes it; other words are kept."""
    words = typed.strip()
    if found := _DAY.fullmatch(words):
        day, month, year = (int(number) for number in found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return words
    return words or MISSING


def _write_day(spec: Spec, typed: list[str]) -> Any:
    return read_day(typed[0])


def _write_flag(spec: Spec, typed: list[str]) -> Any:
    is_on = ON in typed
    return is_on if is_on != bool(spec.default) else MISSING


def _write_one(spec: Spec, typed: list[str]) -> Any:
    return typed[0] or MISSING


def _write_many(spec: Spec, shown: list[str], typed: list[str]) -> Any:
    kept = [value for value in shown if value in typed]
    new = [value for value in dict.fromkeys(typed) if value and value not in kept]
    return kept + new or ([] if spec.default == [] else MISSING)


_SHOW: Mapping[str, Callable[[object], list[str]]] = {
    "line": _show_line,
    "lines": _show_lines,
    "number": _show_number,
    "money": _show_money,
    "day": _show_day,
    "flag": _show_flag,
    "one": _show_line,
    "many": _show_many,
    "options": show_options,
}
_WRITE: Mapping[str, Callable[[Spec, list[str]], Any]] = {
    "line": _write_line,
    "lines": _write_lines,
    "number": _write_number,
    "money": _write_number,
    "day": _write_day,
    "flag": _write_flag,
    "one": _write_one,
}
