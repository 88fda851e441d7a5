"""The first person of a new installation."""

import pytest
from django.core.management import CommandError, call_command

from portal.accounts import selectors
from portal.accounts.choices import Role
from portal.accounts.models import Agency, User
from portal.accounts.services import load_calendars

pytestmark = pytest.mark.django_db


def create(username: str = "quantri1", **options: str) -> None:
    given = {"full_name": "Lê Minh", "email": "quantri1@cantho.example", "agency": "H13", **options}
    call_command("create_site_admin", username, **given)


def test_an_empty_installation_gets_its_province_and_its_administrator() -> None:
    load_calendars()

    create(agency_name="Ủy ban nhân dân thành phố Cần Thơ")

    user = User.objects.get(username="quantri1")
    (membership,) = selectors.list_current_memberships(user.pk)
    assert membership.agency.name == "Ủy ban nhân dân thành phố Cần Thơ"
    assert membership.roles == [Role.SITE_ADMIN]
    assert not user.has_usable_password()


def test_a_second_one_joins_the_agency_that_is_there() -> None:
    load_calendars()
    create(agency_name="Ủy ban nhân dân thành phố Cần Thơ")

    create("quantri2", email="quantri2@cantho.example")

    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "give --agency-name"),
        ({"agency_name": "UBND", "username": "quantri 1"}, "username: "),
        ({"agency_name": "UBND", "email": "no"}, "email: "),
    ],
)
def test_refusals_leave_no_account(options: dict[str, str], told: str) -> None:
    load_calendars()
    username = options.pop("username", "quantri1")

    with pytest.raises(CommandError, match=told):
        create(username, **options)

    assert not User.objects.exists()
    assert not Agency.objects.exists()
