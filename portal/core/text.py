"""Text at the door, and Vietnamese text folded for search and sorted for lists.

Sort keys compare correctly byte by byte: store them in a column with `db_collation="C"`.
"""

import re
import unicodedata
from typing import cast

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json
from portal.core.telex import fix_telex

__all__ = [
    "clean_json",
    "clean_line",
    "clean_text",
    "fix_telex",
    "fold",
    "given_name_key",
    "search_words",
    "sort_key",
    "to_ascii",
]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")
_ASCII_SISTERS = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "…": "...",
        "–": "-",
        "—": "-",
    }
    | {"•": "-", "−": "-", "×": "x", "\u00a0": " ", "\u202f": " ", "₫": "d", "€": "EUR"}
)

# Dictionary order of the letters (a ă â … d đ … e ê … o ô ơ … u ư): a later sister sorts after every word
# of the earlier one, and before the next letter.
_LETTER_KEYS = {"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}
# Order of the tones: none, huyền, hỏi, ngã, sắc, nặng.
_TONE_KEYS = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONES = frozenset(_TONE_KEYS)


def clean_text(value: str) -> str:
    """The value in NFC, otherwise exact. Raises RuleViolation `invalid_text` on what cannot be text:
    NUL, lone surrogates, C0 controls other than tab and line ends."""
    if _SURROGATE.search(value):
        raise RuleViolation("invalid_text", _("Nội dung có ký tự bị hỏng. Hãy gõ lại chỗ đó."))
    if _CONTROL.search(value):
        raise RuleViolation(
            "invalid_text", _("Nội dung có ký tự điều khiển không dùng được. Hãy xóa và gõ lại.")
        )
    return unicodedata.normalize("NFC", value)


def clean_line(value: str) -> str:
    """`clean_text` on one line: runs of spaces and line ends become one space. For names and the like."""
    return " ".join(clean_text(value).split())


def clean_json(value: Json) -> Json:
    """The same rules for every text inside a JSON value, keys included; names that become one are refused."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        cleaned = {clean_text(key): clean_json(item) for key, item in value.items()}
        if len(cleaned) < len(value):
            raise RuleViolation("invalid_text", _("Có hai mục cùng tên. Hãy bỏ bớt một mục."))
        return cleaned
    return value


def fold(value: str) -> str:
    """Lower case without any mark: "Đặng Thuý" -> "dang thuy", wherever the tone was placed."""
    decomposed = unicodedata.normalize("NFD", value.lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


def to_ascii(value: str) -> str:
    """Without marks, case kept, in ASCII only: "Đặng Thuý – 5 ₫" -> "Dang Thuy - 5 d"; what has no sister is "?"."""
    decomposed = unicodedata.normalize("NFKD", value.translate(_ASCII_SISTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")


def search_words(value: str) -> list[str]:
    """The folded words of a text, each once, in order; words typed in raw Telex are understood.

    Store and query with this same function: "hooj tichj", "Hộ Tịch" and "ho tich" give the same words.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", value).lower())
    return list(dict.fromkeys(fold(fix_telex(word)) for word in words))


def sort_key(value: str) -> str:
    """Key of dictionary order, syllable by syllable, letters before tones; names sort family name first."""
    return " ".join(_syllable_key(word) for word in _words(value))


def given_name_key(value: str) -> str:
    """Key of the order of Vietnamese lists: given name (the last word), then family and middle names."""
    words = _words(value)
    return " ".join(_syllable_key(word) for word in words[-1:] + words[:-1])


def _words(value: str) -> list[str]:
    without_apostrophes = re.sub("['’ʼ`]", "", value.lower())
    return cast("list[str]", _WORD.findall(unicodedata.normalize("NFC", without_apostrophes)))


def _syllable_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for letter in word:
        marks = unicodedata.normalize("NFD", letter)
        tones += [_TONE_KEYS[mark] for mark in marks if mark in _TONES]
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        letters.append(_LETTER_KEYS.get(base) or fold(base))
    return "".join(letters) + "!" + ("".join(tones) or "0")
