"""The live product: it is ready, runs as the application's role, and comes back when a process dies."""

import os
import signal
import time
from collections.abc import Callable

import psycopg2
import pytest

from portal.demo.servers.banner import PASSWORD, PEOPLE
from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]
BACK_WITHIN_S = 60


def wait_for(condition: Callable[[], bool], within_s: float = BACK_WITHIN_S) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, "not within the time allowed"
        time.sleep(0.1)


def list_web_roles(stack: Stack) -> set[str]:
    query = (
        "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'motcua' AND pid <> pg_backend_pid()"
    )
    with stack.connect("superuser") as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def read_pid(stack: Stack) -> int | None:
    """Of the database server; None while there is none."""
    file = stack.folder / "postgres" / "data" / "postmaster.pid"
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    return int(lines[0]) if lines else None


def test_the_product_connects_as_the_application_s_role(stack: Stack) -> None:
    stack.wait_ready()

    roles = list_web_roles(stack)
    assert "motcua_app" in roles
    assert "motcua_admin" not in roles


def test_the_application_s_role_cannot_change_the_schema(stack: Stack) -> None:
    with stack.connect("app") as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute("CREATE TABLE intruder (id int)")


def test_the_worker_does_its_work(stack: Stack) -> None:
    heartbeat = stack.folder / "run" / "heartbeat"

    wait_for(lambda: heartbeat.exists() and time.time() - heartbeat.stat().st_mtime < 30)


def test_a_killed_database_comes_back_and_so_does_the_product(stack: Stack) -> None:
    killed = read_pid(stack)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: read_pid(stack) not in {killed, None})
    stack.wait_ready(BACK_WITHIN_S)


def test_manage_py_finds_the_same_database(stack: Stack) -> None:
    query = "SELECT count(*), current_user FROM django_migrations"
    script = (
        f"from django.db import connection as c; k = c.cursor(); k.execute('{query}'); print(k.fetchone())"
    )
    with stack.connect("app") as cursor:
        cursor.execute(query)
        expected = cursor.fetchone()

    assert str(expected) in stack.manage("shell", "-c", script).stdout


def test_the_people_on_the_banner_exist(stack: Stack) -> None:
    names = {name for names, _, _ in PEOPLE for name in names.split(", ")}
    with stack.connect() as cursor:
        cursor.execute("SELECT username FROM accounts_user")
        known = {row[0] for row in cursor.fetchall()}

    assert names <= known
    assert PASSWORD == "motcua-demo"
