"""An inverted index over syllables and neighbouring pairs; one state of it never changes."""

from __future__ import annotations

import copy
import math
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from procedures.finding.entries import Entry
from procedures.finding.grouping import group_key, is_here
from procedures.finding.knowledge import Knowledge
from procedures.finding.phrases import PhraseBook
from procedures.finding.postings import Posting
from procedures.finding.queries import Language
from procedures.finding.spelling import Vocabulary
from procedures.finding.texts import Texts, read_texts

# Rebuilt from the ground when this share of the numbers is of entries that are gone.
_MOST_GONE = 0.2
_NOTHING = Posting()
# Of a concept: number of the entry -> what it gains, and the bare words of its official phrases.
Meaning = tuple[dict[int, float], frozenset[str]]
# Copied for the next state (shallow: the postings in them are shared).
_OWN_OF_EACH_STATE = ("entries", "names", "keys", "priors", "numbers", "words", "bares", "pairs", "cores")


class Index:
    """Built once; `with_changes` gives the next state and shares with it what did not change."""

    def __init__(self, entries: Iterable[Entry], knowledge: Knowledge | None = None) -> None:
        self.entries: list[Entry | None] = []
        self.numbers: dict[str, int] = {}
        self.keys: list[str] = []
        self.names: list[tuple[tuple[str, ...], ...]] = []
        self.words: dict[str, Posting] = {}
        self.bares: dict[str, Posting] = {}
        self.pairs: dict[str, Posting] = {}
        self.priors: list[float] = []
        self.cores: dict[tuple[str, ...], tuple[int, ...]] = {}
        self.knowledge = knowledge or Knowledge()
        for entry in entries:
            self._append(entry, fresh=None)
        self.vocabulary = Vocabulary(self.bares)
        self._learn(self.knowledge)
        self._settle()

    def _learn(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.book = PhraseBook(knowledge)
        self.vocabulary = self.vocabulary.with_words(syllable.bare for syllable in self.book.syllables)

    def _settle(self) -> None:
        for name in ("digits", "listed", "fields"):
            self.__dict__.pop(name, None)
        self.size = len(self.numbers)
        self.language = Language(
            self.vocabulary,
            self.book,
            self._is_written,
            self._count_pair,
            self._count_official,
            self.cores.__contains__,
        )
        self.meanings: dict[str, Meaning] = {}
        self.blends: dict[str, Posting] = {}  # words with marks, as they are asked for

    def with_knowledge(self, knowledge: Knowledge) -> Index:
        """The same entries with other words of people. Words unlearnt stay readable until the next full build."""
        asked, before = knowledge.asked, self.knowledge.asked
        codes = {code for code in asked.keys() | before.keys() if asked.get(code) != before.get(code)}
        touched = [entry for entry in self.list_entries() if entry.code in codes]
        if len(touched) > max(50, _MOST_GONE * self.size):
            return Index(self.list_entries(), knowledge)
        following = (
            copy.copy(self) if not touched else self.with_changes((), [entry.code for entry in touched])
        )
        following._learn(knowledge)
        following._settle()
        return following.with_changes(touched) if touched else following

    def with_changes(self, changed: Iterable[Entry], gone: Collection[str] = ()) -> Index:
        """The next state: these entries new or written anew, those codes no more."""
        changed = list(changed)
        codes = {entry.code for entry in changed} | set(gone)
        if len(self.entries) - self.size + len(codes) > max(50, _MOST_GONE * self.size):
            kept = [entry for entry in self.list_entries() if entry.code not in codes]
            return Index([*kept, *changed], self.knowledge)
        following = copy.copy(self)
        for name in _OWN_OF_EACH_STATE:
            setattr(following, name, copy.copy(getattr(self, name)))
        for code in codes:
            following._remove(code)
        fresh: set[str] = set()
        for entry in changed:
            following._append(entry, fresh=fresh)
        following.vocabulary = self.vocabulary.with_words(fresh)
        following._settle()
        return following

    @cached_property
    def digits(self) -> tuple[tuple[str, str], ...]:
        """(digits of the code, code), in order."""
        return tuple(sorted((code.replace(".", ""), code) for code in self.numbers))

    @cached_property
    def listed(self) -> tuple[Entry, ...]:
        """All entries by field and name, as lists without words show them."""
        entries = [entry for entry in self.entries if entry is not None]
        return tuple(
            sorted(entries, key=lambda entry: (not entry.field_key, entry.field_key, entry.name, entry.code))
        )

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Key -> name of the fields."""
        return {entry.field_key: entry.field for entry in self.listed}

    def key_of(self, entry: Entry) -> str:
        return self.keys[self.numbers[entry.code]]

    def list_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if entry is not None]

    def has_run(self, bares: tuple[str, ...]) -> bool:
        """Whether these syllables stand side by side in the name or an everyday name of an open procedure."""
        run = f" {' '.join(bares)} "
        return any(
            entry is not None and not entry.is_closed and any(run in f" {' '.join(name)} " for name in names)
            for entry, names in zip(self.entries, self.names, strict=True)
        )

    def rarity(self, holders: int) -> float:
        return math.log(1 + (self.size - holders + 0.5) / (holders + 0.5)) + 0.2

    def _is_written(self, marked: str) -> bool:
        return marked in self.words or marked in self.book.marked

    def _count_official(self, pair: str) -> int:
        return len(self.pairs.get(pair, _NOTHING))

    def _count_pair(self, pair: str) -> int:
        return len(self.pairs.get(pair, _NOTHING)) + (3 if pair in self.book.pairs else 0)

    def _append(self, entry: Entry, *, fresh: set[str] | None) -> None:
        """`fresh` collects new bare words, and says that postings are shared with an older state."""
        number = len(self.entries)
        texts = read_texts(entry, self.knowledge.asked.get(entry.code, ()))
        self.entries.append(entry)
        self.numbers[entry.code] = number
        self.keys.append(group_key(entry))
        self.names.append(tuple(texts.names))
        self.priors.append(prior_of(entry))
        _put(self.words, texts.words, number, is_shared=fresh is not None)
        _put(self.bares, texts.bares, number, is_shared=fresh is not None)
        _put(self.pairs, texts.pairs, number, is_shared=fresh is not None)
        for core in dict.fromkeys(texts.names):
            self.cores[core] = (*self.cores.get(core, ()), number)
        if fresh is not None:
            fresh.update(texts.bares)

    def _remove(self, code: str) -> None:
        number = self.numbers.pop(code, None)
        entry = self.entries[number] if number is not None else None
        if number is None or entry is None:
            return
        texts: Texts = read_texts(entry, self.knowledge.asked.get(code, ()))
        self.entries[number] = None
        self.names[number] = ()
        for postings, weights in (
            (self.words, texts.words),
            (self.bares, texts.bares),
            (self.pairs, texts.pairs),
        ):
            for word in weights:
                postings[word] = postings[word].without(number)
        for core in set(texts.names):
            self.cores[core] = tuple(other for other in self.cores[core] if other != number)


def prior_of(entry: Entry) -> float:
    """What most people come for stands before the rare, all else being equal."""
    prior = 1.0 + 0.05 * entry.is_own + 0.08 * ("commune" in entry.tiers) - 0.06 * entry.is_partial
    return prior * (0.5 if entry.province and not is_here(entry.province) else 1.0)


def _put(postings: dict[str, Posting], weights: Mapping[str, float], number: int, *, is_shared: bool) -> None:
    for word, weight in weights.items():
        posting = postings.get(word)
        if posting is None:
            postings[word] = Posting((number,), (weight,))
        elif is_shared:
            postings[word] = posting.with_one(number, weight)
        else:
            posting.add(number, weight)
