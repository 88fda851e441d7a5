"""Text people typed, made fit for paper: drawable, breakable, in reading order."""

import re
import unicodedata

from dossiers.prints.typeface import drawable
from portal.core.text import clean_text

MISSING = "□"
BREAK = "\u200b"
LONGEST_RUN = 20
PIECE = 5
MOST_MARKS = 3

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?(?:\r\n|[\n\r\x85\u2028\u2029])[\s]*")
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def print_line(value: str) -> str:
    """The text on one line. Raises RuleViolation on NUL and other controls (portal.core.text)."""
    return " ".join(print_block(value).split())


def print_block(value: str) -> str:
    """The text with its line ends kept.

    A letter the typeface lacks becomes a box, reading-order controls are dropped, and words
    too long for a line may break every few letters.
    """
    text = _LINES.sub("\n", _SPACES.sub(" ", clean_text(value))).strip()
    return _RUN.sub(lambda run: _breakable(run.group()), _drawable_text(text))


def _drawable_text(text: str) -> str:
    letters = drawable()
    out: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if unicodedata.category(letter) in {"Cf", "Cc"} and letter != "\n":
            continue
        if marks and (marks > MOST_MARKS or ord(letter) not in letters):
            continue
        out.append(letter if letter == "\n" or ord(letter) in letters else MISSING)
    return "".join(out)


def _breakable(run: str) -> str:
    """Break points every few letters, never between a letter and its marks."""
    out: list[str] = []
    length = 0
    for letter in run:
        is_mark = bool(unicodedata.combining(letter))
        if length >= PIECE and not is_mark:
            out.append(BREAK)
            length = 0
        out.append(letter)
        length += not is_mark
    return "".join(out)
