"""The pages of contracts: for site admins, keeping what was typed and never showing a secret."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from payments.models import GatewayAccount
from portal.accounts.choices import Role
from portal.accounts.models import Agency
from tests.factories.people import make_agency, make_officer, make_verified_user
from tests.payments.owed import browser_of

pytestmark = pytest.mark.django_db
SECRET = "S" * 32
INDEX = "/payments/accounts/"
ADD = "/payments/accounts/add/vnpay/"


@pytest.fixture
def agency() -> Agency:
    return make_agency(name="Ủy ban nhân dân phường Minh Họa")


@pytest.fixture
def admin(agency: Agency) -> Client:
    return browser_of(make_officer(Role.SITE_ADMIN, agency=agency))


def _typed(place: Agency | None, **changes: str) -> dict[str, Any]:
    return {
        "agency": str(place.pk) if place else "",
        "tmn_code": "MOTCUA01",
        "hash_secret_password": SECRET,
        "hash_secret_password_again": SECRET,
        **changes,
    }


def _add(admin: Client, agency: Agency) -> GatewayAccount:
    assert admin.post(ADD, _typed(agency)).status_code == 302
    return GatewayAccount.objects.get()


def test_an_admin_adds_a_contract_and_sees_it_in_the_list(admin: Client, agency: Agency) -> None:
    assert "Chưa có hợp đồng nào" in admin.get(INDEX).content.decode()
    answer = admin.post(ADD, _typed(agency), follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(INDEX, 302)]
    assert "Đã thêm hợp đồng của Ủy ban nhân dân phường Minh Họa." in html
    assert "MOTCUA01" in html
    assert SECRET not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"agency": ""}, "Hãy chọn cơ quan."),
        ({"agency": "99999999"}, "Hãy chọn cơ quan."),
        ({"agency": "9" * 30}, "Hãy chọn cơ quan."),
        ({"agency": "x"}, "Hãy chọn cơ quan."),
        ({"tmn_code": ""}, "Hãy điền mục này."),
        ({"tmn_code": "abc"}, "đúng 8 chữ in hoa và số"),
        ({"hash_secret_password": "", "hash_secret_password_again": ""}, "Hãy điền mục này."),
        ({"hash_secret_password_again": "T" * 32}, "Hai lần gõ khác nhau"),
        ({"tmn_code": "x" * 201}, "dài quá 200 chữ"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    admin: Client, agency: Agency, changes: dict[str, str], words: str
) -> None:
    typed = _typed(agency, **changes)
    answer = admin.post(ADD, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "Lỗi:" in html
    assert f'value="{typed["tmn_code"]}"' in html or not typed["tmn_code"]
    assert SECRET not in html
    assert not GatewayAccount.objects.exists()


def test_everything_wrong_is_said_at_once(admin: Client) -> None:
    html = admin.post(ADD, {}).content.decode()
    assert "Hãy chọn cơ quan." in html
    assert html.count("Hãy điền mục này.") == 4  # two fields, each beside it and in the summary


def test_a_second_contract_of_an_agency_is_refused_in_the_form(admin: Client, agency: Agency) -> None:
    _add(admin, agency)
    answer = admin.post(ADD, _typed(agency, tmn_code="MOTCUA02"))
    assert answer.status_code == 422
    assert "đang có hợp đồng với cổng này" in answer.content.decode()


def test_an_admin_gives_a_new_secret(admin: Client, agency: Agency) -> None:
    account = _add(admin, agency)
    page = reverse("payments:account", args=[account.pk])
    html = admin.get(page).content.decode()
    assert SECRET not in html
    assert "Để trống thì giữ chuỗi đang dùng." in html
    new = {"hash_secret_password": "N" * 32, "hash_secret_password_again": "N" * 32, "row_version": "1"}
    assert admin.post(page, _typed(None, **new)).status_code == 302
    account.refresh_from_db()
    assert account.secrets == {"hash_secret": "N" * 32}


def test_an_old_page_is_a_conflict_that_keeps_what_was_typed(admin: Client, agency: Agency) -> None:
    account = _add(admin, agency)
    page = reverse("payments:account", args=[account.pk])
    for expected in (302, 409):
        answer = admin.post(page, _typed(None, row_version="1"))
        assert answer.status_code == expected
    html = answer.content.decode()
    assert "MOTCUA01" in html
    assert SECRET not in html
    assert admin.post(f"{page}switch/", {"row_version": "1", "is_active": "0"}).status_code == 409
    assert admin.post(f"{page}switch/", {"row_version": "x" * 30, "is_active": "0"}).status_code == 409


def test_what_names_the_merchant_never_changes(admin: Client, agency: Agency) -> None:
    account = _add(admin, agency)
    page = reverse("payments:account", args=[account.pk])
    answer = admin.post(page, _typed(None, row_version="1", tmn_code="MOTCUA02"))
    assert answer.status_code == 422
    assert "Hãy tắt hợp đồng này và thêm hợp đồng mới." in answer.content.decode()


def test_a_contract_is_switched_off_and_on_again(admin: Client, agency: Agency) -> None:
    account = _add(admin, agency)
    page = reverse("payments:account_switch", args=[account.pk])
    assert "Tắt hợp đồng này?" in admin.get(page).content.decode()
    for is_active in ("0", "1"):
        account.refresh_from_db()
        sent = {"row_version": str(account.row_version), "is_active": is_active}
        assert admin.post(page, sent).status_code == 302
        assert GatewayAccount.objects.get().is_active == (is_active == "1")


@pytest.mark.parametrize("path", [INDEX, ADD, "{page}", "{page}switch/"])
def test_nobody_else_sees_or_does_anything(admin: Client, agency: Agency, path: str) -> None:
    account = _add(admin, agency)
    address = path.format(page=reverse("payments:account", args=[account.pk]))
    others = [
        browser_of(make_officer(*(role for role in Role if role != Role.SITE_ADMIN), agency=agency)),
        browser_of(make_verified_user()),
    ]
    for browser in others:
        assert browser.get(address).status_code == 403
        assert browser.post(address, _typed(agency)).status_code in (403, 405)
    assert Client().get(address).headers["Location"].startswith("/accounts/login/")
    assert GatewayAccount.objects.get().row_version == 1


def test_what_is_not_there_is_not_found(admin: Client) -> None:
    for path in ("/payments/accounts/add/momo/", f"/payments/accounts/{uuid4()}/"):
        assert admin.get(path).status_code == 404
