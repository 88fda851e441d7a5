"""The `page` fixture: Debian's Chromium through Playwright; whatever it complains about fails the test."""

import atexit
import os
import shutil
from collections.abc import Iterator
from functools import lru_cache

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one without windows first: the same engine, a quarter faster."""
OPTIONS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """Its path, or None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@lru_cache(maxsize=1)
def start_browser() -> Browser:
    """The one Chromium of this process, ended with it: Playwright allows one event loop in a thread."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium: apt-get install --no-install-recommends chromium, or use --no-browser")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    # Playwright keeps an event loop in this thread, and Django refuses the database beside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium.launch(executable_path=path, args=[*sandbox, *OPTIONS])


AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What every page is judged by; listing what passed would double the time."""


@pytest.fixture(scope="session")
def browser() -> Browser:
    return start_browser()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor in Vietnamese; the test fails on script errors and on any CSP line."""
    complaints: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            complaints.append(message.text)

    def note_error(error: Error) -> None:
        complaints.append(str(error))

    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    opened = context.new_page()
    opened.on("console", note_console)
    opened.on("pageerror", note_error)
    yield opened
    context.close()
    assert complaints == []
