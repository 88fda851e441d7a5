"""The agencies of Sông Mây, a province that exists nowhere."""

from dataclasses import dataclass
from datetime import date

from portal.accounts import selectors, services
from portal.accounts.actor import Actor
from portal.accounts.choices import AgencyKind
from portal.accounts.models import Agency
from portal.core.errors import NotFound
from portal.demo.seeds.codes import COMMUNE, OTHER_COMMUNE, PROVINCE

FOUNDED_ON = date(2025, 7, 1)
"""The day since which Việt Nam has provinces and communes only, no districts (Law 72/2025)."""


@dataclass(frozen=True)
class Place:
    """One agency: `above` is the code of its parent, which stands earlier in the list."""

    code: str
    name: str
    kind: AgencyKind
    address: str
    phone: str
    above: str | None = PROVINCE
    calendar: str = "std"


PLACES = (
    Place(
        PROVINCE,
        "Ủy ban nhân dân tỉnh Sông Mây",
        AgencyKind.PROVINCE,
        "Số 1 đường Hòa Bình, phường Cầu Mây",
        "0299 3820 001",
        None,
    ),
    Place(
        "H99.01",
        "Trung tâm Phục vụ hành chính công tỉnh Sông Mây",
        AgencyKind.CENTRE,
        "Số 3 đường Hòa Bình, phường Cầu Mây",
        "0299 3820 010",
        calendar="sat_am_reception",
    ),
    Place(
        "H99.05",
        "Sở Tư pháp",
        AgencyKind.DEPARTMENT,
        "Số 12 đường Trần Phú, phường Cầu Mây",
        "0299 3820 050",
    ),
    Place(
        "H99.07",
        "Sở Xây dựng",
        AgencyKind.DEPARTMENT,
        "Số 14 đường Trần Phú, phường Cầu Mây",
        "0299 3820 070",
    ),
    Place(
        "H99.09",
        "Công an tỉnh Sông Mây",
        AgencyKind.POLICE,
        "Số 20 đường Trần Phú, phường Cầu Mây",
        "0299 3820 090",
    ),
    Place(
        COMMUNE,
        "Ủy ban nhân dân xã Bến Mây",
        AgencyKind.COMMUNE,
        "Thôn Bến Đò, xã Bến Mây",
        "0299 3836 101",
    ),
    Place(
        OTHER_COMMUNE,
        "Ủy ban nhân dân phường Cầu Mây",
        AgencyKind.COMMUNE,
        "Số 45 đường Nguyễn Trãi, phường Cầu Mây",
        "0299 3836 201",
        calendar="sat_am_reception",
    ),
    Place(
        "H99.98.01",
        "Bưu cục Bến Mây",
        AgencyKind.POST_POINT,
        "Chợ Bến Mây, xã Bến Mây",
        "0299 3836 151",
    ),
)


def seed_places() -> dict[str, Agency]:
    """All agencies by code, with their calendars; those that are there stay as they are."""
    services.load_calendars()
    places: dict[str, Agency] = {}
    for place in PLACES:
        places[place.code] = _find(place.code) or _create(place, places)
    return places


def _find(code: str) -> Agency | None:
    try:
        return selectors.get_agency(code)
    except NotFound:
        return None


def _create(place: Place, places: dict[str, Agency]) -> Agency:
    return services.create_agency(
        code=place.code,
        name=place.name,
        kind=place.kind,
        parent=places[place.above] if place.above else None,
        calendar=selectors.get_calendar(place.calendar),
        valid_from=FOUNDED_ON,
        address=place.address,
        phone=place.phone,
        actor=Actor.system(),
    )
