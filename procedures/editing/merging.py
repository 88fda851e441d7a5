"""Two texts of one section, made from the same base at the same time: what differs, and one text of both.

Pure. An item is a row of a list that can be told from the others, or a whole part of the document.
"""

import copy
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from procedures.editing.places import MISSING

Document = dict[str, Any]
Item = tuple[str, str]
MINE, THEIRS = "mine", "theirs"
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "cases": ("key",),
    "requirements": ("key",),
    "steps": ("key",),
    "results": ("key",),
    "forms_files": ("key",),
    "samples": ("key",),
    "legal_basis": ("number",),
    "limits": ("case", "channel"),
    "fees": ("key", "case", "channel", "until"),
    "submit_ways": ("channel", "text"),
    "receive_ways": ("channel", "text"),
}
"""By which names a row is the same row in both texts; other lists are one item."""


@dataclass(frozen=True)
class Difference:
    """`both`: each side changed it, so somebody must choose; otherwise `proposed` is the side that did."""

    item: Item
    both: bool
    proposed: str

    @property
    def id(self) -> str:
        """Names the choice in a form: the same for the same two texts."""
        return json.dumps(self.item, ensure_ascii=False)


def list_differences(
    base: Document, mine: Document, theirs: Document, parts: Iterable[str]
) -> list[Difference]:
    """Items that are not the same in both, in the order of mine, then of theirs."""
    found = []
    for part in parts:
        sides = [_items(document, part) for document in (base, mine, theirs)]
        for item in dict.fromkeys([*sides[1], *sides[2]]):
            was, my, their = (side.get(item, MISSING) for side in sides)
            if my == their:
                continue
            both = was not in (my, their)
            found.append(Difference(item, both, "" if both else THEIRS if my == was else MINE))
    return found


def merge(
    base: Document, mine: Document, theirs: Document, parts: Iterable[str], choices: Mapping[Item, str]
) -> Document:
    """Theirs, with the items of mine that were chosen; an order that only I changed is kept too."""
    merged = copy.deepcopy(theirs)
    parts = tuple(parts)
    for difference in list_differences(base, mine, theirs, parts):
        if choices.get(difference.item, difference.proposed) == MINE:
            merged = with_item(merged, mine, difference.item)
    for part in parts:
        _restore_order(part, base, mine, theirs, merged)
    return merged


def with_item(document: Document, source: Document, item: Item) -> Document:
    """The document with one item as the source has it, which may be: not at all."""
    part, name = item
    changed = dict(document)
    if not name:
        value = source.get(part, MISSING)
        if value is MISSING:
            changed.pop(part, None)
        else:
            changed[part] = copy.deepcopy(value)
        return changed
    rows = _items(document, part)
    row = _items(source, part).get(item, MISSING)
    if row is MISSING:
        rows.pop(item, None)
    else:
        rows[item] = copy.deepcopy(row)
    changed[part] = list(rows.values())
    return changed


def _items(document: Document, part: str) -> dict[Item, Any]:
    value = document.get(part, MISSING)
    names = _TOLD_BY.get(part)
    if value is MISSING:
        return {}
    if names is None or not isinstance(value, list):
        return {(part, ""): value}
    found: dict[Item, Any] = {}
    for row in value:
        item = part, _tell(row, names)
        while item in found:
            item = part, f"{item[1]}+"
        found[item] = row
    return found


def _tell(row: object, names: tuple[str, ...]) -> str:
    """A row without a key is told by all it says."""
    if not isinstance(row, dict) or ("key" in names and not row.get("key")):
        return json.dumps(row, ensure_ascii=False, sort_keys=True)
    return json.dumps([row.get(name) or None for name in names], ensure_ascii=False)


def _restore_order(part: str, base: Document, mine: Document, theirs: Document, merged: Document) -> None:
    was, my, their, now = (list(_items(document, part)) for document in (base, mine, theirs, merged))
    if part not in _TOLD_BY or not isinstance(merged.get(part), list):
        return
    kept = [item for item in was if item in my and item in their]
    moved_by_me = [item for item in my if item in kept] != kept
    moved_by_them = [item for item in their if item in kept] != kept
    added_by_me_only = [item for item in my if item not in was] and not [
        item for item in their if item not in was
    ]
    if moved_by_them or not (moved_by_me or added_by_me_only):
        return
    rank = {item: n for n, item in enumerate(my)}
    rows = _items(merged, part)
    now.sort(key=lambda item: rank.get(item, len(rank)))
    merged[part] = [rows[item] for item in now]
