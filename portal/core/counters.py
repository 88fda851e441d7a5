"""Rising numbers without gaps, and the books that need them.

A number is taken inside the transaction of its use case, after everything that can wait or fail: the row
stays locked until the end, and a rollback gives the number back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from portal.core.locking import require_transaction
from portal.core.models import Counter
from portal.core.training import mark_number, name_series

_TAKE = """
    INSERT INTO core_counter AS counter (series, value)
    SELECT series, 1 FROM unnest(%s::text[]) WITH ORDINALITY AS wanted(series, place) ORDER BY place
    ON CONFLICT (series) DO UPDATE SET value = counter.value + 1
    RETURNING series, value
"""


@dataclass(frozen=True)
class Book:
    """A register on paper or by law: one series per agency, kind and year."""

    agency_code: str
    kind: str
    year: int

    @property
    def series(self) -> str:
        """The key of its counter."""
        return name_series(f"book:{self.kind}:{self.agency_code}:{self.year}")

    @property
    def sign(self) -> str:
        """Which book a number belongs to, as printed beside it: "H42.36/2026"."""
        return f"{mark_number(self.agency_code)}/{self.year}"


READ_LAST = f'SELECT value FROM "{Counter._meta.db_table}" WHERE series = %s'  # noqa: S608
"""For those who read a number together with something else, in one query."""


def next_number(series: str) -> int:
    """The next number of one series, from 1. Raises RuntimeError outside a transaction."""
    return next_numbers([series])[series]


def next_numbers(series: Iterable[str]) -> dict[str, int]:
    """One number of each series, locked in the order of their keys so that no two callers can deadlock."""
    require_transaction()
    wanted = sorted(set(series))
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [wanted])
        return dict(cursor.fetchall())


def next_range(series: str, count: int) -> range:
    """`count` (at least 1) consecutive numbers of one series."""
    require_transaction()
    if count < 1:
        raise ValueError("a range needs at least one number")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter AS counter (series, value) VALUES (%s, %s) ON CONFLICT (series)"
            " DO UPDATE SET value = counter.value + excluded.value RETURNING value",
            [series, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def get_last_number(series: str) -> int:
    """The last number given out, 0 when none was; for checks, never for the next one."""
    with connection.cursor() as cursor:
        cursor.execute(READ_LAST, [series])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
