"""Every policy against every kind of caller."""

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from portal.accounts.choices import Role
from portal.core.policy import Policy
from tests.factories.people import Places, make_officer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]

CALLERS: dict[str, tuple[Role, ...] | None] = {
    "visitor": None,
    "citizen": (),
    "reception": (Role.RECEPTION,),
    "desk_head": (Role.DESK_HEAD,),
    "case_officer": (Role.CASE_OFFICER,),
    "leader": (Role.LEADER,),
    "catalogue_admin": (Role.CATALOGUE_ADMIN,),
    "site_admin": (Role.SITE_ADMIN,),
}
OFFICERS = {name for name, roles in CALLERS.items() if roles}
MATRIX = {
    "/t/public/": set(CALLERS),
    "/t/signed_in/": set(CALLERS) - {"visitor"},
    "/t/officer/": OFFICERS,
    "/t/reception/": {"reception", "desk_head"},
    "/t/site_admin/": {"site_admin"},
    "/t/catalogue_admin/": {"catalogue_admin"},
    "/api/t/reception": {"reception"},
    "/api/t/signed_in": set(CALLERS) - {"visitor"},
}


def make_client(caller: str, places: Places) -> Client:
    client = Client()
    roles = CALLERS[caller]
    if roles is not None:
        client.force_login(make_officer(*roles, agency=places.commune).user if roles else make_user())
    return client


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("path", MATRIX)
def test_who_may_call(places: Places, path: str, caller: str) -> None:
    refusal = {True: 401, False: 302}[path.startswith("/api/")] if caller == "visitor" else 403
    expected = 200 if caller in MATRIX[path] else refusal
    assert make_client(caller, places).get(path).status_code == expected


@pytest.mark.parametrize("path", [path for path in MATRIX if "officer" in path or "reception" in path])
def test_an_officer_acting_as_a_citizen_has_no_officers_rights(places: Places, path: str) -> None:
    client = make_client("reception", places)
    client.post("/accounts/acting/", {"membership": "citizen"})
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 403)])
def test_a_leader_only_reads_at_a_unit_below(places: Places, method: str, status: int) -> None:
    leader = make_officer(Role.LEADER, agency=places.province)
    client = Client()
    client.force_login(leader.user)
    choice = {"membership": leader.membership.pk, "scope": places.commune.pk}
    client.post("/accounts/acting/", choice)
    assert getattr(client, method)("/t/officer/").status_code == status


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/t/public/", Policy("public")),
        ("/t/signed_in/", Policy("signed_in")),
        ("/t/officer/", Policy("officer")),
        ("/t/reception/", Policy("officer", frozenset({"reception", "desk_head"}))),
        ("/t/site_admin/", Policy("site_admin", frozenset({"site_admin"}))),
        ("/api/t/reception", Policy("officer", frozenset({"reception"}))),
        ("/api/v1/me", Policy("signed_in")),
        ("/admin/", Policy("site_admin", frozenset({"site_admin"}))),
        ("/admin/login/", Policy("public")),
        ("/admin/accounts/user/", Policy("site_admin", frozenset({"site_admin"}))),
        ("/accounts/login/", Policy("public")),
        ("/accounts/profile/", Policy("signed_in")),
    ],
)
def test_every_view_states_its_policy(path: str, policy: Policy) -> None:
    view = resolve(path).func
    assert getattr(view, "policy", None) == policy


def test_a_class_of_the_api_states_its_policy() -> None:
    view: Any = resolve("/api/t/signed_in").func
    assert view.cls.policy == Policy("signed_in")


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client: Client) -> None:
    answer = client.get("/t/signed_in/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Ft%2Fsigned_in%2F"
    assert "Location" not in answer
