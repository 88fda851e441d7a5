"""Fast hashing and the people most tests here need."""

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from tests.factories.people import PASSWORD, Places, make_places


@pytest.fixture(autouse=True)
def _fast_hashing(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def places(db: None) -> Places:
    return make_places()


def sign_in(client: Client, login: str | User, password: str = PASSWORD, **extra: str) -> int:
    """Send the sign-in form; the status of the answer (302 when it worked)."""
    name = login.username if isinstance(login, User) else login
    return client.post("/accounts/login/", {"login": name, "password": password, **extra}).status_code
