"""Accounts made and passwords reset by code, telling nobody who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.conftest import sign_in
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

SIGN_UP = {"full_name": "Đỗ Thị Hương", "email": "huong@dan.example", "password1": "cây đa bến nước"}


def _code() -> str:
    found = re.search(r"^([0-9]{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def _body(answer: object) -> str:
    body: str = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


def test_an_account_is_confirmed_by_the_code_in_the_letter(client: Client) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert client.get("/accounts/profile/").status_code == 302
    answer = client.post("/accounts/confirm-email/", {"action": "verify", "code": _code()})
    assert answer.status_code == 302
    assert client.get("/accounts/profile/").status_code == 200
    user = User.objects.get(email="huong@dan.example")
    assert (user.full_name, user.identity_level) == ("Đỗ Thị Hương", 1)


def test_an_unconfirmed_account_gets_a_new_code_at_sign_in(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    later = Client()
    answer = later.post("/accounts/login/", {"login": "huong@dan.example", "password": SIGN_UP["password1"]})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert later.post("/accounts/confirm-email/", {"action": "verify", "code": _code()}).status_code == 302
    assert later.get("/accounts/profile/").status_code == 200


def test_a_wrong_code_works_neither_once_nor_four_times(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    right = _code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post("/accounts/confirm-email/", {"action": "verify", "code": wrong})
    client.post("/accounts/confirm-email/", {"action": "verify", "code": right})
    assert client.get("/accounts/profile/").status_code == 302


def test_a_code_is_sent_again_on_request(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert len(mail.outbox) == 2
    client.post("/accounts/confirm-email/", {"action": "verify", "code": _code()})
    assert client.get("/accounts/profile/").status_code == 200


def test_signing_up_with_a_known_address_looks_the_same() -> None:
    make_user("huong", email="huong@dan.example")
    known, unknown = Client(), Client()
    answers = []
    for client, email in ((known, "huong@dan.example"), (unknown, "hoa@dan.example")):
        first = client.post("/accounts/signup/", SIGN_UP | {"email": email})
        page = client.get("/accounts/confirm-email/")
        answers.append(
            (first.status_code, first["Location"], page.status_code, _body(page).replace(email, "<email>"))
        )
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["huong@dan.example"], ["hoa@dan.example"]]
    assert User.objects.filter(email="huong@dan.example").count() == 1


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("ngắn", "quá ngắn"),
        ("password", "quá phổ biến"),
        ("84736251947", "hoàn toàn là số"),
        ("huong@dan.example", "quá giống"),
        ("x" * 1025, "1024"),
    ],
)
def test_weak_passwords_are_refused(client: Client, password: str, fault: str) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP | {"password1": password})
    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert not User.objects.exists()


def test_a_forgotten_password_is_replaced_by_code(client: Client) -> None:
    user = make_user("huong", email="huong@dan.example")
    elsewhere = Client()
    sign_in(elsewhere, user)
    assert client.post("/accounts/password/reset/", {"email": "huong@dan.example"}).status_code == 302
    assert client.post("/accounts/password/reset/confirm/", {"code": _code()}).status_code == 302
    fields = {"password1": "cây đa bến nước"}
    assert client.post("/accounts/password/reset/complete/", fields).status_code == 302
    assert client.get("/accounts/password/reset/done/").status_code == 200
    assert sign_in(client, user, "cây đa bến nước") == 302
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert "vừa được đặt lại" in str(mail.outbox[-1].body)


def test_asking_for_a_code_tells_nobody_who_has_an_account() -> None:
    make_user("huong", email="huong@dan.example")
    answers = []
    for email in ("huong@dan.example", "hoa@dan.example"):
        client = Client()
        first = client.post("/accounts/password/reset/", {"email": email})
        page = client.get("/accounts/password/reset/confirm/")
        wrong = client.post("/accounts/password/reset/confirm/", {"code": "abc"})
        answers.append(
            (
                first.status_code,
                first["Location"],
                _body(page).replace(email, "<email>"),
                _body(wrong).replace(email, "<email>"),
            )
        )
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ],
)
def test_the_pages_read_vietnamese(client: Client, path: str) -> None:
    body = client.get(path).content.decode()
    for english in ("Password", "Email", "Sign", "Login", "Username", "Forgot"):
        assert f">{english}" not in body
