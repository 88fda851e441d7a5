"""Codes of procedures as people type them: whole, without the dot, without their head, with an old tail."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

# "1.001193", "1001193", "1.001193.000.00.00.H10", "mã thủ tục 001193".
_TYPED = re.compile(r"(?<![\w.])(\d[\d.]{2,}\d)(?:\.?[hH]\d\d)?(?![\w])")
_WHOLE = 7
_TAIL = 6
_LEAST = 4
_HEADS = "0123456789"


def list_by_code(query: str, by_digits: Sequence[tuple[str, str]]) -> list[str]:
    """Codes meant by the digits in the query, best first; [] where it names none.

    `by_digits`: (digits, code) of all procedures, in order.
    """
    found: list[str] = []
    typed = [re.sub(r"\D", "", match.group(1)) for match in _TYPED.finditer(query)]
    if not any(len(digits) >= _LEAST for digits in typed):
        return []
    for digits in typed:
        if len(digits) < _LEAST:
            continue
        for whole in sorted({digits[:_WHOLE], digits}):
            found += _list_beginning(whole, by_digits, is_whole=True)
        if len(digits) == _TAIL:
            for head in _HEADS:
                found += _list_beginning(head + digits, by_digits, is_whole=True)
        if len(digits) < _WHOLE and _is_only(query):
            found += _list_beginning(digits, by_digits)
    return list(dict.fromkeys(found))


def _list_beginning(
    start: str, by_digits: Sequence[tuple[str, str]], *, is_whole: bool = False
) -> Iterator[str]:
    for place in range(bisect_left(by_digits, (start, "")), len(by_digits)):
        digits, code = by_digits[place]
        if not digits.startswith(start) or (is_whole and digits != start):
            return
        yield code


def _is_only(query: str) -> bool:
    """Part of a code counts only where nothing else is asked: "nghị định 1234" is none."""
    return (
        re.fullmatch(
            r"\s*(?:mã|ma|tthc|thủ tục|thu tuc|code|số|so|[\s:#.\-]|\d|[hH]\d\d)+", query, re.IGNORECASE
        )
        is not None
    )
