"""seed_volume builds large volumes without indexes, and leaves none behind unbuilt."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from portal.demo.seeds.volume import filling, indexes
from tests.demo.seeded import keep_files_in

pytestmark = pytest.mark.django_db(transaction=True)


def _indexes_and_keys() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid), convalidated::text FROM pg_constraint ORDER BY 1, 2"
        )
        return [*rows, *cursor.fetchall()]


def test_indexes_put_aside_are_all_built_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(filling, "WORTH_INDEXING_AFTER", 1)
    before = _indexes_and_keys()
    with keep_files_in(tmp_path):
        call_command("seed_demo", stdout=StringIO())
        call_command("seed_volume", "--dossiers", "20", "--workers", "1", stdout=StringIO())
        call_command("check_integrity", stdout=StringIO())
    assert _indexes_and_keys() == before
    assert indexes.is_owner()


def test_a_run_that_was_killed_is_repaired_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _indexes_and_keys()
    with monkeypatch.context() as patched:
        patched.setattr(indexes, "repair", lambda: None)
        with indexes.put_aside():
            pass
    assert len(_indexes_and_keys()) < len(before)
    indexes.repair()
    assert _indexes_and_keys() == before
