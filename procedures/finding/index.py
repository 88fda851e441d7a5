"""An inverted index over syllables and pairs, scored by rarity and by where the words stand."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from uuid import UUID

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from procedures.finding.entries import Entry, read_entries
from procedures.finding.words import FILLERS, list_pairs, list_syllables, squeeze

# How much a word is worth by the place where it stands.
_PLACES = {"name": 3.0, "everyday": 3.5, "alias": 3.0, "field": 1.0, "summary": 0.8}
_PAIR = 1.6
_FILLER = 0.15
_PHRASE = 6.0
_NEAR = 0.7
_TYPO_LENGTH = 3
_TYPO_LIKENESS = 72
_MAX_NEAR = 4
# A word counts less the longer the text it stands in (as in BM25, gently).
_LENGTH_DAMPING = 0.12


class Index:
    """Immutable once built; `score` is a pure function of the query."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        self._phrases: list[list[tuple[str, float]]] = []
        for number, entry in enumerate(self.entries):
            self._add(number, entry)
        self._by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        self._vocabulary = [
            word for word in self._weights if " " not in word and len(word) >= _TYPO_LENGTH - 1
        ]

    def _add(self, number: int, entry: Entry) -> None:
        places = [
            ("name", entry.name),
            ("everyday", entry.everyday_name),
            *(("alias", line) for line in entry.search_text.split("\n")),
            ("field", entry.field),
            ("summary", entry.summary),
        ]
        phrases: list[tuple[str, float]] = []
        for place, text in places:
            syllables = list_syllables(text)
            damping = 1 / (1 + _LENGTH_DAMPING * max(0, len(syllables) - 4))
            weight = _PLACES[place] * damping
            for word in syllables:
                self._raise(word, number, weight)
            for pair in list_pairs(syllables):
                self._raise(pair, number, weight * _PAIR)
            if place in ("name", "everyday", "alias"):
                phrases.append((" ".join(syllables), weight))
        self._phrases.append(phrases)

    def _raise(self, word: str, number: int, weight: float) -> None:
        weights = self._weights[word]
        weights[number] = max(weights.get(number, 0.0), weight)

    def score(self, query: str) -> dict[int, float]:
        """Number of the entry -> score; entries no word touches are absent."""
        code = query.strip()
        if code in self._by_code:
            return {self._by_code[code]: 1000.0}
        syllables = list_syllables(query)
        if not syllables:
            return {}
        scores: dict[int, float] = defaultdict(float)
        hits: dict[int, float] = defaultdict(float)
        wanted = 0.0
        for word in dict.fromkeys(syllables):
            worth = _FILLER if word in FILLERS else 1.0
            wanted += worth
            for number, gain in self._gains(word).items():
                scores[number] += gain * worth
                hits[number] += worth
        for pair in dict.fromkeys(list_pairs(syllables)):
            for number, gain in self._exact(pair).items():
                scores[number] += gain
        phrase = squeeze(query)
        return {
            number: score * (hits[number] / wanted) ** 0.7 + self._phrase_bonus(number, phrase)
            for number, score in scores.items()
            if hits[number] > 0
        }

    def list_with_phrase(self, phrase: str) -> list[Entry]:
        """Entries whose names or everyday words hold the phrase as it is."""
        wanted = f" {squeeze(phrase)} "
        return [
            entry
            for entry, phrases in zip(self.entries, self._phrases, strict=True)
            if any(wanted in f" {text} " for text, _weight in phrases)
        ]

    def _exact(self, word: str) -> Mapping[int, float]:
        weights = self._weights.get(word)
        if not weights:
            return {}
        rarity = self._rarity(len(weights))
        return {number: weight * rarity for number, weight in weights.items()}

    def _rarity(self, holders: int) -> float:
        count = len(self.entries)
        return math.log(1 + (count - holders + 0.5) / (holders + 0.5)) + 0.25

    def _gains(self, word: str) -> Mapping[int, float]:
        exact = self._exact(word)
        if exact or len(word) < _TYPO_LENGTH:
            return exact
        gains: dict[int, float] = {}
        for near in self._near(word):
            for number, gain in self._exact(near).items():
                gains[number] = max(gains.get(number, 0.0), gain * _NEAR)
        return gains

    def _near(self, word: str) -> list[str]:
        """Words one slip away: a letter too many, missing, wrong or two swapped."""
        found = process.extract(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_TYPO_LIKENESS, limit=4 * _MAX_NEAR
        )
        close = [near for near, _score, _place in found if DamerauLevenshtein.distance(word, near) <= 1]
        return close[:_MAX_NEAR]

    def _phrase_bonus(self, number: int, phrase: str) -> float:
        best = 0.0
        for text, weight in self._phrases[number]:
            if text == phrase:
                return _PHRASE * 3
            if phrase in text:
                best = max(best, _PHRASE * weight / 3 * len(phrase) / len(text))
            elif len(text) > _PHRASE and text in phrase:
                best = max(best, _PHRASE * weight / 3 * len(text) / len(phrase))
        return best


@lru_cache(maxsize=2)
def get_index(token: UUID) -> Index:
    """The index of one state of the catalogue; the token names the state."""
    return Index(read_entries())
