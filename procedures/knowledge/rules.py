"""What may be said of a word, pure: lengths, and phrases so common that they would answer to everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from portal.core.text import fold, search_words
from procedures.editing_choices import ConceptKind

LONGEST_SAID, LONGEST_MEANT = 120, 200
MOST_SAID, MOST_MEANT, MOST_CODES = 100, 12, 30
# One syllable of these stands in most questions: alone it would answer to all of them.
_COMMON = frozenset((Path(__file__).parent / "common_syllables.txt").read_text(encoding="utf-8").split())
_COMMON_BARE = frozenset(fold(word) for word in _COMMON)


@dataclass(frozen=True)
class Wording:
    """One concept as people write it; see SearchConcept."""

    kind: str
    says: tuple[str, ...]
    means: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def judge_wording(wording: Wording) -> dict[str, list[str]]:
    """Faults by the name of the field; empty when the words may be kept."""
    faults: dict[str, list[str]] = {}
    if not wording.says:
        faults.setdefault("says", []).append(_("Ghi ít nhất một cách nói, mỗi dòng một cách."))
    for field, phrases, longest, most in (
        ("says", wording.says, LONGEST_SAID, MOST_SAID),
        ("means", wording.means, LONGEST_MEANT, MOST_MEANT),
        ("codes", wording.codes, LONGEST_SAID, MOST_CODES),
        ("unless", wording.unless, LONGEST_SAID, MOST_SAID),
    ):
        if len(phrases) > most:
            words = _("Chỉ nhận tối đa %(most)d dòng. Hãy tách thành hai nhóm từ.")
            faults.setdefault(field, []).append(words % {"most": most})
        faults.setdefault(field, []).extend(_judge_lengths(phrases, longest))
    faults.setdefault("says", []).extend(_judge_greed(wording.says, wording.kind))
    return {field: lines for field, lines in faults.items() if lines}


def _judge_lengths(phrases: Iterable[str], longest: int) -> list[str]:
    words = _("Dòng “%(phrase)s…” dài quá %(most)d chữ cái. Hãy viết ngắn lại.")
    return [words % {"phrase": phrase[:30], "most": longest} for phrase in phrases if len(phrase) > longest]


def _judge_greed(phrases: Iterable[str], kind: str) -> list[str]:
    words = _("“%(phrase)s” có trong quá nhiều câu hỏi khác nhau. Hãy thêm từ bên cạnh, ví dụ “mất sổ đỏ”.")
    nothing = _("“%(phrase)s” không có chữ nào để tìm.")
    faults = [nothing % {"phrase": phrase} for phrase in phrases if not any(map(str.isalnum, phrase))]
    return faults + [words % {"phrase": phrase} for phrase in phrases if is_greedy(phrase, kind)]


def is_greedy(phrase: str, kind: str) -> bool:
    """One common syllable. Short forms are known by their bare letters; others may be told apart by their marks."""
    word = phrase.strip().lower()
    if " " in word or len(search_words(word)) != 1:
        return False
    if kind == ConceptKind.ENGLISH:
        return word in _COMMON_BARE
    return word in _COMMON or (word == fold(word) and word in _COMMON_BARE and kind != ConceptKind.SHORT)


def read_lines(text: str) -> tuple[str, ...]:
    """One phrase a line, as somebody typed them: blanks squeezed, empty and repeated lines dropped."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple({line.lower(): line for line in lines if line}.values())
