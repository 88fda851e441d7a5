"""What all tests share: the live processes, the browser, and the choice of what runs."""

import pytest

pytest_plugins = ["tests.stack", "tests.browser"]


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
