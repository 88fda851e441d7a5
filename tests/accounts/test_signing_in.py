"""Who gets in by which name, and what everybody else is told."""

import re
import unicodedata
from typing import Literal

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from portal.accounts import services
from portal.accounts.models import User
from portal.core.errors import Conflict
from tests.accounts.conftest import sign_in
from tests.factories.people import PASSWORD, SYSTEM, make_user

pytestmark = pytest.mark.django_db

Form = Literal["NFC", "NFD"]

NATIONAL_ID = "037090001234"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture
def declared() -> User:
    """Has typed a national ID that nobody has checked."""
    user = make_user("lan", email="lan@dan.example")
    services.verify_identity(user, national_id=NATIONAL_ID, actor=SYSTEM)
    return services.withdraw_identity(user, reason="nhầm người", actor=SYSTEM)


@pytest.fixture
def verified() -> User:
    return make_user("mai", email="mai@dan.example", national_id=NATIONAL_ID)


@pytest.mark.parametrize(
    ("login", "works"),
    [
        ("mai", True),
        ("MAI", True),
        (" mai ", True),
        ("mai@dan.example", True),
        ("Mai@Dan.Example", True),
        (NATIONAL_ID, True),
        ("037 090 001 234", True),
        ("037090001235", False),
        ("maii", False),
        ("mai@dan", False),
        ("%", False),
        ("", False),
    ],
)
def test_a_verified_person_signs_in_by_three_names(
    client: Client, verified: User, login: str, works: bool
) -> None:
    assert (sign_in(client, login) == 302) is works


@pytest.mark.parametrize(("login", "works"), [("lan", True), ("lan@dan.example", True), (NATIONAL_ID, False)])
def test_a_number_that_was_only_typed_does_not_sign_in(
    client: Client, declared: User, login: str, works: bool
) -> None:
    assert (sign_in(client, login) == 302) is works


def test_one_national_id_verifies_one_account(verified: User) -> None:
    other = make_user()
    with pytest.raises(Conflict, match="national_id_taken"):
        services.verify_identity(other, national_id=NATIONAL_ID, actor=SYSTEM)


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_both_normal_forms_of_a_password_are_one_password(client: Client, stored: Form, typed: Form) -> None:
    password = "mật khẩu rất dễ nhớ"
    user = make_user(password=unicodedata.normalize(stored, password))
    assert user.check_password(unicodedata.normalize(typed, password))
    assert sign_in(client, user, unicodedata.normalize(typed, password)) == 302


def _refusal(client: Client, login: str, password: str) -> tuple[int, str]:
    answer = client.post("/accounts/login/", {"login": login, "password": password})
    body = answer.content.decode()
    without_token = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)
    return answer.status_code, without_token.replace(f'value="{login}"', "")


@pytest.mark.parametrize("login", ["mai", "mai@dan.example", NATIONAL_ID, "nguoikhoa"])
def test_wrong_and_unknown_read_the_same(client: Client, verified: User, login: str) -> None:
    services.set_active(make_user("nguoikhoa"), active=False, actor=SYSTEM)
    unknown = _refusal(client, "khong-co-ai", "sai mật khẩu")
    assert _refusal(client, login, "sai mật khẩu") == unknown
    assert WRONG in unknown[1]


def test_a_switched_off_account_is_told_nothing_else(client: Client) -> None:
    services.set_active(make_user("nguoikhoa"), active=False, actor=SYSTEM)
    assert _refusal(client, "nguoikhoa", PASSWORD) == _refusal(client, "khong-co-ai", PASSWORD)


@pytest.mark.parametrize("login", ["mai", "mai@dan.example", NATIONAL_ID, "khong-co-ai", "khong@co.ai"])
def test_every_attempt_hashes_one_password(
    client: Client, verified: User, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    sign_in(client, login, "sai mật khẩu")
    assert hashed == ["sai mật khẩu"]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_sign_in_leads_nowhere_outside(client: Client, verified: User, target: str) -> None:
    answer = client.post("/accounts/login/", {"login": "mai", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_sign_in_leads_back_to_the_page(client: Client, verified: User) -> None:
    answer = client.post(
        "/accounts/login/", {"login": "mai", "password": PASSWORD, "next": "/accounts/profile/?a=1"}
    )
    assert answer["Location"] == "/accounts/profile/?a=1"


def test_the_session_id_changes_at_sign_in(client: Client, verified: User) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    before = session.session_key
    assert sign_in(client, verified) == 302
    assert client.cookies["sessionid"].value != before


def test_signing_out_ends_the_session(client: Client, verified: User) -> None:
    sign_in(client, verified)
    old = client.cookies["sessionid"].value
    assert client.post("/accounts/logout/").status_code == 302
    client.cookies["sessionid"] = old
    assert client.get("/accounts/profile/").status_code == 302


def test_a_new_password_ends_the_other_sessions(client: Client, verified: User) -> None:
    other = Client()
    sign_in(other, verified)
    sign_in(client, verified)
    fields = {"oldpassword": PASSWORD, "password1": "bến nước cây đa"}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert client.get("/accounts/profile/").status_code == 200
    assert other.get("/accounts/profile/").status_code == 302


def test_the_sign_in_button_is_the_last_on_the_page(client: Client) -> None:
    body = client.get("/accounts/login/").content.decode()
    form = body.rindex('action="/accounts/login/"')
    assert body.rindex('type="submit"') > form
    assert body.count("</form>", form) == 1
    assert {'name="login"', 'name="password"'} <= set(re.findall(r'name="(?:login|password)"', body))


def test_an_endless_password_costs_no_hashing(client: Client, verified: User) -> None:
    assert sign_in(client, verified, "x" * 100_000) == 200
