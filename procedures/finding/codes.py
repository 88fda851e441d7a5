"""Codes of procedures as people type them: whole, without the dot, without their head, with an old tail."""

import re
from collections.abc import Sequence

# "1.001193", "1001193", "1.001193.000.00.00.H10", "mã thủ tục 001193".
_TYPED = re.compile(r"(?<![\w.])(\d[\d.]{2,}\d)(?:\.?[hH]\d\d)?(?![\w])")
_WHOLE = 7
_TAIL = 6
_LEAST = 4


def list_by_code(query: str, by_digits: Sequence[tuple[str, str]]) -> list[str]:
    """Codes meant by the digits in the query, best first; [] where it names none.

    `by_digits`: (digits, code) of all procedures.
    """
    found: list[str] = []
    typed = [re.sub(r"\D", "", match.group(1)) for match in _TYPED.finditer(query)]
    if not any(len(digits) >= _LEAST for digits in typed):
        return []
    for digits in typed:
        if len(digits) < _LEAST:
            continue
        found += [code for whole, code in by_digits if whole == digits[:_WHOLE] or whole == digits]
        if len(digits) == _TAIL:
            found += [code for whole, code in by_digits if whole[1:] == digits]
        if len(digits) < _WHOLE and _is_only(query):
            found += [code for whole, code in by_digits if whole.startswith(digits)]
    return list(dict.fromkeys(found))


def _is_only(query: str) -> bool:
    """Part of a code counts only where nothing else is asked: "nghị định 1234" is none."""
    return (
        re.fullmatch(
            r"\s*(?:mã|ma|tthc|thủ tục|thu tuc|code|số|so|[\s:#.\-]|\d|[hH]\d\d)+", query, re.IGNORECASE
        )
        is not None
    )
