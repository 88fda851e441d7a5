"""Long lists cut into pages that begin at a procedure, so they stay right when others come and go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from procedures.english import in_readers_language, name_fields
from procedures.finding import Entry

SIZE = 200


@dataclass(frozen=True)
class Group:
    """Procedures under one heading."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Slice:
    entries: tuple[Entry, ...]
    total: int
    previous_href: str
    next_href: str

    @property
    def is_first(self) -> bool:
        return not self.previous_href


def group_by_field(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """The entries in their order, those of one field under its name."""
    groups = [(key, tuple(found)) for key, found in groupby(entries, key=lambda entry: entry.field_key)]
    names = dict(name_fields((key, found[0].field) for key, found in groups))
    return tuple(Group(names[key], translate_own(found)) for key, found in groups)


def translate_own(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """In the reader's language: what the province wrote has English, what was imported has none.

    For English one query an entry of our own the first time, none after.
    """
    entries = tuple(entries)
    own = in_readers_language(entry for entry in entries if entry.is_own)
    known = {entry.code: entry for entry in own}
    return tuple(known.get(entry.code, entry) for entry in entries)


def cut(entries: Sequence[Entry], first: str, *, query: str = "", size: int = SIZE) -> Slice:
    """The page that holds procedure `first`; an unknown one is the first page. `query` stays in the links."""
    place = next((number for number, entry in enumerate(entries) if entry.code == first), 0)
    start = place - place % size
    before = max(0, start - size)
    return Slice(
        entries=tuple(entries[start : start + size]),
        total=len(entries),
        previous_href=_href(entries[before].code if before else "", query) if start else "",
        next_href=_href(entries[start + size].code, query) if start + size < len(entries) else "",
    )


def _href(first: str, query: str) -> str:
    given = query.removeprefix("?")
    parts = [given, urlencode({"from": first}) if first else ""]
    return "?" + "&".join(part for part in parts if part)
