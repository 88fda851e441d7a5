"""The search people use: words, field, level and agency in, procedures out, best first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procedures.choices import ServiceLevel
from procedures.columns import field_key
from procedures.finding.entries import Entry
from procedures.finding.index import Index, get_index
from procedures.revision import catalogue_token

if TYPE_CHECKING:
    from portal.accounts.models import Agency

# Answers far below the best one are noise.
_NOISE = 0.18


@dataclass(frozen=True)
class Found:
    """`entries` best first, without words by field and name; `all_fields`: (key, name) pairs."""

    entries: tuple[Entry, ...]
    all_fields: tuple[tuple[str, str], ...]


def search_procedures(
    query: str = "",
    *,
    field: str = "",
    level: ServiceLevel | None = None,
    agency: Agency | None = None,
    tier: str = "",
) -> Found:
    """Procedures that answer to the words and fit the filters; closed ones come last. One query.

    Words may lack diacritics, have a slip of a letter, be short forms or everyday names.
    `field` is the name or the key of a field; `agency` keeps what it performs, `tier` what its tier performs.
    """
    index = get_index(catalogue_token())
    wanted_field = field_key(field) if field else ""
    entries = [
        entry
        for entry in _ranked(index, query.strip())
        if (not wanted_field or entry.field_key == wanted_field)
        and (level is None or entry.level == level)
        and (not tier or tier in entry.tiers)
        and (agency is None or agency.kind in entry.performed_by or agency.code in entry.performed_by)
    ]
    entries.sort(key=lambda entry: entry.is_closed)
    return Found(tuple(entries), tuple({entry.field_key: entry.field for entry in index.entries}.items()))


def list_named(phrases: Iterable[str]) -> set[str]:
    """Those phrases that stand in the names or everyday words of some open procedure. One query."""
    index = get_index(catalogue_token())
    return {
        phrase for phrase in phrases if any(not entry.is_closed for entry in index.list_with_phrase(phrase))
    }


def _ranked(index: Index, query: str) -> list[Entry]:
    if not query:
        return [entry for entry in index.entries if not entry.is_closed]
    scores = index.score(query)
    if not scores:
        return []
    enough = max(scores.values()) * _NOISE
    order = sorted(scores, key=lambda number: (-scores[number], index.entries[number].code))
    return [index.entries[number] for number in order if scores[number] >= enough]
