"""Texts that admins write: `{name}` is replaced, everything else is what it is. Pure rules.

Django's template language is never used on them: `{{ }}`, `{% %}` and `${}` stay literal.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from portal.notifications.notice import ContextValue

_NAME: Final = re.compile(r"(?<![{$])\{([^{}%#\n][^{}\n]*)\}(?!\})")
_SENTENCES: Final = re.compile(r"(?<=[.!?])[ \t]+")


def list_names(text: str) -> tuple[str, ...]:
    """What stands in single braces, in order, once each; not what stands in `{{ }}`, `{% %}` or `${}`."""
    return tuple(dict.fromkeys(found.strip() for found in _NAME.findall(text)))


def list_unknown(text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Names that may not be used in this text."""
    known = frozenset(allowed)
    return tuple(name for name in list_names(text) if name not in known)


def fill(text: str, values: Mapping[str, ContextValue], allowed: Iterable[str]) -> str:
    """Put the values in. A sentence with a missing value vanishes, an emptied line as well.

    A value of several lines repeats its line; a heading (a line that ends with a colon) goes when the line below
    it went. A value is never looked at again, so what it holds cannot be a name.
    """
    names = frozenset(allowed)
    known = {name: str(value) for name, value in values.items() if name in names and value not in (None, "")}
    kept: list[str | None] = [_fill_line(line, known, names) for line in text.splitlines()]
    lines = [
        line
        for place, line in enumerate(kept)
        if line is not None and not _is_lost_heading(line, kept[place + 1 :])
    ]
    return "\n".join(lines)


def _fill_line(line: str, known: Mapping[str, str], names: frozenset[str]) -> str | None:
    if not list_names(line):
        return line
    whole = [part for part in _SENTENCES.split(line) if not _lacks(part, known, names)]
    if not whole:
        return None
    rest = " ".join(whole)
    longest = max((known[name].count("\n") + 1 for name in _used(rest, known)), default=1)
    return "\n".join(_substitute(rest, known, place) for place in range(longest))


def _lacks(part: str, known: Mapping[str, str], names: frozenset[str]) -> bool:
    return any(name in names and name not in known for name in list_names(part))


def _used(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in list_names(text) if name in known)


def _substitute(text: str, known: Mapping[str, str], place: int) -> str:
    def value(match: re.Match[str]) -> str:
        lines = known.get(match[1].strip(), match[0]).splitlines() or [""]
        return lines[place] if place < len(lines) else lines[-1]

    return _NAME.sub(value, text)


def _is_lost_heading(line: str, below: list[str | None]) -> bool:
    return line.rstrip().endswith(":") and bool(below) and below[0] is None
