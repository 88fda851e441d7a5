"""One query answered: what was understood of it, and entries with their scores, best first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from procedures.finding.codes import list_by_code
from procedures.finding.entries import Entry
from procedures.finding.index import Index
from procedures.finding.knowledge import Concept
from procedures.finding.queries import Query, read_query
from procedures.finding.ranking import NOISE, rank
from procedures.finding.syllables import read_syllables

_BY_CODE = 1000.0


@dataclass(frozen=True)
class Understood:
    """`said`: the phrase as people type it; `meant`: the official words looked for instead."""

    said: str
    meant: str


@dataclass(frozen=True)
class Answer:
    index: Index
    query: Query
    scores: dict[int, float]

    def scored(self) -> list[tuple[Entry, float]]:
        entries = self.index.entries
        return [
            (entry, self.scores[number]) for number in self.order if (entry := entries[number]) is not None
        ]

    def list_best(self, most: int) -> list[Entry]:
        entries = self.index.entries
        return [entry for number in self.order[:most] if (entry := entries[number]) is not None]

    @cached_property
    def order(self) -> list[int]:
        """Numbers of entries, best first; equal ones by code."""
        if not self.scores:
            return []
        enough = max(self.scores.values()) * NOISE
        entries = self.index.entries
        kept = [
            number for number, score in self.scores.items() if score >= enough and entries[number] is not None
        ]
        return sorted(kept, key=lambda number: (-self.scores[number], entries[number].code))  # type: ignore[union-attr]

    @cached_property
    def understood(self) -> tuple[Understood, ...]:
        found = []
        for match in self.query.matches:
            meant = self._name_meaning(match.phrase.concept)
            if meant and not is_same_text(meant, match.phrase.text):
                found.append(Understood(match.phrase.text, meant))
        return tuple(dict.fromkeys(found))

    def _name_meaning(self, concept: Concept) -> str:
        """Its first official phrase, else the name of the first procedure it names."""
        if concept.means:
            return concept.means[0]
        numbers = (self.index.numbers.get(code) for code in concept.codes)
        entries = (self.index.entries[number] for number in numbers if number is not None)
        return next((entry.name for entry in entries if entry is not None), "")

    def describe(self) -> str:
        """For those who keep the words: which concepts fired and how the other words were read."""
        concepts = ", ".join(
            f"{match.phrase.concept.key}«{match.phrase.text}»" for match in self.query.matches
        )
        words = " ".join(
            "/".join(spelling.bare for spelling in term.spellings)
            + ("" if term.worth == 1 else f"·{term.worth:g}")
            for term in self.query.terms
        )
        return f"concepts: {concepts or '-'} | words: {words}"


def is_same_text(one: str, other: str) -> bool:
    return [syllable.bare for syllable in read_syllables(one)] == [
        syllable.bare for syllable in read_syllables(other)
    ]


def answer(index: Index, text: str, *, literal: bool = False, is_typing: bool = False) -> Answer:
    """`literal`: the words as typed, without people's phrases."""
    codes = list_by_code(text, index.digits)
    if codes:
        scores = {index.numbers[code]: _BY_CODE - place for place, code in enumerate(codes)}
        return Answer(index, Query(text), scores)
    query = read_query(text, index.language, literal=literal, is_typing=is_typing)
    return Answer(index, query, rank(index, query))
