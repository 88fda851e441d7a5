"""One input of the editor with what it holds, what may be chosen, and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from procedures.editing import faults as wrong
from procedures.editing.builder.conditions import ConditionEditor
from procedures.editing.fields import ON, Spec, show
from procedures.editing.places import get_at

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NOT_OF_AN_ID = re.compile(r"[^a-z0-9_]+", re.IGNORECASE)
_LONG = 90
"""Letters from which on a text gets more than one line."""


@dataclass(frozen=True)
class Choice:
    value: str
    label: StrOrPromise
    is_chosen: bool


@dataclass(frozen=True)
class Input:
    """One field as templates/catalogue/edit/field.html draws it."""

    spec: Spec
    name: str
    shown: Mapping[str, list[str]]
    choices: tuple[Choice, ...]
    errors: tuple[str, ...]
    condition: ConditionEditor | None = None

    @property
    def id(self) -> str:
        return make_id(self.name)

    @property
    def value(self) -> str:
        values = self.shown.get("", self.shown.get(".vi", [""]))
        return values[0] if values else ""

    @property
    def english(self) -> str:
        return self.shown.get(".en", [""])[0]

    @property
    def is_on(self) -> bool:
        return ON in self.shown.get("", [])

    @property
    def is_area(self) -> bool:
        return self.spec.kind in ("long", "lines", "options") or "\n" in self.value or len(self.value) > _LONG

    @property
    def lines(self) -> int:
        """Height of a text box: what it holds, at most twelve lines."""
        least = {"lines": 6, "options": 4}.get(self.spec.kind, 2)
        return min(12, max(least, self.value.count("\n") + 1 + len(self.value) // _LONG))


def make_id(name: str) -> str:
    return _NOT_OF_AN_ID.sub("-", name).strip("-")


def build_input(
    spec: Spec, part: object, prefix: str, document: Mapping[str, Any], faults: wrong.Faults
) -> Input:
    """`part`: the row or document that the spec's path starts in; `prefix`: where that stands in the document."""
    shown = show(spec, part)
    errors = tuple(dict.fromkeys(line for line in wrong.find(faults, prefix + spec.name) if line))
    is_own_list = bool(spec.source) and prefix.startswith(f"{spec.source}[")
    choices = _choices(spec, part if is_own_list else None, shown.get("", []), document)
    return Input(spec, prefix + spec.name, shown, choices, errors)


def _choices(spec: Spec, part: object, chosen: list[str], document: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The list of the field, and what the document holds although no list has it.

    `part`: a row of that very list, which is no choice of its own.
    """
    known = [(str(value), label) for value, label in spec.choices]
    if spec.source:
        own = part.get("key") if isinstance(part, dict) else None
        rows = list_form_fields(document) if spec.source == "form" else _keyed(document, spec.source)
        known = [(key, label) for key, label in dict(rows).items() if key != own]
    if spec.kind in ("one", "many"):
        values = {value for value, _label in known}
        lost = [
            (value, _("(không còn trong danh sách)")) for value in chosen if value and value not in values
        ]
        known = [*known, *lost]
    return tuple(Choice(value, label, value in chosen) for value, label in known)


def list_form_fields(document: Mapping[str, Any]) -> list[tuple[str, StrOrPromise]]:
    """Questions of the e-form that stand on a page by themselves."""
    pages = get_at(document, "form.pages")
    found: list[tuple[str, StrOrPromise]] = []
    for page in pages if isinstance(pages, list) else ():
        found += _keyed(page, "fields") if isinstance(page, dict) else []
    return found


def _keyed(document: Mapping[str, Any], name: str) -> list[tuple[str, StrOrPromise]]:
    found = document.get(name)
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    pairs: list[tuple[str, StrOrPromise]] = []
    for row in rows:
        key, label = row.get("key"), row.get("label", row.get("name"))
        words = label.get("vi") if isinstance(label, dict) else ""
        if isinstance(key, str) and key:
            pairs.append((key, words if isinstance(words, str) and words else key))
    return pairs
