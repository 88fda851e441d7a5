"""The trigger that keeps rows as they were added, and the rights of the application's role."""

import os
from collections.abc import Iterator

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pytest_django import Settings

from portal.core.privileges import grant_after_migrate
from portal.core.sql import append_only_trigger

pytestmark = pytest.mark.django_db

ROLE = f"motcua_core_test_{os.getpid()}"


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def _notes() -> None:
    run("CREATE TABLE note (id int, body text, payload jsonb, done_at date)")
    run("INSERT INTO note VALUES (1, 'a', '{}', NULL), (2, NULL, NULL, '2026-01-01')")


@pytest.mark.usefixtures("_notes")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM note",
        "UPDATE note SET body = 'b' WHERE id = 1",
        "UPDATE note SET body = NULL WHERE id = 1",
        "UPDATE note SET body = 'b', payload = NULL WHERE id = 1",
        "UPDATE note SET id = 3 WHERE id = 2",
    ],
)
def test_rows_are_not_changed(statement: str) -> None:
    run(append_only_trigger("note", ["payload"]).sql)
    with pytest.raises(IntegrityError, match=r'append-only: (DELETE|UPDATE) of "note" is refused'):
        run(statement)


@pytest.mark.usefixtures("_notes")
def test_excepted_columns_may_change_and_a_new_column_is_protected_too() -> None:
    run(append_only_trigger("note", ["payload"]).sql)
    run("UPDATE note SET payload = NULL")
    run("UPDATE note SET body = body")
    run("ALTER TABLE note ADD COLUMN later int")
    with pytest.raises(IntegrityError):
        run("UPDATE note SET later = 1")


@pytest.mark.usefixtures("_notes")
def test_a_row_may_be_completed_once() -> None:
    run(append_only_trigger("note", ["done_at"], only_while_null="done_at").sql)
    run("UPDATE note SET done_at = '2026-11-23' WHERE id = 1")
    for number in (1, 2):
        with pytest.raises(IntegrityError):
            run(f"UPDATE note SET done_at = NULL WHERE id = {number}")


@pytest.mark.usefixtures("_notes")
def test_the_reverse_takes_the_rule_away() -> None:
    forward, reverse = append_only_trigger("note")
    run(forward)
    run(reverse)
    run("DELETE FROM note")


@pytest.fixture
def _app_role(settings: Settings) -> Iterator[None]:
    run(f"CREATE ROLE {ROLE}")
    settings.APP_DB_ROLE = ROLE
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    run(f"SET ROLE {ROLE}")
    yield
    run("RESET ROLE")


@pytest.mark.usefixtures("_app_role")
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM django_migrations",
        "INSERT INTO core_counter VALUES ('a', 1) ON CONFLICT (series) DO UPDATE SET value = 2",
        "DELETE FROM core_throttle",
        "SELECT 1 FROM audit_readlog",
        "INSERT INTO audit_auditentry (at, action, subject, detail) VALUES (now(), 'a', 'b', '{}')",
        "UPDATE audit_proposal SET outcome = 'lapsed', decided_at = now()",
        "SELECT 1 FROM audit_proposal FOR NO KEY UPDATE",
    ],
)
def test_the_application_may_do_its_work(statement: str) -> None:
    run(statement)


@pytest.mark.usefixtures("_app_role")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_readlog SET what = ''",
        "DELETE FROM audit_readlog",
        "UPDATE audit_auditentry SET action = ''",
        "UPDATE audit_proposal SET kind = 'x'",
        "DELETE FROM audit_proposal",
        "TRUNCATE core_counter",
        "DELETE FROM django_migrations",
        "ALTER TABLE audit_readlog DISABLE TRIGGER ALL",
        "DROP TABLE core_counter",
    ],
)
def test_the_application_may_not_rewrite_what_happened(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


@pytest.mark.parametrize("role", ["", "no_such_role_here", None])
def test_without_such_a_role_nothing_is_granted(settings: Settings, role: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        settings.APP_DB_ROLE = cursor.fetchone()[0] if role is None else role
    grant_after_migrate(using="default")
