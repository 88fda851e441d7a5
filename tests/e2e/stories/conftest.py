"""One commune, one browser, and a clock that a story sets."""

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from portal.accounts.models import User
from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Person, Seat


@pytest.fixture
def clock(page: Page, live_server: LiveServer) -> Iterator[time_machine.Traveller]:
    """Nine o'clock on Monday, 2 March 2026, until the story moves it; the product's threads follow."""
    with time_machine.travel(at(2), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def seat(page: Page, live_server: LiveServer, clock: time_machine.Traveller) -> Seat:
    """Whoever sits down brings a new session: a story lasts days."""

    def sit_down(user: User | None) -> Person:
        page.context.clear_cookies()
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        return Person(page, live_server.url)

    return sit_down
