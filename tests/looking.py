"""What browser tests of pages share: signing in, and judging how a page looks."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal.accounts.models import User
from tests.browser import AXE_RULES
from tests.factories.people import PASSWORD

SCREENS = os.environ.get("SCREENS", "")
"""A folder for pictures."""
WIDTHS = (360, 1280)


def sign_in(page: Page, site: str, user: User, path: str) -> None:
    """As this person, at this page of the site."""
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/?next={path}")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)


def find_faults(page: Page, name: str) -> str:
    """What axe finds, or that the page scrolls sideways, at the width it has; nothing: an empty text."""
    found = Axe().run(page, options=AXE_RULES)
    faults = f"{name}: {found.generate_report()}" if found.violations_count else ""
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults += f"{name} scrolls sideways"
    if SCREENS:
        page.screenshot(path=Path(SCREENS) / f"{name}.png", full_page=True)
    return faults


def look(page: Page, name: str) -> None:
    """The page as it stands has no fault, on a phone and on a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults = find_faults(page, f"{name}-{width}")
        assert not faults, faults
