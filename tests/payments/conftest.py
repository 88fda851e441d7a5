"""The addresses of payments alone, and the three people most tests need."""

import pytest
from pytest_django import Settings

from tests.payments.owed import Desk, Owed, make_desk, make_owed


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.payments.urls"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def owed(desk: Desk) -> Owed:
    return make_owed(desk)
