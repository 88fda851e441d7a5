"""What people need after a procedure, and what lies beside it: same event of life, same field and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from procedures.browsing.events import list_events
from procedures.browsing.shelf import Shelf
from procedures.finding import Entry
from procedures.finding.words import FILLERS, list_syllables

MOST = 5
_SAME_EVENT = 1.0
_OWN = 0.25
_LEAST = 0.2


def list_related(shelf: Shelf, code: str, *, without: Iterable[str] = ()) -> tuple[Entry, ...]:
    """At most five open procedures near this one, nearest first."""
    entry = shelf.by_code.get(code)
    if entry is None:
        return ()
    hidden = {code, *without, *(other.code for other in shelf.list_variants(entry))}
    companions = _list_companions(shelf, code)
    near = {
        other.code: other
        for other in (*shelf.by_field.get(entry.field_key, ()), *shelf.pick(tuple(companions)))
    }
    own_words = _words_of(entry)
    worth: dict[str, float] = {}
    for other in near.values():
        if other.code in hidden or (other.province and other.province != entry.province):
            continue
        score = _likeness(own_words, _words_of(other)) + _SAME_EVENT * companions[other.code]
        if score >= _LEAST:
            worth[other.code] = score + _OWN * other.is_own
    ranked = sorted(worth, key=lambda each: (-worth[each], each))
    return tuple(near[each] for each in ranked[:MOST])


def _list_companions(catalogue: Shelf, code: str) -> dict[str, float]:
    """Procedures named for the same event of life -> how near in its order, 0 to 1."""
    near: dict[str, float] = defaultdict(float)
    for event in list_events(catalogue):
        codes = [entry.code for entry in event.named]
        if code in codes:
            place = codes.index(code)
            for number, other in enumerate(codes):
                near[other] = max(near[other], 1 / (1 + abs(number - place)))
    return near


def _words_of(entry: Entry) -> frozenset[str]:
    return frozenset(list_syllables(f"{entry.name} {entry.everyday_name}")) - FILLERS


def _likeness(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0
