"""Syllables in two forms: with marks in one canonical spelling, and bare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
# Both spellings are taught and the State writes both: kí/ký, lí/lý, sĩ/sỹ, quí/quý.
_Y_ENDING = re.compile(r"^(h|k|l|m|s|t|v|qu)y$")
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "1", "\u0323": "5"}
_MOST_KEPT = 60_000


@dataclass(frozen=True, slots=True)
class Syllable:
    """`marked`: hats and horns in place, the tone as a digit at the end ("hòa" and "hoà": "hoa2"); `bare`: none."""

    marked: str
    bare: str

    @property
    def has_marks(self) -> bool:
        return self.marked != self.bare


_known: dict[str, Syllable] = {}


def read_syllables(text: str) -> list[Syllable]:
    """In order, repeats kept. Forms of words seen before are remembered: a catalogue repeats itself."""
    found = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text).lower()):
        syllable = _known.get(word)
        if syllable is None:
            syllable = read_syllable(word)
            if len(_known) < _MOST_KEPT:
                _known[word] = syllable
        found.append(syllable)
    return found


def split_words(text: str) -> list[str]:
    """The words as they are typed, in lower case."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def read_syllable(word: str) -> Syllable:
    """One word of letters and digits, in lower case."""
    tone = ""
    letters = []
    bare = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = tone or _TONES[letter]
            continue
        letters.append(letter)
        if not unicodedata.combining(letter):
            bare.append("d" if letter == "đ" else letter)
    base = even("".join(bare))
    marked = even(unicodedata.normalize("NFC", "".join(letters)))
    return Syllable(_intern(marked + tone), _intern(base))


def read_bare(letters: str) -> str:
    """The bare form of letters with hats and horns and without a tone."""
    return read_syllable(letters).bare


def even(word: str) -> str:
    """One spelling where both are right: "ky" is "ki"."""
    return word[:-1] + "i" if _Y_ENDING.match(word) else word


_interned: dict[str, str] = {}


def _intern(word: str) -> str:
    """One object for equal words: tens of thousands of tokens share some thousand strings."""
    if len(_interned) > _MOST_KEPT:
        return word
    return _interned.setdefault(word, word)
