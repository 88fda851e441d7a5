"""People's phrases found in a query: the longest first, none of them twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from procedures.finding.knowledge import Concept, Knowledge
from procedures.finding.syllables import Syllable
from procedures.finding.words import FILLERS, read_words

# Phrases that share less with the query are no suggestion.
_LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Phrase:
    syllables: tuple[Syllable, ...]
    text: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class Match:
    """`phrase` stands at `start` and takes `length` syllables."""

    phrase: Phrase
    start: int
    length: int


class PhraseBook:
    """All phrases of the knowledge by their bare syllables, and how long those are that begin with two of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._by_bares: dict[tuple[str, ...], list[Phrase]] = {}
        self._lengths: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._silencers: dict[str, tuple[tuple[Syllable, ...], ...]] = {}
        for concept in knowledge.concepts:
            for text in concept.says:
                syllables = tuple(read_words(text))
                is_short_form = len(syllables) > 1 and len(text.split()) == 1 and not concept.codes
                if syllables and not is_short_form:  # those are spelt out before phrases are looked for
                    bares = tuple(syllable.bare for syllable in syllables)
                    self._by_bares.setdefault(bares, []).append(Phrase(syllables, text, concept))
            if concept.unless:
                self._silencers[concept.key] = tuple(tuple(read_words(text)) for text in concept.unless)
        for bares in self._by_bares:
            lengths = {*self._lengths.get(bares[:2], ()), len(bares)}
            self._lengths[bares[:2]] = tuple(sorted(lengths, reverse=True))

    @cached_property
    def syllables(self) -> frozenset[Syllable]:
        """All of them, those of `unless` too."""
        said = {
            each for phrases in self._by_bares.values() for phrase in phrases for each in phrase.syllables
        }
        return frozenset(said.union(*(silencer for group in self._silencers.values() for silencer in group)))

    @cached_property
    def marked(self) -> frozenset[str]:
        return frozenset(syllable.marked for syllable in self.syllables)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(
            f"{one.bare} {other.bare}"
            for phrases in self._by_bares.values()
            for phrase in phrases
            for one, other in pairwise(phrase.syllables)
        )

    def find(self, query: Sequence[Syllable]) -> list[Match]:
        """Phrases that stand in the query, longest first, not overlapping unless they take the same place."""
        has_marks = any(syllable.has_marks for syllable in query)
        bares = tuple(syllable.bare for syllable in query)
        candidates = [
            Match(phrase, start, length)
            for start in range(len(query))
            for begun in (2, 1)
            for length in self._lengths.get(bares[start : start + begun], ())
            for phrase in self._by_bares.get(bares[start : start + length], ())
            if length >= begun and _stands_at(query, start, phrase.syllables, has_marks)
        ]
        candidates.sort(key=lambda match: (-match.length, match.start))
        taken: dict[int, Match] = {}
        chosen: list[Match] = []
        for match in candidates:
            places = range(match.start, match.start + match.length)
            holders = {id(taken[place]): taken[place] for place in places if place in taken}
            is_twin = all(
                (held.start, held.length) == (match.start, match.length) for held in holders.values()
            )
            if not is_twin or self._is_silenced(match.phrase.concept, query, has_marks):
                continue
            if holders and any(other.phrase.concept.key == match.phrase.concept.key for other in chosen):
                continue
            chosen.append(match)
            for place in places:
                taken.setdefault(place, match)
        return chosen

    def list_nearest(self, query: Sequence[Syllable]) -> list[str]:
        """Phrases with words of the query in them, those with most of them first, one a concept."""
        typed = {syllable.bare for syllable in query if len(syllable.bare) > 1} - FILLERS
        nearest: dict[str, tuple[float, str]] = {}
        for bares, phrases in self._by_bares.items() if typed else ():
            likeness = len(typed.intersection(bares)) / len(bares)
            for phrase in phrases if likeness > _LEAST_SHARED else ():
                if likeness > nearest.get(phrase.concept.key, (_LEAST_SHARED, ""))[0]:
                    nearest[phrase.concept.key] = (likeness, phrase.text)
        return [
            text for _likeness, text in sorted(nearest.values(), key=lambda near: (-near[0], len(near[1])))
        ]

    def _is_silenced(self, concept: Concept, query: Sequence[Syllable], has_marks: bool) -> bool:
        return any(
            _stands_at(query, start, silencer, has_marks)
            for silencer in self._silencers.get(concept.key, ())
            for start in range(len(query) - len(silencer) + 1)
        )


def _stands_at(query: Sequence[Syllable], start: int, phrase: Sequence[Syllable], has_marks: bool) -> bool:
    """Marks may be missing in a phrase of several syllables; other marks make another word ("đủ" is no "dư")."""
    if start + len(phrase) > len(query):
        return False
    missing = 0
    for place, wanted in enumerate(phrase):
        typed = query[start + place]
        if typed.bare != wanted.bare:
            return False
        if has_marks and typed.marked != wanted.marked and wanted.has_marks:
            if typed.has_marks and not _is_tone_twin(typed.marked, wanted.marked):
                return False
            missing += not typed.has_marks
    return missing <= len(phrase) // 2


def _is_tone_twin(one: str, other: str) -> bool:
    """Dấu hỏi and dấu ngã sound alike in half the country."""
    return one[:-1] == other[:-1] and {one[-1], other[-1]} == {"3", "4"}
