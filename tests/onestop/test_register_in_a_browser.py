"""The register in a browser: readable narrow and wide, accessible, reached from the header."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import AXE_RULES
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def counter(page: Page, live_server: LiveServer) -> Desk:
    """A reception officer signed in, at the work list."""
    desk = make_desk()
    states.returned(desk)
    states.submitted(desk)
    page.goto(f"{live_server.url}/accounts/login/?next=/onestop/")
    page.fill("[name=login]", desk.reception.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    return desk


def judge(page: Page, name: str) -> None:
    """axe finds nothing and nothing scrolls sideways. Keeps a picture where SCREENS says so."""
    found = Axe().run(page, options=AXE_RULES)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.usefixtures("counter")
def test_the_register_is_readable_and_accessible(
    page: Page, live_server: LiveServer, settings: Settings
) -> None:
    page.get_by_role("link", name="Sổ theo dõi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sổ theo dõi hồ sơ")
    expect(page.locator("tbody tr")).to_have_count(2)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name, query in (
            ("register", ""),
            ("register-empty", "?when=1/1/2021"),
            ("register-error", "?when=x"),
        ):
            page.goto(f"{live_server.url}/onestop/register/{query}")
            judge(page, f"{name}-{width}")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    settings.TRAINING = True
    page.goto(f"{live_server.url}/onestop/register/")
    expect(page.locator(".ribbon--training")).to_be_visible()
    judge(page, "register-training")
    page.goto(f"{live_server.url}/")
    judge(page, "home-training")
