"""The search people use: words, field, level and agency in, procedures out, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procedures.choices import ServiceLevel
from procedures.columns import field_key
from procedures.finding.answers import Understood, answer
from procedures.finding.entries import Entry
from procedures.finding.grouping import join_variants
from procedures.finding.holding import get_index
from procedures.finding.index import Index
from procedures.finding.syllables import read_syllables
from procedures.revision import catalogue_token

if TYPE_CHECKING:
    from uuid import UUID

    from portal.accounts.models import Agency

__all__ = [
    "Found",
    "Understood",
    "answer",
    "list_named",
    "list_nearest",
    "search_procedures",
    "suggest_procedures",
]


@dataclass(frozen=True)
class Found:
    """`entries` best first, without words by field and name.

    `fields`: (key, name) of the fields of all that answers to the words, the field aside, by name;
    `by_field`: how many. `understood`: phrases of everyday life and what was looked for instead.
    """

    entries: tuple[Entry, ...]
    fields: tuple[tuple[str, str], ...]
    by_field: Mapping[str, int]
    understood: tuple[Understood, ...] = ()


def search_procedures(
    query: str = "",
    *,
    field: str = "",
    level: ServiceLevel | None = None,
    agency: Agency | None = None,
    tier: str = "",
    literal: bool = False,
    token: UUID | None = None,
) -> Found:
    """Procedures that answer to the words and fit the filters; closed ones come last. One query.

    Words may lack diacritics, have a slip of a letter, be short forms, everyday names or events of life;
    `literal` looks for the words as typed. `field` is the name or the key of a field; `agency` keeps what it
    performs, `tier` what its tier performs. Provinces' own copies of one procedure are one entry. `token`: the state
    of the catalogue, where it was read already: then no query.
    """
    index = get_index(token or catalogue_token())
    wanted_field = field_key(field) if field else ""
    ranked, understood = _ranked(index, query.strip(), literal=literal)
    entries = [
        entry
        for entry in ranked
        if (level is None or entry.level == level)
        and (not tier or tier in entry.tiers)
        and (agency is None or agency.kind in entry.performed_by or agency.code in entry.performed_by)
    ]
    entries.sort(key=lambda entry: entry.is_closed)
    joined = join_variants(entries, [index.key_of(entry) for entry in entries])
    by_field = Counter(entry.field_key for entry in joined)
    fields = tuple(
        (key, index.fields[key]) for key in sorted({*by_field, wanted_field} - {""}) if key in index.fields
    )
    if wanted_field:
        joined = [entry for entry in joined if entry.field_key == wanted_field]
    return Found(tuple(joined), fields, by_field, understood)


def suggest_procedures(words: str, *, limit: int) -> tuple[tuple[Understood, ...], tuple[Entry, ...]]:
    """What was understood, and the best open procedures, while somebody is still typing. One query."""
    index = get_index(catalogue_token())
    found = answer(index, words, is_typing=True)
    best = [entry for entry in found.list_best(limit * 3) if not entry.is_closed]
    return found.understood, tuple(join_variants(best, [index.key_of(entry) for entry in best])[:limit])


def _ranked(index: Index, query: str, *, literal: bool) -> tuple[Sequence[Entry], tuple[Understood, ...]]:
    if not query:
        return [entry for entry in index.listed if not entry.is_closed], ()
    found = answer(index, query, literal=literal)
    return [entry for entry, _score in found.scored()], found.understood


def list_nearest(query: str) -> tuple[str, ...]:
    """Phrases of everyday life that share a word with what somebody typed in vain. One query."""
    index = get_index(catalogue_token())
    return tuple(index.book.list_nearest(read_syllables(query)))


def list_named(phrases: Iterable[str]) -> set[str]:
    """Those phrases that stand in the names or everyday words of some open procedure. One query."""
    index = get_index(catalogue_token())
    return {phrase for phrase in phrases if index.has_run(tuple(s.bare for s in read_syllables(phrase)))}
