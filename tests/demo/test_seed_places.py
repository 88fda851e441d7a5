"""The demo's province: true names, a way for every procedure, history that leads to today."""

from datetime import date

import pytest
from vietnam_provinces import Ward

from portal.accounts import selectors
from portal.accounts.choices import AgencyKind, Role
from portal.accounts.models import Agency
from portal.accounts.services import change_agency_code
from portal.core import clock
from portal.core.errors import NotFound
from portal.demo.seeds import codes
from portal.demo.seeds.agencies import COMMUNES, FURTHER_COMMUNES, PLACES
from portal.demo.seeds.citizens import CITIZENS
from portal.demo.seeds.officers import EMPLOYEES
from portal.demo.seeds.people import seed_people
from portal.demo.seeds.places import seed_places
from procedures.formschema.places import get_place
from tests.factories.people import SYSTEM

CAN_THO = 92
DESK = {Role.RECEPTION, Role.CASE_OFFICER, Role.APPROVER, Role.DESK_HEAD}


def test_communes_bear_the_names_of_the_official_list() -> None:
    known = {ward.name.lower() for ward in Ward.iter_all() if int(ward.province_code) == CAN_THO}
    names = {place.name.removeprefix("Ủy ban nhân dân ").lower() for place in (*COMMUNES, *FURTHER_COMMUNES)}
    assert len(names) == len(COMMUNES) + len(FURTHER_COMMUNES)
    assert names <= known
    assert get_place("92", codes.COMMUNE_UNIT) == "Phường Ninh Kiều, thành phố Cần Thơ"


def test_codes_are_national_and_given_once() -> None:
    given = [place.code for place in (*PLACES, *FURTHER_COMMUNES)]
    assert len(given) == len(set(given))
    assert {code.split(".")[0] for code in given} == {"H13", "H30", "H51"}


def test_nobody_of_the_demo_has_a_real_number() -> None:
    assert all(citizen.national_id.startswith("099") for citizen in CITIZENS)
    assert all(place.phone.startswith("0292 0000") for place in PLACES if place.phone)


def test_every_agency_that_performs_brings_its_work_to_an_end() -> None:
    """All roles of the counter, and in every place but the one-person communes by at least three people."""
    performing = {
        place.code
        for place in PLACES
        if place.valid_until is None and place.kind not in (AgencyKind.PROVINCE, AgencyKind.POST_POINT)
    }
    for code in performing:
        roles = {role for employee in EMPLOYEES if employee.agency == code for role in employee.roles}
        assert roles >= DESK, code
    assert len({employee.username for employee in EMPLOYEES}) == len(EMPLOYEES)


@pytest.mark.django_db
def test_offices_keep_different_hours() -> None:
    places = seed_places()
    saturday, noon = date(2026, 11, 28), clock.now().replace(hour=12).time()
    by_code = {code: selectors.get_work_calendar(agency.pk) for code, agency in places.items()}
    assert not by_code[codes.COMMUNE].is_reception_day(saturday)
    assert by_code[codes.OTHER_COMMUNE].is_reception_day(saturday)
    ((opens, closes),) = by_code[codes.CENTRE].reception_on(date(2026, 11, 23))
    assert opens < noon < closes
    assert {agency.calendar.name for agency in places.values()} == {
        "std",
        "sat_am_reception",
        "noon_reception",
    }


@pytest.mark.django_db
def test_closed_districts_lead_to_their_communes() -> None:
    places = seed_places()
    closed = Agency.objects.filter(valid_until__isnull=False)
    assert {agency.valid_until for agency in closed} == {date(2025, 6, 30)}
    assert closed.filter(kind=AgencyKind.DISTRICT).count() == 9
    split = next(agency for agency in closed if agency.name.endswith("quận Ninh Kiều"))
    assert places[codes.COMMUNE] in split.successors.all()
    with pytest.raises(NotFound):
        selectors.get_agency_now(split.code)
    for code in ("H30", "H51"):
        assert selectors.get_agency_now(code) == places[codes.PROVINCE]


@pytest.mark.django_db
def test_a_place_that_got_another_code_since_is_not_made_again() -> None:
    places = seed_places()
    change_agency_code(places[codes.SCHOOL], code="H13.101.99", on=clock.today(), actor=SYSTEM)
    before = Agency.objects.count()
    again = seed_places()
    assert Agency.objects.count() == before
    assert again[codes.SCHOOL].code == "H13.101.99"
    assert len(seed_people(again).employees) == len(EMPLOYEES)
