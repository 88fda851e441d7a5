"""The open procedures of one state of the catalogue, set out by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from portal.core.text import sort_key
from procedures.finding import Entry
from procedures.finding.grouping import is_here
from procedures.finding.holding import get_index
from procedures.finding.syllables import read_syllables
from procedures.revision import catalogue_token


@dataclass(frozen=True)
class Shelf:
    """`by_code` holds closed ones too, `by_field` open ones by name. `token` names the state of the catalogue.

    `keys`: code -> what is the same for the texts of several provinces about one matter.
    """

    token: UUID
    by_code: Mapping[str, Entry]
    keys: Mapping[str, str]

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Entry, ...]]:
        fields: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.by_code.values():
            if not entry.is_closed:
                fields[entry.field_key].append(entry)
        return {key: tuple(sorted(entries, key=_by_name)) for key, entries in fields.items()}

    @cached_property
    def local(self) -> tuple[Entry, ...]:
        """Open ones of the whole country and of this province."""
        return tuple(entry for entries in self.by_field.values() for entry in entries if is_local(entry))

    def pick(self, codes: tuple[str, ...]) -> tuple[Entry, ...]:
        """Open procedures of these codes, in this order; a closed one is left out."""
        found = (self.by_code.get(code) for code in codes)
        return tuple(entry for entry in found if entry is not None and not entry.is_closed)

    def list_variants(self, entry: Entry) -> tuple[Entry, ...]:
        """What other provinces have for the same matter, by province."""
        key = self.keys.get(entry.code)
        others = (other for other in self.by_field.get(entry.field_key, ()) if self.keys[other.code] == key)
        found = (other for other in others if other.province and other.code != entry.code)
        return tuple(sorted(found, key=lambda other: (other.province, other.code)))

    def join_elsewhere(self, entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
        """Those of other provinces, the texts about one matter together."""
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if not is_local(entry):
                groups[self.keys[entry.code]].append(entry)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def _names(self) -> tuple[tuple[Entry, str], ...]:
        return tuple((entry, _squeeze(f"{entry.name} . {entry.everyday_name}")) for entry in self.local)

    def holding(self, phrases: tuple[str, ...]) -> tuple[Entry, ...]:
        """Those with one of the phrases in a name, as a run of whole syllables."""
        wanted = [_squeeze(phrase) for phrase in phrases if phrase.strip()]
        return tuple(entry for entry, names in self._names if any(phrase in names for phrase in wanted))


def get_shelf() -> Shelf:
    """The shelf as it stands now. One query."""
    return build_shelf(catalogue_token())


def is_local(entry: Entry) -> bool:
    """Not the own procedure of another province."""
    return not entry.province or is_here(entry.province)


@lru_cache(maxsize=2)
def build_shelf(token: UUID) -> Shelf:
    """The shelf of one state of the catalogue."""
    index = get_index(token)
    entries = index.list_entries()
    return Shelf(
        token,
        {entry.code: entry for entry in entries},
        {entry.code: index.key_of(entry) for entry in entries},
    )


@lru_cache(maxsize=16_384)
def _squeeze(text: str) -> str:
    """Syllables in one spelling between blanks, so that whole ones are found."""
    return f" {' '.join(syllable.marked for syllable in read_syllables(text))} "


@lru_cache(maxsize=16_384)
def _name_key(name: str) -> str:
    return sort_key(name)


def _by_name(entry: Entry) -> tuple[str, str]:
    return _name_key(entry.name), entry.code
