"""What is prepared before the web part's processes exist: what it visits, and that nothing of it stops the start."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from portal import gunicorn_conf
from portal.core import warming
from portal.core.handler import PortalHandler
from portal.core.registry import Registry
from procedures.warming import warm_catalogue


class _Server:
    """What gunicorn hands to its hooks."""

    def __init__(self, callable_: object) -> None:
        self.app = self
        self.callable = callable_


@pytest.fixture
def handler() -> PortalHandler:
    made = PortalHandler()
    made.load_middleware()
    return made


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What it did to this process at the end."""
    done: list[str] = []
    monkeypatch.setattr(connections, "close_all", lambda: done.append("close"))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    return done


@pytest.fixture
def warmers(monkeypatch: pytest.MonkeyPatch) -> Registry[Any]:
    registry: Registry[Any] = Registry("warmers")
    monkeypatch.setattr(warming, "warmers", registry)
    return registry


def test_without_a_database_the_start_goes_on(
    handler: PortalHandler,
    django_db_blocker: DjangoDbBlocker,
    done: list[str],
    warmers: Registry[Any],
) -> None:
    warmers.register("procedures", warm_catalogue)
    with django_db_blocker.block():
        gunicorn_conf.when_ready(_Server(handler))
    assert done == ["close", "freeze"]


def test_pages_are_visited_as_by_a_visitor_and_none_stops_the_next(
    handler: PortalHandler, warmers: Registry[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def get_response(request: object) -> object:
        seen.append((request.path, request.GET.dict(), request.is_secure(), dict(request.COOKIES)))  # type: ignore[attr-defined]
        return type("Answer", (), {"status_code": 500 if len(seen) == 1 else 200})()

    def warm() -> Iterator[str]:
        yield "/one/"
        yield "/two/?q=a+b"

    def fail() -> Iterator[str]:
        yield "/zero/"
        raise OSError

    monkeypatch.setattr(handler, "get_response", get_response)
    warmers.register("a", fail)
    warmers.register("b", warm)
    handler.warm_up()
    assert [path for path, *_rest in seen] == ["/zero/", "/one/", "/two/"]
    assert seen[-1][1:] == ({"q": "a b"}, True, {})


def test_a_server_of_something_else_is_left_alone(done: list[str]) -> None:
    gunicorn_conf.when_ready(_Server(None))
    assert done == []
