"""Alive, ready, and the sign of life of the workers."""

import os
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from portal.core import clock, health, heartbeat, tasks
from portal.core.policy import PUBLIC


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(health, "_migrated", set())


def test_alive_asks_nobody(web: Client) -> None:
    assert web.get("/healthz").json() == {"status": "ok"}
    assert web.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_when_the_database_is_migrated_even_without_broker_and_worker(web: Client) -> None:
    response = web.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ready", "database": "ok", "broker": "away", "worker": "silent"}


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(web: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    response = web.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "not migrated")


def test_not_ready_while_the_database_is_away(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = web.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "away")


@pytest.mark.django_db
def test_another_broker_is_not_asked(web: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "amqp://somewhere"
    assert web.get("/readyz").json()["broker"] == "unknown"


def test_both_views_state_that_they_are_public() -> None:
    assert {view.policy for view in (health.healthz, health.readyz)} == {PUBLIC}  # type: ignore[attr-defined]


def test_a_worker_lives_while_its_last_heartbeat_is_young(tmp_path: Path) -> None:
    assert (heartbeat.age_s(), heartbeat.is_alive()) == (None, False)
    for seconds in (-61, 61):  # too long ago, or written before the clock was set back
        tasks.heartbeat()
        assert heartbeat.is_alive()

        moment = clock.now().timestamp() + seconds
        os.utime(tmp_path / "run" / "heartbeat", (moment, moment))
        assert not heartbeat.is_alive()
