"""Agencies of this place by kind, found by name with or without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.accounts.choices import AgencyKind
from portal.accounts.selectors import list_agencies
from portal.core.text import fold, sort_key

if TYPE_CHECKING:
    from portal.accounts.models import Agency

# What people know first. Post points and schools take papers in for others and are left out.
_ORDER = (
    AgencyKind.PROVINCE,
    AgencyKind.CENTRE,
    AgencyKind.DEPARTMENT,
    AgencyKind.POLICE,
    AgencyKind.COMMUNE,
)
_PREFIXES = ("phuong ", "xa ", "dac khu ", "thi tran ")


@dataclass(frozen=True)
class OfficeGroup:
    kind: str
    title: str
    agencies: tuple[Agency, ...]


def group_offices(words: str) -> tuple[OfficeGroup, ...]:
    """Agencies at work whose name holds all the words, by kind. One query."""
    wanted = fold(words).split()
    found = [agency for agency in list_agencies() if _holds(agency, wanted)]
    groups = (OfficeGroup(kind.value, str(kind.label), _sorted(found, kind)) for kind in _ORDER)
    return tuple(group for group in groups if group.agencies)


def _holds(agency: Agency, wanted: Sequence[str]) -> bool:
    name = fold(agency.name)
    return all(word in name for word in wanted)


def _sorted(agencies: Sequence[Agency], kind: AgencyKind) -> tuple[Agency, ...]:
    return tuple(
        sorted((agency for agency in agencies if agency.kind == kind), key=lambda each: _key(each.name))
    )


def _key(name: str) -> str:
    """ "Ủy ban nhân dân phường Ninh Kiều" stands under N."""
    folded = fold(name)
    for prefix in _PREFIXES:
        if prefix in folded:
            return sort_key(name[folded.index(prefix) + len(prefix) :])
    return sort_key(name)
