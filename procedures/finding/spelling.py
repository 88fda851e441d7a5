"""Slips of the fingers and of the ear: which known words a typed one may stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

from procedures.finding.syllables import even

# How likely a word stands for another: one that sounds alike, one slip away, with the slip at its beginning.
SOUND, SLIP, _FIRST_SLIP = 0.85, 0.75, 0.6
_SHORTEST = 3
_MOST_NEAR = 6
_LONGEST_JOINED = 40
_LONGEST_SYLLABLE = 7
# Letters that sound alike somewhere in the country, at the beginning of a syllable ...
_ONSETS = (
    ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("l", "n"), ("v", "d"), ("v", "gi"),
    ("c", "k"), ("k", "q"), ("ng", "ngh"), ("g", "gh"), ("ph", "f"), ("qu", "w"), ("gi", "z"), ("d", "z"),
    ("gi", "j"), ("kh", "k"), ("nh", "gi"), ("th", "t"), ("s", "th"),
)  # fmt: skip
# ... and at its end.
_RIMES = (
    ("n", "ng"), ("t", "c"), ("i", "y"), ("inh", "in"), ("inh", "ing"), ("ich", "it"), ("ay", "ai"), ("ao", "au"),
    ("oi", "oai"), ("anh", "an"), ("ach", "at"), ("enh", "en"), ("uu", "iu"), ("uou", "ieu"), ("iem", "im"),
    ("iep", "ip"), ("om", "am"), ("op", "ap"), ("um", "uom"), ("uoi", "ui"),
)  # fmt: skip
_VNI = re.compile(r"^[a-z]+[0-9][a-z0-9]*$")


class Vocabulary:
    """The bare words of the catalogue and of people's phrases; immutable, `with_words` makes the next one."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words: frozenset[str] = frozenset()
        self._deletions: dict[str, tuple[str, ...]] = {}
        self._learn(frozenset(words))

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def with_words(self, words: Iterable[str]) -> Vocabulary:
        new = frozenset(words) - self.words
        if not new:
            return self
        grown = Vocabulary()
        grown.words = self.words
        grown._deletions = dict(self._deletions)
        grown._learn(new)
        return grown

    def _learn(self, words: frozenset[str]) -> None:
        self.words |= words
        deletions = self._deletions
        for word in words:
            if len(word) >= _SHORTEST - 1 and not word.isdigit():
                for shorter in {word, *_shorten(word)}:
                    deletions[shorter] = (*deletions.get(shorter, ()), word)

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.words)

    def list_beginning(self, start: str, most: int) -> list[str]:
        """Known words that begin so, the shortest first."""
        place = bisect_left(self._in_order, start)
        found = []
        while place < len(self._in_order) and self._in_order[place].startswith(start):
            found.append(self._in_order[place])
            place += 1
        return sorted(found, key=len)[:most]

    def list_near(self, word: str) -> dict[str, float]:
        """Known words one slip away -> how likely: sounds first, then a letter too many, missing, wrong, swapped."""
        near = {spelt: SOUND for spelt in list_sounds(word) if spelt in self.words}
        if len(word) >= _SHORTEST and word.isalpha():
            for shorter in {word, *_shorten(word)}:
                for known in self._deletions.get(shorter, ()):
                    if known != word and known not in near and _is_one_slip(word, known):
                        near[known] = SLIP if known[0] == word[0] else _FIRST_SLIP
        return near

    def split(self, word: str, is_pair: Callable[[str], bool]) -> list[str]:
        """Words typed without the spaces between them; [] where that gives nothing known."""
        if not _SHORTEST <= len(word) <= _LONGEST_JOINED or not word.isalpha():
            return []
        best: list[list[str] | None] = [None] * (len(word) + 1)
        best[0] = []
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                head, part = best[start], even(word[start:end])
                if head is None or part not in self.words or (len(part) == 1 and part not in "yo"):
                    continue
                if head and not is_pair(f"{head[-1]} {part}"):
                    continue
                chosen = best[end]
                if chosen is None or len(head) + 1 < len(chosen):
                    best[end] = [*head, part]
        found = best[-1] or []
        return found if len(found) > 1 else []


@lru_cache(maxsize=4096)
def list_sounds(word: str) -> tuple[str, ...]:
    """Bare spellings that sound like the word in some part of the country."""
    rimes = {word, *_swap(word, _RIMES, at_end=True)}
    return tuple(
        sorted({spelt for rime in rimes for spelt in (rime, *_swap(rime, _ONSETS, at_end=False))} - {word})
    )


def read_vni(word: str) -> str:
    """The bare word behind VNI keys ("d9a8ng": dang); "" where there is none, "kt3" and "h10" included."""
    if not _VNI.match(word):
        return ""
    bare = re.sub(r"[0-9]", "", word)
    return bare if len(bare) > 1 and re.search("[aeiouy]", bare) else ""


def _swap(word: str, pairs: Iterable[tuple[str, str]], *, at_end: bool) -> Iterator[str]:
    for one, other in pairs:
        for old, new in ((one, other), (other, one)):
            if at_end and word.endswith(old) and len(word) > len(old):
                yield word[: -len(old)] + new
            elif not at_end and word.startswith(old) and word[len(old) : len(old) + 1] in _VOWELS:
                yield new + word[len(old) :]


_VOWELS = frozenset("aăâeêioôơuưy")


def _shorten(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_one_slip(one: str, other: str) -> bool:
    """At most one letter added, dropped, changed, or two neighbours swapped."""
    gap = len(one) - len(other)
    if gap > 1 or gap < -1:
        return False
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    if gap == 1:
        return one[start + 1 :] == other[start:]
    if gap == -1:
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
