"""Provinces' own copies of one procedure, so that a list shows them as one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from procedures.finding.syllables import read_syllables

if TYPE_CHECKING:
    from procedures.finding.entries import Entry

_SAME_WITHOUT = frozenset((
    "thu", "tuc", "cua", "tai", "cac", "va", "hoac", "viec", "tren", "dia", "ban", "trong", "cho", "doi", "voi",
    "ve", "do", "theo", "qui", "dinh", "phap", "luat", "thoi", "truong", "hop", "duoc",
))  # fmt: skip
_PLACE = re.compile(r"(?:trên địa bàn |tại )?(?:tỉnh|thành phố|tp\.?) %s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Variant:
    """A province's own text of the procedure shown; the installation's own province comes first."""

    code: str
    province: str
    name: str
    is_here: bool


def group_key(entry: Entry) -> str:
    """The same for names that say the same of the same field, in whatever order and province."""
    name = entry.name
    if entry.province:
        name = re.sub(_PLACE.pattern % re.escape(entry.province), " ", name, flags=re.IGNORECASE)
    words = {syllable.bare for syllable in read_syllables(name)} - _SAME_WITHOUT
    return f"{entry.field_key}|{' '.join(sorted(words))}"


def is_here(province: str) -> bool:
    """Whether this installation serves that province."""
    return bool(province) and settings.PROVINCE_NAME.lower().endswith(province.lower())


def join_variants(entries: Sequence[Entry], keys: Sequence[str]) -> list[Entry]:
    """One line for each group, where its best one stood: the nation's text, or else this province's, or the first."""
    provincial = {key for entry, key in zip(entries, keys, strict=True) if entry.province}
    groups: dict[str, list[Entry]] = {}
    for entry, key in zip(entries, keys, strict=True):
        if key in provincial:
            groups.setdefault(key, []).append(entry)
    joined: list[Entry] = []
    shown: set[str] = set()
    for entry, key in zip(entries, keys, strict=True):
        group = groups.get(key)
        if group is None:
            joined.append(entry)
        elif key not in shown:
            shown.add(key)
            joined += _show(group)
    return joined


def _show(group: Sequence[Entry]) -> Iterable[Entry]:
    """The nation's texts each for itself: they differ in tier; the provinces' copies go with the first."""
    shown = [entry for entry in group if not entry.province] or [
        next((entry for entry in group if is_here(entry.province)), group[0])
    ]
    first, *others = shown
    copies = [entry for entry in group if entry.province and entry is not first]
    variants = [Variant(entry.code, entry.province, entry.name, is_here(entry.province)) for entry in copies]
    variants.sort(key=lambda variant: (not variant.is_here, variant.province, variant.code))
    return [replace(first, variants=tuple(variants)), *others]
