"""One difference between two documents, in words; and which words of a long text differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
Document = dict[str, Any]
_MOST_WORDS = 3_000
_TOKEN = re.compile(r"\s+|\d+(?:[.,/]\d+)*|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_ALIKE = 0.4
"""Below it the eye finds nothing that stayed."""


@dataclass(frozen=True)
class Piece:
    """Part of a text: kind "same", "added" or "removed". Plain text, to be escaped by whoever shows it."""

    text: str
    kind: str = "same"


@dataclass(frozen=True)
class Change:
    """`section`: where in the editor it is mended; `label`: what it is about, from the whole to the part.

    `kind`: added, removed, changed or moved. `before` is empty when it was added, `after` when removed.
    """

    section: str
    label: str
    kind: str
    before: str = ""
    after: str = ""

    @property
    def title(self) -> str:
        """The last part of the label: the thing itself."""
        return self.label.rsplit(" · ", 1)[-1]

    @property
    def old_pieces(self) -> tuple[Piece, ...]:
        """What it said, with the words that went marked as removed."""
        return tuple(piece for piece in self._pieces if piece.kind != ADDED)

    @property
    def new_pieces(self) -> tuple[Piece, ...]:
        """What it says, with the words that came marked as added."""
        return tuple(piece for piece in self._pieces if piece.kind != REMOVED)

    @property
    def _pieces(self) -> tuple[Piece, ...]:
        return mark_words(self.before, self.after)


def mark_words(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts woven into one row of pieces; texts that share little are not torn into crumbs."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS or _likeness(before, after) < _ALIKE:
        return _whole(before, after)
    return tuple(_weave(SequenceMatcher(None, old, new, autojunk=False), old, new))


def _likeness(before: str, after: str) -> float:
    return SequenceMatcher(None, _WORD.findall(before), _WORD.findall(after), autojunk=False).ratio()


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in (Piece(before, REMOVED), Piece(after, ADDED)) if piece.text)


def _weave(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("".join(old[i1:i2]), REMOVED)
        if j2 > j1:
            yield Piece("".join(new[j1:j2]), ADDED)
