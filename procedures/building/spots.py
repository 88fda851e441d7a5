"""Where a part of a form stands, as one text: "page:child", "field:full_name", "field:members.name", "check:0"."""

import re
from dataclasses import dataclass

_SPOT = re.compile(r"(page|field|check|party):(?:([a-z][a-z0-9_]*)\.)?([a-z0-9_]+)")


@dataclass(frozen=True)
class Spot:
    """`kind`: page, field, check or party; `key`: of a page or question, or the number of a check or party.

    `group`: the group that a question is asked in.
    """

    kind: str
    key: str
    group: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.group}.{self.key}" if self.group else f"{self.kind}:{self.key}"


def read_spot(text: str) -> Spot | None:
    """The spot a text names, None for what is none."""
    match = _SPOT.fullmatch(text)
    if match is None or (match.group(2) and match.group(1) != "field"):
        return None
    kind, group, key = match.groups()
    if kind in ("check", "party") and not (key.isascii() and key.isdigit()):
        return None
    return Spot(kind, key, group or "")
