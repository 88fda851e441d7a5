"""The two axes of the small tables: cases down, ways to file across, both with a general line first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from procedures.choices import Channel

Key = str | None
ANY = "_"
"""How the general line and column are named in inputs; no key of a part looks like this."""


def list_cases(document: Mapping[str, Any], used: Iterable[object]) -> list[tuple[Key, str]]:
    """(key, words): the general line, each case of the document, and cases that only rules still name."""
    found: dict[Key, str] = {None: ""}
    for case in _parts(document, "cases"):
        key = case.get("key")
        if isinstance(key, str) and key:
            found.setdefault(key, _vi(case.get("label")) or _("Trường hợp chưa có tên"))
    found[None] = _("Mọi trường hợp") if len(found) > 1 else _("Thủ tục này")
    for key in used:
        if isinstance(key, str) and key:
            found.setdefault(key, _("Trường hợp không còn trong danh sách"))
    return list(found.items())


def list_channels(document: Mapping[str, Any], used: Iterable[object]) -> list[tuple[Key, str]]:
    """(key, words): the general column, then each way to file that is allowed or that rules still name."""
    allowed = document.get("channels")
    allowed = allowed if isinstance(allowed, list) else []
    names = [value for value in Channel.values if value in allowed]
    names += [
        value for value in dict.fromkeys(used) if isinstance(value, str) and value and value not in names
    ]
    found: list[tuple[Key, str]] = [(None, _("Mọi cách nộp"))]
    return found + [(name, _name_channel(name, is_allowed=name in allowed)) for name in names]


def find_general(places: Sequence[tuple[Key, Key]], where: tuple[Key, Key]) -> int:
    """Which of the rules at these places (case, way) an empty cell follows: the most special that fits; -1: none."""
    fitting = [
        n
        for n, (case, channel) in enumerate(places)
        if case in (None, where[0]) and channel in (None, where[1]) and (case, channel) != where
    ]
    return max(fitting, key=lambda n: (places[n][0] is not None, places[n][1] is not None), default=-1)


def _name_channel(value: str, *, is_allowed: bool) -> str:
    label = str(Channel(value).label) if value in Channel.values else value
    return label if is_allowed else _("%(way)s (không còn nhận)") % {"way": label}


def _parts(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = document.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _vi(text: object) -> str:
    vi = text.get("vi") if isinstance(text, dict) else None
    return vi if isinstance(vi, str) else ""
