"""The tree of agencies, its codes through mergers, and who works there."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from portal.accounts import selectors, services
from portal.accounts.choices import AgencyKind, Role
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from tests.factories.people import SYSTEM, Places, make_actor, make_agency, make_officer, make_user

pytestmark = pytest.mark.django_db

YESTERDAY = clock.today() - timedelta(days=1)


def test_the_path_leads_from_the_root(places: Places) -> None:
    assert places.commune.path == f"/{places.province.pk}/{places.commune.pk}/"
    assert selectors.list_agencies(under=places.province)[0] == places.province
    assert places.commune in selectors.list_agencies(under=places.province)


def test_a_moved_agency_takes_its_units_along(places: Places) -> None:
    team = make_agency(name="Công an xã", kind=AgencyKind.POLICE, parent=places.commune)
    commune = services.change_agency(
        places.commune,
        name=places.commune.name,
        kind=places.commune.kind,
        parent=places.other_commune,
        calendar=places.commune.calendar,
        address="",
        phone="",
        actor=SYSTEM,
    )
    team.refresh_from_db()
    assert commune.path == f"{places.other_commune.path}{commune.pk}/"
    assert team.path == f"{commune.path}{team.pk}/"


def test_no_agency_lies_below_itself(places: Places) -> None:
    with pytest.raises(RuleViolation, match="agency_below_itself"):
        services.change_agency(
            places.province,
            name="x",
            kind=places.province.kind,
            parent=places.commune,
            calendar=places.province.calendar,
            address="",
            phone="",
            actor=SYSTEM,
        )


def test_merged_codes_lead_to_the_agency_that_took_over(places: Places) -> None:
    old, other = places.commune, places.other_commune
    for agency in (old, other):
        services.close_agency(agency, last_day=YESTERDAY, actor=SYSTEM)
    merged = make_agency(
        name="Ủy ban nhân dân xã Mây Sông", parent=places.province, predecessors=(old, other)
    )
    for code in (old.code, other.code, merged.code):
        assert selectors.get_agency_now(code) == merged
    assert selectors.get_agency(old.code) == old
    assert old not in selectors.list_agencies()


def test_a_split_agency_has_no_single_successor(places: Places) -> None:
    services.close_agency(places.commune, last_day=YESTERDAY, actor=SYSTEM)
    for _ in range(2):
        make_agency(predecessors=(places.commune,))
    with pytest.raises(NotFound, match="agency_closed"):
        selectors.get_agency_now(places.commune.code)


def test_an_old_code_stays_valid_and_belongs_to_nobody_else(places: Places) -> None:
    old_code = places.commune.code
    services.change_agency_code(places.commune, code="H99.NEW", on=clock.today(), actor=SYSTEM)
    assert selectors.get_agency(old_code) == selectors.get_agency("H99.NEW") == places.commune
    with pytest.raises(Conflict, match="agency_code_taken"):
        make_agency(old_code)
    with pytest.raises(NotFound):
        selectors.get_agency("H99.NIE")


def test_agencies_are_listed_by_kind_or_code(places: Places) -> None:
    found = selectors.list_agencies(kinds=["department"], codes=[places.commune.code], under=places.province)
    assert set(found) == {places.department, places.commune}


def test_officers_are_found_by_role(places: Places) -> None:
    reception = make_officer(Role.RECEPTION, agency=places.commune)
    approver = make_officer(Role.APPROVER, Role.LEADER, agency=places.commune)
    gone = make_officer(Role.RECEPTION, agency=places.commune)
    services.revoke_membership(gone.membership, actor=SYSTEM)
    assert selectors.list_officers(places.commune.pk, Role.RECEPTION) == [reception.membership]
    assert set(selectors.list_officers(places.commune.pk)) == {reception.membership, approver.membership}


def test_grants_and_revocations_leave_a_trail(places: Places) -> None:
    admin = make_officer(Role.SITE_ADMIN, agency=places.province)
    person = make_user()
    membership = services.grant_membership(
        person, places.commune, roles=["approver", "reception"], actor=admin.actor
    )
    services.revoke_membership(membership, actor=admin.actor, reason="chuyển công tác")
    services.revoke_membership(membership, actor=admin.actor)
    trail = AuditEntry.objects.filter(subject=f"membership:{membership.pk}").order_by("pk")
    assert [entry.action for entry in trail] == ["membership.granted", "membership.revoked"]
    assert {entry.user_id for entry in trail} == {admin.user.pk}
    assert trail[0].detail["roles"] == ["reception", "approver"]


def test_identity_leaves_a_trail_without_the_number(places: Places) -> None:
    desk = make_officer(agency=places.commune)
    person = make_user()
    services.verify_identity(person, national_id="037090009999", actor=desk.actor)
    entry = AuditEntry.objects.get(action="identity.verified", subject=f"user:{person.pk}")
    assert entry.user_id == desk.user.pk
    assert "037090009999" not in str(entry.detail)


@pytest.mark.parametrize(
    ("roles", "may"), [([Role.RECEPTION], False), ([Role.LEADER], False), ([Role.SITE_ADMIN], True)]
)
def test_only_a_site_admin_grants_roles(places: Places, roles: list[Role], may: bool) -> None:
    officer = make_officer(*roles, agency=places.province)
    outcome = nullcontext() if may else pytest.raises(Forbidden, match="site_admin_only")
    with outcome:
        services.grant_membership(make_user(), places.commune, roles=["reception"], actor=officer.actor)


@pytest.mark.parametrize("roles", [[], ["boss"], ["reception", ""]])
def test_roles_come_from_the_list(places: Places, roles: list[str]) -> None:
    with pytest.raises(RuleViolation, match="roles_unknown"):
        services.grant_membership(make_user(), places.commune, roles=roles, actor=SYSTEM)


def test_nobody_grants_or_verifies_for_oneself(places: Places) -> None:
    admin = make_officer(Role.SITE_ADMIN, agency=places.province)
    with pytest.raises(Forbidden, match="own_account"):
        services.grant_membership(admin.user, places.commune, roles=["approver"], actor=admin.actor)
    with pytest.raises(Forbidden, match="own_account"):
        services.verify_identity(admin.user, national_id="037090001111", actor=admin.actor)


def test_a_second_open_membership_at_one_agency_is_refused(places: Places) -> None:
    officer = make_officer(agency=places.commune)
    with pytest.raises(Conflict, match="membership_exists"):
        make_officer(agency=places.commune, user=officer.user)
    services.revoke_membership(officer.membership, actor=SYSTEM)
    make_officer(agency=places.commune, user=officer.user)


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("037090001234", True),
        ("037 090 001 234", True),
        ("001399999999", True),
        ("123456789", False),
        ("03709000123a", False),
        ("٠٣٧٠٩٠٠٠١٢٣٤", False),
        ("", False),
    ],
)
def test_only_the_shape_of_a_national_id_is_checked(number: str, ok: bool) -> None:
    person = make_user()
    with nullcontext() if ok else pytest.raises(RuleViolation, match="national_id_shape"):
        services.verify_identity(person, national_id=number, birth_date=date(1990, 5, 1), actor=SYSTEM)
    assert (selectors.find_verified_user(number.replace(" ", "")) == person) is ok


def test_a_citizen_verifies_nobody() -> None:
    with pytest.raises(Forbidden):
        services.verify_identity(make_user(), national_id="037090001234", actor=make_actor(make_user()))


def test_an_actor_carries_the_index_of_a_verified_identity_only() -> None:
    person = make_user(national_id="037090001234")
    assert make_actor(person).identity_index is not None
    services.withdraw_identity(person, reason="nhầm", actor=SYSTEM)
    person.refresh_from_db()
    assert make_actor(person).identity_index is None
