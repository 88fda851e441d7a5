"""What all tests share: the live processes, the browser, and the choice of what runs."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

pytest_plugins = ["tests.stack", "tests.browser", "tests.emptying", "tests.demo.seeded"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Nearly every test needs the working calendars; those that commit load them again."""
    from portal.accounts.services import load_calendars

    with django_db_blocker.unblock():
        load_calendars()


@pytest.fixture(autouse=True)
def _forget_between_tests() -> None:
    """What a process keeps in memory begins alike: no calendar is known, and no admin has written texts."""
    from portal.accounts.selectors import _read_work_calendar
    from portal.notifications.overrides import _kept

    _read_work_calendar.cache_clear()
    _kept._texts, _kept._token, _kept._looked_at = {}, None, float("inf")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-browser", action="store_true", help="leave out the tests that need Chromium")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):  # they share one, and some of them kill it
            item.add_marker(pytest.mark.xdist_group("stack"))
    if not config.getoption("--no-browser"):
        return
    skip = pytest.mark.skip(reason="--no-browser")
    for item in items:
        if item.get_closest_marker("browser") or "page" in getattr(item, "fixturenames", ()):
            item.add_marker(skip)
