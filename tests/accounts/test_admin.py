"""The administration site: what is in it, who may enter, and that it writes through the services."""

import pytest
from django.test import Client

from portal.accounts import selectors
from portal.accounts.admin import admin_site
from portal.accounts.choices import Role
from portal.accounts.models import Agency, CalendarDay, Membership, User
from portal.audit.models import AuditEntry
from tests.factories.people import Places, make_officer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]

PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/agency/",
    "/admin/accounts/agency/add/",
    "/admin/accounts/membership/",
    "/admin/accounts/membership/add/",
    "/admin/accounts/calendarday/",
    "/admin/accounts/calendarday/add/",
]


@pytest.fixture
def admin(places: Places) -> Client:
    client = Client()
    client.force_login(make_officer(Role.SITE_ADMIN, agency=places.province).user)
    return client


def test_it_holds_exactly_these() -> None:
    own = {model for model in admin_site._registry if model._meta.app_label == "accounts"}
    assert own == {User, Agency, Membership, CalendarDay}
    others = {model.__name__ for model in admin_site._registry} - {model.__name__ for model in own}
    assert others <= {"Phrase"}


@pytest.mark.parametrize("path", PAGES)
def test_site_admins_enter(admin: Client, path: str) -> None:
    assert admin.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("roles", [(), (Role.LEADER,), (Role.CATALOGUE_ADMIN,)])
def test_others_stay_outside(places: Places, path: str, roles: tuple[Role, ...]) -> None:
    client = Client()
    client.force_login(make_officer(*roles, agency=places.commune).user if roles else make_user())
    assert client.get(path, follow=True).status_code == 403


def test_a_superuser_flag_opens_nothing() -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get("/admin/", follow=True).status_code == 403


def test_visitors_sign_in_on_our_page(client: Client) -> None:
    answer = client.get("/admin/accounts/user/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"


def test_no_password_is_shown_or_set(admin: Client) -> None:
    user = make_user()
    body = admin.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert 'name="password' not in body
    assert user.password not in body
    assert admin.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_an_account_is_made_without_a_password(admin: Client) -> None:
    fields = {
        "username": "canbo9",
        "full_name": "Phạm Văn Chín",
        "email": "chin@tinh.example",
        "language": "vi",
    }
    assert admin.post("/admin/accounts/user/add/", fields).status_code == 302
    user = User.objects.get(username="canbo9")
    assert not user.has_usable_password()
    assert AuditEntry.objects.filter(action="user.created", subject=f"user:{user.pk}").exists()


def test_a_role_is_granted_changed_and_ended(admin: Client, places: Places) -> None:
    user = make_user()
    fields = {
        "user": user.pk,
        "agency": places.commune.pk,
        "roles": ["reception"],
        "title": "",
        "signs_for": "",
    }
    assert admin.post("/admin/accounts/membership/add/", fields).status_code == 302
    membership = Membership.objects.get(user=user)
    change = f"/admin/accounts/membership/{membership.pk}/change/"
    assert (
        admin.post(
            change, {"roles": ["reception", "approver"], "title": "Phó", "signs_for": "KT."}
        ).status_code
        == 302
    )
    membership.refresh_from_db()
    assert (membership.roles, membership.signs_for) == (["reception", "approver"], "KT.")
    admin.post("/admin/accounts/membership/", {"action": "end", "_selected_action": [membership.pk]})
    assert not selectors.list_current_memberships(user.pk).exists()
    trail = AuditEntry.objects.filter(subject=f"membership:{membership.pk}")
    assert {entry.action for entry in trail} == {
        "membership.granted",
        "membership.changed",
        "membership.revoked",
    }


def test_a_refusal_is_said_on_the_page(admin: Client, places: Places) -> None:
    officer = make_officer(agency=places.commune)
    fields = {
        "user": officer.user.pk,
        "agency": places.commune.pk,
        "roles": ["approver"],
        "title": "",
        "signs_for": "",
    }
    body = admin.post("/admin/accounts/membership/add/", fields, follow=True).content.decode()
    assert "Người này đã có vai trò tại cơ quan này" in body


def test_an_agency_is_founded_and_renumbered(admin: Client, places: Places) -> None:
    fields = {
        "code": "H99.77",
        "name": "Ủy ban nhân dân xã Mới",
        "kind": "commune",
        "parent": places.province.pk,
        "calendar": places.province.calendar_id,
        "valid_from": "2026-01-01",
        "valid_until": "",
        "address": "",
        "phone": "",
        "predecessors": [places.commune.pk],
    }
    assert admin.post("/admin/accounts/agency/add/", fields).status_code == 302
    agency = selectors.get_agency("H99.77")
    assert agency.path == f"{places.province.path}{agency.pk}/"
    assert list(agency.predecessors.all()) == [places.commune]
    change = f"/admin/accounts/agency/{agency.pk}/change/"
    assert admin.post(change, fields | {"code": "H99.78"}).status_code == 302
    assert selectors.get_agency("H99.77") == selectors.get_agency("H99.78") == agency


def test_a_day_is_made_a_holiday_and_ordinary_again(admin: Client, places: Places) -> None:
    fields = {"calendar": places.commune.calendar_id, "day": "2026-03-03", "kind": "closed", "note": "Bão"}
    assert admin.post("/admin/accounts/calendarday/add/", fields).status_code == 302
    row = CalendarDay.objects.get(day="2026-03-03")
    assert not selectors.get_work_calendar(places.commune.pk).is_working_day(row.day)
    admin.post("/admin/accounts/calendarday/", {"action": "make_ordinary", "_selected_action": [row.pk]})
    assert selectors.get_work_calendar(places.commune.pk).is_working_day(row.day)
