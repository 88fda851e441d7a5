"""Offices in the order people look for them, and found by a few letters of their name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.core.text import fold, sort_key

if TYPE_CHECKING:
    from portal.accounts.models import Agency

MOST_SHOWN = 12
_COMMON = ("Ủy ban nhân dân ", "Công an ")


def sort_by_place(agencies: "Iterable[Agency]") -> "list[Agency]":
    """People look for the place: "xã An Bình" stands under A, beside the ward of that name."""
    return sorted(agencies, key=lambda agency: _place_key(agency.name))


def _place_key(name: str) -> tuple[str, str]:
    place = name
    for common in _COMMON:
        place = place.removeprefix(common)
    kind, _blank, rest = place.partition(" ")
    known = kind.lower() in {"xã", "phường", "tỉnh"}
    return (sort_key(rest), kind) if known and rest else (sort_key(place), "")


@dataclass(frozen=True)
class PlaceList:
    """What the page of the place shows: all while they are few, else those the words of `find` are in."""

    find: str
    shown: "tuple[Agency, ...]"
    total: int

    @property
    def is_long(self) -> bool:
        return self.total > MOST_SHOWN

    @property
    def are_radios(self) -> bool:
        return 0 < len(self.shown) <= MOST_SHOWN


def find_places(agencies: "Iterable[Agency]", find: str) -> PlaceList:
    """With, without and with wrong marks alike; nothing found shows all of them again."""
    places = sort_by_place(agencies)
    words = fold(find).split()
    found = [place for place in places if all(word in fold(place.name) for word in words)]
    return PlaceList(find, tuple(found), len(places))
