"""Entries of the search index without a database."""

from itertools import count
from typing import Any

from procedures.choices import ServiceLevel
from procedures.columns import field_key, join_search_text
from procedures.finding import Entry
from procedures.finding.index import Index
from procedures.finding.knowledge import Concept, Knowledge
from procedures.finding.search import answer

_numbers = count(800001)


def make_entry(
    name: str, *, aliases: tuple[str, ...] = (), papers: tuple[str, ...] = (), **changes: Any
) -> Entry:
    """A national procedure of the commune by default."""
    field = changes.pop("field", "Hộ tịch")
    values: dict[str, Any] = {
        "code": f"1.{next(_numbers):06d}",
        "version_id": None,
        "name": name,
        "everyday_name": name,
        "summary": "",
        "search_text": join_search_text(list(aliases), [], list(papers), []),
        "field": field,
        "field_key": field_key(field),
        "tiers": ("commune",),
        "performed_by": ("commune",),
        "level": ServiceLevel.FORMS,
        "limit_text": "",
        "fee_text": "",
        "agency_text": "",
        "is_closed": False,
        **changes,
    }
    return Entry(**values)


def make_index(*names: str | Entry, concepts: tuple[Concept, ...] = ()) -> Index:
    entries = [name if isinstance(name, Entry) else make_entry(name) for name in names]
    return Index(entries, Knowledge(concepts))


def find_names(index: Index, query: str, **options: Any) -> list[str]:
    """Names of what answers, best first."""
    return [entry.name for entry, _score in answer(index, query, **options).scored()]


def say(key: str, *says: str, **meaning: tuple[str, ...]) -> Concept:
    return Concept(key, "everyday", says, **meaning)
