"""A session that cannot be stored: it ended meanwhile, or the database was away. Neither is the sender's mistake."""

from typing import Any, NoReturn

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from portal.accounts.sessions import SessionStore
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewing(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Of somebody whose session is renewed by every request."""
    monkeypatch.setattr("portal.accounts.sessions.RENEW_AFTER_S", -1)
    client = Client(raise_request_exception=False)
    client.force_login(make_user())
    return client


@pytest.mark.parametrize(
    ("address", "shown"), [("/api/v1/me", '"not_authenticated"'), ("/t/signed_in/", "vừa kết thúc")]
)
def test_one_that_ended_meanwhile_asks_to_sign_in(
    renewing: Client, monkeypatch: pytest.MonkeyPatch, address: str, shown: str
) -> None:
    load = SessionStore.load

    def _end(self: SessionStore) -> dict[str, Any]:
        found = load(self)
        Session.objects.all().delete()
        return found

    monkeypatch.setattr(SessionStore, "load", _end)
    answer = renewing.get(address)
    assert answer.status_code == 401
    assert shown in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/me", "/t/signed_in/"])
def test_a_database_that_is_away_is_tried_again(
    renewing: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def _break(*_args: Any, **_named: Any) -> NoReturn:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Session, "save", _break)
    answer = renewing.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
