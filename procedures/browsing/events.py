"""Events of life: what to do first, in the order of life, then everything else that goes with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from portal.core.errors import NotFound
from procedures.browsing.shelf import Shelf, build_shelf
from procedures.choices import Tier
from procedures.finding import Entry
from procedures.models import LifeEvent
from procedures.texts import Text


@dataclass(frozen=True)
class Event:
    key: str
    label: Text
    text: Text
    icon: str
    codes: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class EventShelf:
    """`named` in the order of life; `others` hold one of its phrases in their name."""

    event: Event
    named: tuple[Entry, ...]
    others: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return len(self.named) + len(self.others)


def list_events(shelf: Shelf) -> tuple[EventShelf, ...]:
    """Those that lead to some open procedure, in the order admins gave them. One query when something changed."""
    return _build(shelf.token)


def access_event(shelf: Shelf, key: str) -> EventShelf:
    """Raises NotFound for an unknown event, and for one that leads nowhere."""
    found = next((each for each in list_events(shelf) if each.event.key == key), None)
    if found is None:
        raise NotFound(code="life_event_not_found")
    return found


@lru_cache(maxsize=2)
def _build(token: UUID) -> tuple[EventShelf, ...]:
    shelf = build_shelf(token)
    found = (_fill(_read(row), shelf) for row in LifeEvent.objects.order_by("position", "key"))
    return tuple(event for event in found if event.count)


def _read(row: LifeEvent) -> Event:
    return Event(row.key, Text(**row.label), Text(**row.text), row.icon, tuple(row.codes), tuple(row.phrases))


def _fill(event: Event, shelf: Shelf) -> EventShelf:
    named = shelf.pick(event.codes)
    taken = {entry.code for entry in named}
    others = [entry for entry in shelf.holding(event.phrases) if entry.code not in taken]
    worth = Counter(entry.field_key for entry in (*named, *others) if entry.is_own or _is_near(entry))
    others.sort(key=lambda entry: (-worth[entry.field_key], entry.field_key, *_need(entry)))
    return EventShelf(event, named, tuple(others))


def _need(entry: Entry) -> tuple[bool, bool, bool, str]:
    """What this province wrote, what the commune does, what is known whole."""
    return not entry.is_own, not _is_near(entry), entry.is_partial, entry.name


def _is_near(entry: Entry) -> bool:
    return Tier.COMMUNE.value in entry.tiers
