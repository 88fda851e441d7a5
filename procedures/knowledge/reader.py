"""Reads the shipped files and refuses what the tables or the search could not hold."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from procedures.codes import is_procedure_code
from procedures.editing_choices import ConceptKind
from procedures.knowledge.rules import Wording, judge_wording

FOLDER = Path(__file__).parent
WORDS, EVENTS = FOLDER / "words", FOLDER / "life_events.json"
_CONCEPT_NAMES = {"key", "kind", "says", "means", "codes", "unless"}
_EVENT_NAMES = {"key", "label", "text", "icon", "codes", "phrases"}


@dataclass(frozen=True)
class ShippedConcept:
    """`topic`: the name of its file."""

    key: str
    topic: str
    wording: Wording


@dataclass(frozen=True)
class ShippedEvent:
    key: str
    label: Mapping[str, str]
    text: Mapping[str, str]
    icon: str
    codes: tuple[str, ...]
    phrases: tuple[str, ...]


@lru_cache(maxsize=2)
def read_shipped_words(folder: Path = WORDS) -> tuple[ShippedConcept, ...]:
    """All concepts by file. Raises ValueError that names the file and the key of the first fault."""
    found: dict[str, ShippedConcept] = {}
    for path in sorted(folder.glob("*.json")):
        for row in _read_rows(path, _CONCEPT_NAMES):
            concept = _read_concept(path, row)
            if concept.key in found:
                raise ValueError(f"{path.name}: {concept.key} stands twice")
            found[concept.key] = concept
    return tuple(found.values())


@lru_cache(maxsize=2)
def read_shipped_events(path: Path = EVENTS) -> tuple[ShippedEvent, ...]:
    """The events of life in their order. Raises ValueError for a fault."""
    events = tuple(_read_event(path, row) for row in _read_rows(path, _EVENT_NAMES))
    if len({event.key for event in events}) < len(events):
        raise ValueError(f"{path.name}: a key stands twice")
    return events


def is_shipped_word(key: str) -> bool:
    """Whether the product brings a concept of this key."""
    return any(concept.key == key for concept in read_shipped_words())


def is_shipped_event(key: str) -> bool:
    return any(event.key == key for event in read_shipped_events())


def _read_rows(path: Path, names: set[str]) -> Iterator[dict[str, Any]]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        if strange := set(row) - names:
            raise ValueError(f"{path.name}: {row.get('key')} has {sorted(strange)}")
        yield row


def _read_concept(path: Path, row: dict[str, Any]) -> ShippedConcept:
    where = f"{path.name}: {row['key']}"
    if row["kind"] not in ConceptKind.values:
        raise ValueError(f"{where} is of no known kind")
    wording = Wording(
        kind=row["kind"],
        says=tuple(row["says"]),
        means=tuple(row.get("means", ())),
        codes=_read_codes(where, row.get("codes", ())),
        unless=tuple(row.get("unless", ())),
    )
    if faults := judge_wording(wording):
        raise ValueError(f"{where}: {faults}")
    return ShippedConcept(row["key"], path.stem, wording)


def _read_event(path: Path, row: dict[str, Any]) -> ShippedEvent:
    where = f"{path.name}: {row['key']}"
    for name in ("label", "text"):
        if set(row[name]) != {"vi", "en"} or not all(row[name].values()):
            raise ValueError(f"{where} needs {name} in both languages")
    return ShippedEvent(
        key=row["key"],
        label=row["label"],
        text=row["text"],
        icon=row["icon"],
        codes=_read_codes(where, row["codes"]),
        phrases=tuple(row["phrases"]),
    )


def _read_codes(where: str, codes: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    if strange := [code for code in codes if not is_procedure_code(code)]:
        raise ValueError(f"{where} names {strange}")
    return tuple(codes)
