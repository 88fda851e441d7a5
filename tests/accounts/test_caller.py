"""Who a session names: read by hand in one query, and the same as the ORM would read."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Model

from portal.accounts import caller, selectors
from portal.accounts.models import Agency, Membership, User
from portal.core import clock
from tests.factories.people import Officer, Places, make_officer, make_user, make_verified_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _set(model: type[Model], pk: object, **fields: object) -> None:
    model._base_manager.filter(pk=pk).update(**fields)


CHANGES: dict[str, tuple[Callable[[Officer], None], bool]] = {
    "as granted": (lambda officer: None, True),
    "ended": (lambda officer: _set(Membership, officer.membership.pk, until=clock.now()), False),
    "ends tomorrow": (lambda officer: _set(Membership, officer.membership.pk, until=clock.now() + DAY), True),
    "begins tomorrow": (
        lambda officer: _set(Membership, officer.membership.pk, since=clock.now() + DAY),
        False,
    ),
    "agency closed yesterday": (
        lambda officer: _set(Agency, officer.agency.pk, valid_until=clock.today() - DAY),
        False,
    ),
    "agency at work for the last day": (
        lambda officer: _set(Agency, officer.agency.pk, valid_until=clock.today()),
        True,
    ),
    "agency opens tomorrow": (
        lambda officer: _set(Agency, officer.agency.pk, valid_from=clock.today() + DAY),
        False,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_places_are_the_current_memberships(places: Places, name: str) -> None:
    change, is_current = CHANGES[name]
    officer = make_officer(agency=places.commune)
    other = make_officer(agency=places.other_commune, user=officer.user)
    change(officer)
    found = caller.find_caller(officer.user.pk)
    assert found is not None
    expected = [officer.membership, other.membership] if is_current else [other.membership]
    assert list(caller.places_of(found)) == expected
    assert list(selectors.list_current_memberships(officer.user.pk)) == expected


def test_what_is_read_is_what_the_orm_reads(places: Places) -> None:
    user = make_verified_user(full_name="Trần Văn Sông")
    officer = make_officer(agency=places.commune, user=user)
    found = caller.find_caller(user.pk)
    assert found is not None
    (place,) = caller.places_of(found)
    pairs: list[tuple[Model, Model]] = [
        (found, User.objects.get(pk=user.pk)),
        (place, Membership.objects.get(pk=officer.membership.pk)),
        (place.agency, Agency.objects.get(pk=places.commune.pk)),
    ]
    for read, known in pairs:
        for field in known._meta.concrete_fields:
            assert getattr(read, field.attname) == getattr(known, field.attname), field.name
    assert found.national_id == user.national_id


def test_a_citizen_has_no_places_and_a_stranger_is_nobody() -> None:
    found = caller.find_caller(make_user().pk)
    assert found is not None
    assert caller.places_of(found) == ()
    assert caller.find_caller(UUID(int=1)) is None


def test_places_of_a_person_read_elsewhere_are_asked_for(places: Places) -> None:
    officer = make_officer(agency=places.commune)
    assert caller.places_of(User.objects.get(pk=officer.user.pk)) == (officer.membership,)
