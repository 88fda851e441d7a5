"""What one procedure answers to: its texts by place, cut into syllables with what each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from procedures.columns import split_search_text
from procedures.finding.entries import Entry
from procedures.finding.syllables import Syllable, read_syllables

# How much a word is worth by the place where it stands.
NAME, EVERYDAY, ALIAS, ASKED = 3.0, 2.4, 1.7, 1.5
CASE, FIELD, SUMMARY, PAPER, AGENCY = 1.1, 1.0, 0.7, 0.45, 0.4
# A word counts less the longer the text it stands in, beyond the length of a plain name.
_PLAIN_LENGTH = 5
_DAMPING = 0.035
# What stands after the head of a name narrows it: "gia hạn giấy phép xây dựng | đối với công trình cấp III".
_TAIL = 0.7
_HEAD_ENDS = re.compile(
    r"\s*(?:[(/;:]|,? (?:đối với|trong trường hợp|trường hợp|thuộc thẩm quyền|theo quy định|bằng|tại Việt Nam)(?!\w))",
    re.IGNORECASE,
)
_LEAST_OF_HEAD = 3
_ECHO = 0.15
_PAIR = 0.8
_LONGEST = {PAPER: 14, SUMMARY: 40}
# "Thủ tục đăng ký khai tử" is called "đăng ký khai tử".
_HEADS = (("thu", "tuc"),)


@dataclass
class Texts:
    """Weights of marked syllables, of bare ones, of bare neighbours; `names`: bare cores of the names."""

    words: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, float] = field(default_factory=dict)
    names: list[tuple[str, ...]] = field(default_factory=list)
    bares: dict[str, float] = field(default_factory=dict)


def read_texts(entry: Entry, asked: Iterable[str] = ()) -> Texts:
    """`asked`: how people ask for it."""
    texts = Texts()
    called, told, papers, _audience = split_search_text(entry.search_text)
    for weight, line in (
        (NAME, entry.name),
        (EVERYDAY, entry.everyday_name if entry.everyday_name != entry.name else ""),
        *((ALIAS, line) for line in called),
    ):
        _add_name(texts, line, weight)
    for line in asked:
        _add_question(texts, line)
    for weight, line in (
        *((CASE, line) for line in told),
        (FIELD, entry.field),
        (SUMMARY, entry.summary if entry.summary != entry.name else ""),
        *((PAPER, line) for line in papers),
        (AGENCY, entry.agency_text),
    ):
        _add_words(texts, read_syllables(line)[: _LONGEST.get(weight, 60)], weight)
    return texts


def core_of(syllables: list[Syllable]) -> list[Syllable]:
    """The name without "thủ tục" before it."""
    for head in _HEADS:
        if len(syllables) > len(head) and tuple(syllable.bare for syllable in syllables[: len(head)]) == head:
            return syllables[len(head) :]
    return syllables


def _add_name(texts: Texts, line: str, weight: float) -> None:
    core = core_of(read_syllables(line))
    if not core:
        return
    head = core_of(read_syllables(_HEAD_ENDS.split(line.strip(), maxsplit=1)[0]))
    if not _LEAST_OF_HEAD <= len(head) < len(core):
        head = core
    texts.names.append(tuple(syllable.bare for syllable in head))
    if len(head) < len(core):
        texts.names.append(tuple(syllable.bare for syllable in core))
    worth = weight / (1 + _DAMPING * max(0, len(head) - _PLAIN_LENGTH))
    _add_words(texts, head, worth)
    _add_words(texts, core[len(head) :], worth * _TAIL)
    before = ""
    for place, syllable in enumerate(core):
        if before:
            pair = f"{before} {syllable.bare}"
            value = worth * _PAIR * (1 if place < len(head) else _TAIL)
            texts.pairs[pair] = max(texts.pairs.get(pair, 0.0), value)
        before = syllable.bare


def _add_question(texts: Texts, line: str) -> None:
    """Words and neighbours, but no name: a question that shares half its words is no better for being short."""
    syllables = read_syllables(line)
    _add_words(texts, syllables, ASKED)
    for one, other in pairwise(syllables):
        pair = f"{one.bare} {other.bare}"
        texts.pairs[pair] = max(texts.pairs.get(pair, 0.0), ASKED * _PAIR)


def _add_words(texts: Texts, syllables: list[Syllable], weight: float) -> None:
    for syllable in syllables:
        for weights, word in ((texts.words, syllable.marked), (texts.bares, syllable.bare)):
            there = weights.get(word)
            if there is None:
                weights[word] = weight
            elif there < weight:
                weights[word] = weight + _ECHO * min(there, 1.0)
            elif weight >= CASE:
                weights[word] = there + _ECHO * 0.2
