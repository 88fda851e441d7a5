"""Indexes and foreign keys put aside while much is copied, and built again over the whole.

What was put aside is noted in a file first, so that a run that was killed is repaired by the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.demo.seeds.volume.tables import MODELS

_BUILD_MEMORY = "512MB"
_FOREIGN_KEYS = """
    SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1
"""
_OWNED = "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])"


@dataclass(frozen=True)
class Aside:
    """Statements that put something aside and bring it back."""

    drop: str
    build: str


def is_owner() -> bool:
    """Whether our database role may change the tables."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNED, [_tables()])
        return bool(cursor.fetchone()[0])


@contextmanager
def put_aside() -> Iterator[None]:
    """Without indexes and foreign keys inside; with all of them again after it, also after a failure."""
    repair()
    pieces = _list_pieces()
    _note().parent.mkdir(parents=True, exist_ok=True)
    _note().write_text("\n".join(piece.build for piece in pieces), encoding="utf-8")
    try:
        _run([piece.drop for piece in pieces])
        yield
    finally:
        repair()


def repair() -> None:
    """Build what a run put aside; nothing when none was cut off."""
    if not _note().exists():
        return
    there = {piece.build for piece in _list_pieces()}
    _run([line for line in _note().read_text(encoding="utf-8").splitlines() if line not in there])
    _note().unlink()


def tidy() -> None:
    """Statistics and visibility for the planner, as a database in use has them."""
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f'VACUUM (ANALYZE) "{model._meta.db_table}"')


def _list_pieces() -> list[Aside]:
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [_tables()])
        pieces = [Aside(f"DROP INDEX {name}", definition) for name, definition in cursor.fetchall()]
        cursor.execute(_FOREIGN_KEYS, [_tables()])
        for name, table, definition in cursor.fetchall():
            change = f'ALTER TABLE {table} {{}} CONSTRAINT "{name}"'
            pieces.append(Aside(change.format("DROP"), f"{change.format('ADD')} {definition}"))
    return pieces


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET maintenance_work_mem = '{_BUILD_MEMORY}'")
        for statement in statements:
            cursor.execute(statement)


def _tables() -> list[str]:
    return [model._meta.db_table for model in MODELS]


def _note() -> Path:
    return Path(settings.DATA_DIR) / "run" / "indexes-aside.sql"
