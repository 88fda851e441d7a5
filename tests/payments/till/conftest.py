"""The till's tests stand on the addresses of payments alone."""

import pytest
from pytest_django import Settings

from tests.payments.owed import Desk, make_desk


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.payments.urls"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()
