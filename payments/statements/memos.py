"""Codes of dossiers in the words of a bank transfer, however the bank or the payer mangled them.

A code is `<agency>-YYMMDD-NNNN`. Banks drop dots and dashes, change the case, put blanks anywhere, add words before
and after, and cut the end. What is found here are readings; only a dossier that exists makes one of them true.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dossiers.numbering import format_code
from portal.core.text import fold

_DAY = 6
_FEWEST, _MOST = 4, 6
"""Digits of the day's number: four at least (Circular 4/2025/TT-VPCP), six at the very most. Fewer than four digits
too many are a slip of the hand and not another number that a bank put there."""
_ALIKE = str.maketrans("OIL", "011")
_NOT_CODE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Readings of one memo. `whole`: the digits end where a word ends; `parts`: a longer number follows without a
    break; `starts`: the memo was cut, codes begin with this."""

    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """All that may exist, to be looked up at once."""
        return self.whole | self.parts


@dataclass(frozen=True, slots=True)
class Match:
    """`is_sure`: the code stands there whole; otherwise the amount must fit to the đồng."""

    code: str
    is_sure: bool


def find_codes(memo: str, agency_codes: Mapping[str, Collection[str]], *, today: date) -> Found:
    """All readings of a memo. `agency_codes`: squeezed code -> national codes (`index_agencies`)."""
    text, breaks = _squeeze(memo)
    whole: set[str] = set()
    parts: set[str] = set()
    starts: set[str] = set()
    for place, agencies in _find_agencies(text, agency_codes):
        day = _read_day(text[place : place + _DAY], today)
        if day is None:
            continue
        begin = place + _DAY
        digits = re.match(r"[0-9]*", text[begin:])
        run = digits.group() if digits else ""
        for agency in agencies:
            if len(run) < _FEWEST and begin + len(run) == len(text):
                starts.add(format_code(agency, day, 0)[:-_FEWEST] + run)
            for number in _read_numbers(run):
                if begin + len(number) in breaks:
                    whole.add(format_code(agency, day, int(number)))
                elif len(run) - len(number) >= _FEWEST:
                    parts.add(format_code(agency, day, int(number)))
    return Found(frozenset(whole), frozenset(parts - whole), frozenset(starts))


def choose_code(found: Found, known: Collection[str], begun: Collection[str] = ()) -> Match | None:
    """The one dossier that is meant, None where there is none or more than one: never a guess between two.

    `known` are the codes that exist, `begun` those that begin with one of `found.starts`.
    """
    true = found.codes & set(known)
    if true:
        return Match(next(iter(true)), is_sure=bool(found.whole & true)) if len(true) == 1 else None
    if found.codes or len(set(begun)) != 1:
        return None
    return Match(next(iter(begun)), is_sure=False)


def index_agencies(codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """National codes by how they look without their marks."""
    index: dict[str, tuple[str, ...]] = {}
    for code in codes:
        squeezed = _squeeze(code)[0]
        index[squeezed] = (*index.get(squeezed, ()), code)
    return index


def _squeeze(memo: str) -> tuple[str, frozenset[int]]:
    """Capital letters and digits alone, O as 0, I and L as 1; and after how many of them a word ends."""
    plain = fold(unicodedata.normalize("NFKC", memo)).upper()
    text, breaks = "", set()
    for word in _NOT_CODE.split(plain):
        text += word
        breaks.add(len(text))
    breaks.update(
        place for place in range(1, len(text)) if text[place].isalpha() and text[place - 1].isdigit()
    )
    return text.translate(_ALIKE), frozenset(breaks)


def _find_agencies(
    text: str, agency_codes: Mapping[str, Collection[str]]
) -> Iterator[tuple[int, Collection[str]]]:
    """Where six digits follow the code of an agency."""
    lengths = sorted({len(code) for code in agency_codes})
    for place in range(1, len(text) - _DAY + 1):
        if not text[place : place + _DAY].isdigit():
            continue
        for length in lengths:
            agencies = agency_codes.get(text[place - length : place]) if length <= place else None
            if agencies:
                yield place, agencies


def _read_day(text: str, today: date) -> date | None:
    """No dossier is older than the decade or filed tomorrow."""
    try:
        day = date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
    return day if today.year - 10 <= day.year and day <= today else None


def _read_numbers(run: str) -> Iterator[str]:
    """`0014` and `12345`, as numbers are written; a longer one begins with no zero. 0 is no number."""
    for length in range(_FEWEST, min(len(run), _MOST) + 1):
        number = run[:length]
        if int(number) and (length == _FEWEST or number[0] != "0"):
            yield number
