"""Under which membership somebody acts, and that a revoked right ends at the next request."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts import services
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.accounts.requests import get_actor
from portal.core import clock
from tests.factories.people import SYSTEM, Officer, Places, make_officer, make_user

pytestmark = pytest.mark.django_db


def acting(client: Client, **headers: str) -> str:
    """Who the API says acts: a membership id, `citizen`, or the status of the refusal."""
    answer = client.get("/api/v1/me", headers=headers)
    return str(answer.json()["acting"]) if answer.status_code == 200 else str(answer.status_code)


def in_session(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_without_a_choice_the_only_membership_counts(places: Places) -> None:
    officer = make_officer(agency=places.commune)
    assert acting(in_session(officer.user)) == str(officer.membership.pk)


def test_without_a_choice_among_two_one_acts_for_oneself(places: Places) -> None:
    officer = make_officer(agency=places.commune)
    make_officer(agency=places.other_commune, user=officer.user)
    assert acting(in_session(officer.user)) == "citizen"


def test_the_header_page_switches_the_workplace(places: Places) -> None:
    here = make_officer(agency=places.commune)
    there = make_officer(agency=places.other_commune, user=here.user)
    client = in_session(here.user)
    before = client.cookies["sessionid"].value
    assert client.post("/accounts/acting/", {"membership": there.membership.pk}).status_code == 302
    assert client.cookies["sessionid"].value != before
    assert acting(client) == str(there.membership.pk)
    client.post("/accounts/acting/", {"membership": "citizen"})
    assert acting(client) == "citizen"


def test_nobody_works_under_the_membership_of_another(places: Places) -> None:
    officer, stranger = make_officer(agency=places.commune), make_officer(agency=places.other_commune)
    client = in_session(officer.user)
    assert client.post("/accounts/acting/", {"membership": stranger.membership.pk}).status_code == 403
    assert acting(client, **{"X-Acting": str(stranger.membership.pk)}) == "403"
    assert acting(client, **{"X-Acting": "0"}) == "403"


def test_x_acting_chooses_for_one_call_of_the_api(places: Places) -> None:
    here = make_officer(agency=places.commune)
    there = make_officer(agency=places.other_commune, user=here.user)
    client = in_session(here.user)
    for membership in (here.membership, there.membership):
        assert acting(client, **{"X-Acting": str(membership.pk)}) == str(membership.pk)
    assert acting(client, **{"X-Acting": "citizen"}) == "citizen"


REVOCATIONS: dict[str, Callable[[Officer], object]] = {
    "membership revoked": lambda officer: services.revoke_membership(officer.membership, actor=SYSTEM),
    "account switched off": lambda officer: services.set_active(officer.user, active=False, actor=SYSTEM),
    "agency closed": lambda officer: services.close_agency(
        officer.agency, last_day=clock.today() - timedelta(days=1), actor=SYSTEM
    ),
}


@pytest.mark.parametrize(
    ("what", "left"),
    [("membership revoked", "citizen"), ("account switched off", "401"), ("agency closed", "citizen")],
)
def test_a_lost_right_is_gone_at_the_next_request(places: Places, what: str, left: str) -> None:
    officer = make_officer(agency=places.commune)
    client = in_session(officer.user)
    assert acting(client) == str(officer.membership.pk)
    REVOCATIONS[what](officer)
    assert acting(client) == left


def test_changed_roles_hold_from_the_next_request(places: Places) -> None:
    officer = make_officer(Role.RECEPTION, agency=places.commune)
    client = in_session(officer.user)
    services.change_membership(
        officer.membership, roles=[Role.APPROVER], title="Chủ tịch", signs_for="KT.", actor=SYSTEM
    )
    assert client.get("/api/v1/me").json()["memberships"][0]["roles"] == ["approver"]


@pytest.mark.parametrize(
    ("unit", "status"), [("commune", 302), ("province", 302), ("department", 302), ("elsewhere", 403)]
)
def test_a_leader_looks_at_units_below_only(places: Places, unit: str, status: int) -> None:
    leader = make_officer(Role.LEADER, Role.APPROVER, agency=places.province)
    agency = make_officer().agency if unit == "elsewhere" else getattr(places, unit)
    client = in_session(leader.user)
    choice = {"membership": leader.membership.pk, "scope": agency.pk}
    answer = client.post("/accounts/acting/", choice)
    assert answer.status_code == status
    if status == 302:
        actor = get_actor(client.get("/accounts/acting/").wsgi_request)
        assert (actor.agency_id, actor.scope_agency_id) == (places.province.pk, agency.pk)
        assert actor.is_read_only is (unit != "province")
        assert actor.roles == ({"leader"} if unit != "province" else {"leader", "approver"})


def test_only_leaders_look_below(places: Places) -> None:
    approver = make_officer(Role.APPROVER, agency=places.province)
    client = in_session(approver.user)
    choice = {"membership": approver.membership.pk, "scope": places.commune.pk}
    assert client.post("/accounts/acting/", choice).status_code == 403


def test_the_page_offers_every_workplace(places: Places) -> None:
    officer = make_officer(agency=places.commune)
    make_officer(agency=places.other_commune, user=officer.user)
    body = in_session(officer.user).get("/accounts/acting/").content.decode()
    assert places.commune.name in body
    assert places.other_commune.name in body


def test_who_acts_costs_a_fixed_number_of_queries(
    places: Places, django_assert_num_queries: Callable[[int], object]
) -> None:
    officer = make_officer(agency=places.commune)
    client = in_session(officer.user)
    client.get("/api/v1/me")
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        client.get("/api/v1/me")


def test_a_visitor_of_the_api_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer


def test_me_names_the_caller(places: Places) -> None:
    officer = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=places.commune)
    assert in_session(officer.user).get("/api/v1/me").json() == {
        "username": officer.user.username,
        "identity_level": 1,
        "acting": str(officer.membership.pk),
        "memberships": [
            {
                "id": officer.membership.pk,
                "agency": {"code": places.commune.code, "name": places.commune.name},
                "roles": ["reception", "desk_head"],
            }
        ],
    }


def test_a_citizen_has_no_membership(client: Client) -> None:
    assert acting(in_session(make_user())) == "citizen"
