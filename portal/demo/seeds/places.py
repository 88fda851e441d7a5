"""Puts the demo's agencies into the database."""

from collections.abc import Mapping

from portal.accounts import selectors, services
from portal.accounts.actor import Actor
from portal.accounts.models import Agency, AgencyCode
from portal.demo.seeds.agencies import PLACES, Place


def seed_places() -> dict[str, Agency]:
    """All agencies by code, with their calendars; those that are there stay as they are."""
    services.load_calendars()
    places = _find_all()
    for place in PLACES:
        if place.code not in places:
            places[place.code] = create_place(place, places)
    return places


def create_place(place: Place, places: Mapping[str, Agency]) -> Agency:
    """One agency; `places` holds those above and before it, by code."""
    return services.create_agency(
        code=place.code,
        name=place.name,
        kind=place.kind,
        parent=places[place.above] if place.above else None,
        calendar=selectors.get_calendar(place.calendar),
        valid_from=place.valid_from,
        valid_until=place.valid_until,
        address=place.address,
        phone=place.phone,
        predecessors=[places[code] for code in place.before],
        actor=Actor.system(),
    )


def _find_all() -> dict[str, Agency]:
    """An administrator may have given an agency another code since: it is found by the first one too."""
    rows = AgencyCode.objects.filter(code__in=[place.code for place in PLACES]).select_related("agency")
    return {row.code: row.agency for row in rows}
