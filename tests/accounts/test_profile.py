"""A person's own page."""

from typing import Any

import pytest
from django.test import Client

from portal.accounts import selectors
from portal.accounts.models import User
from tests.factories.people import make_user, make_verified_user

pytestmark = pytest.mark.django_db

CONTACT = {"full_name": "Nguyễn Thị Mây Mới", "phone": "0912 345 678", "address": "Thôn Hạ", "language": "vi"}


def test_contact_is_saved_sealed_and_found_by_phone(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    assert client.post("/accounts/profile/", CONTACT).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.address) == (
        "Nguyễn Thị Mây Mới",
        "0912345678",
        {"line": "Thôn Hạ"},
    )
    assert selectors.list_users_by_phone("0912345678") == [user]
    stored: Any = User.objects.values_list("phone", flat=True).get()
    assert b"0912345678" not in stored.blob


def test_a_verified_name_is_not_changed_by_its_holder(client: Client) -> None:
    user = make_verified_user()
    client.force_login(user)
    client.post("/accounts/profile/", CONTACT)
    user.refresh_from_db()
    assert user.full_name == "Trần Văn Sông"


@pytest.mark.parametrize("phone", ["12345", "0912345678901", "abc", "+1 202 555 0101"])
def test_a_wrong_phone_is_explained_at_the_field(client: Client, phone: str) -> None:
    client.force_login(make_user())
    answer = client.post("/accounts/profile/", CONTACT | {"phone": phone})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Số điện thoại có 10 hoặc 11 chữ số" in body
    assert "<title>Lỗi:" in body
    assert phone in body


@pytest.mark.parametrize(
    ("verified", "words"), [(False, "Đã xác nhận thư điện tử"), (True, "Đã xác minh danh tính")]
)
def test_the_identity_level_is_said_in_words(client: Client, verified: bool, words: str) -> None:
    client.force_login(make_verified_user() if verified else make_user())
    assert words in client.get("/accounts/profile/").content.decode()
