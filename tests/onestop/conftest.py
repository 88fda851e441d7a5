"""One commune at work, and a browser for each of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.choices import Role
from portal.accounts.models import User
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import Officer, make_officer

SignIn = Callable[[Officer | User], Client]


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def leader(desk: Desk) -> Officer:
    return make_officer(Role.LEADER, agency=desk.agency, full_name="Nguyễn Văn Lãnh")


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(person: Officer | User) -> Client:
        client = Client()
        client.force_login(person.user if isinstance(person, Officer) else person)
        return client

    return signed_in
