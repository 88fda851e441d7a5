"""Between tests that commit, only what holds something is emptied: Django's flush takes half a second each time."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""What migrations wrote; nothing of the product changes it."""


def pytest_configure(config: pytest.Config) -> None:
    TransactionTestCase._fixture_teardown = lambda _case: empty_database()  # type: ignore[attr-defined]


def empty_database() -> None:
    """Every row of every table goes, past triggers and foreign keys: the tests' role is a superuser."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (TABLE \"{name}\")" for name in names)
        )
        filled = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET session_replication_role = replica")
        for name in filled:
            cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("SET session_replication_role = DEFAULT")
