"""Which item of one list is which of another: by their keys, in their order, by their likeness."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from procedures.comparing.parts import Part
from procedures.documents import canonical_bytes

Pair = tuple["Placed | None", "Placed | None"]
Traveller = tuple[Any, Any, Any, Any]


@dataclass(frozen=True)
class Placed:
    """An item at its place, counted from 1; `moved_from`: where it stood, if others did not just make room."""

    value: Any
    position: int
    moved_from: int | None = None


@dataclass(frozen=True)
class _Housed:
    home_key: object
    home: Any
    thing: Any


def match_items(part: Part, old: list[Any], new: list[Any]) -> list[Pair]:
    """In the order of the new list, what is gone where it stood. Items without keys are matched by likeness."""
    old_keys, new_keys = _identify(part, old), _identify(part, new)
    if old_keys is None or new_keys is None:
        return list(_align(old, new))
    was = {key: n for n, key in enumerate(old_keys)}
    stayed = _longest_rise([was[key] for key in new_keys if key in was])
    pairs: list[tuple[float, Pair]] = []
    for n, key in enumerate(new_keys):
        before = was.get(key)
        moved = None if before is None or before in stayed else before + 1
        old_one = None if before is None else Placed(old[before], before + 1)
        pairs.append((n, (old_one, Placed(new[n], n + 1, moved))))
    kept = set(new_keys)
    pairs += [(n - 0.5, (Placed(old[n], n + 1), None)) for n, key in enumerate(old_keys) if key not in kept]
    return [pair for _place, pair in sorted(pairs, key=lambda entry: entry[0])]


def take_travellers(
    part: Part, old: list[Any], new: list[Any]
) -> tuple[list[Any], list[Any], list[Traveller]]:
    """Things that left one item for another (a question, its page), and both lists without them."""
    before, after = _homes(part, old), _homes(part, new)
    moved = {key for key in before.keys() & after.keys() if before[key].home_key != after[key].home_key}
    travellers = [
        (before[key].home, after[key].home, before[key].thing, after[key].thing)
        for key in after
        if key in moved
    ]
    return _without(old, part.travels, moved), _without(new, part.travels, moved), travellers


def _homes(part: Part, items: list[Any]) -> dict[str, _Housed]:
    """Where each thing stands, by its key; keys that occur twice travel nowhere."""
    found: dict[str, _Housed] = {}
    seen: Counter[str] = Counter()
    for home in items:
        for thing in home.get(part.travels) or () if isinstance(home.get(part.travels), list) else ():
            if isinstance(thing, Mapping) and isinstance(thing.get("key"), str):
                found[thing["key"]] = _Housed(home.get("key"), home, thing)
                seen[thing["key"]] += 1
    return {key: entry for key, entry in found.items() if seen[key] == 1}


def _without(items: list[Any], name: str, keys: set[str]) -> list[Any]:
    def stays(thing: Any) -> bool:
        return not (isinstance(thing, Mapping) and thing.get("key") in keys)

    return [
        {**home, name: [thing for thing in home[name] if stays(thing)]}
        if isinstance(home.get(name), list)
        else home
        for home in items
    ]


def _identify(part: Part, items: list[Any]) -> list[object] | None:
    """A key for each item, told apart where one occurs again; None when they have none."""
    if not part.key and not all(isinstance(item.get("key"), str) for item in items):
        return None
    seen: Counter[object] = Counter()
    keys: list[object] = []
    for item in items:
        key = str(part.key(item) if part.key else item["key"])
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys


def _align(old: list[Any], new: list[Any]) -> Iterator[Pair]:
    before, after = (tuple(canonical_bytes(item) for item in items) for items in (old, new))
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            i, j = i1 + step, j1 + step
            yield (
                Placed(old[i], i + 1) if i < i2 else None,
                Placed(new[j], j + 1) if j < j2 else None,
            )


def _longest_rise(places: list[int]) -> set[int]:
    """The most places that keep their order: whatever is not among them was moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    kept: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
