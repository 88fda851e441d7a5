"""A desk with two people who decide about refunds, and money that came in."""

import pytest
from pytest_django import Settings

from tests.payments.refunds.moneyback import Counter, Moneyback, make_counter, make_online


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.payments.urls"


@pytest.fixture
def counter(db: None) -> Counter:
    return make_counter()


@pytest.fixture
def online(db: None) -> Moneyback:
    return make_online()
