"""What the index knows of each procedure: the columns lists show, and the words it answers to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from procedures.choices import ProcedureStatus, ServiceLevel, Source
from procedures.finding.grouping import Variant
from procedures.models import Procedure


@dataclass(frozen=True, slots=True)
class Entry:
    """`variants`: provinces' own copies, set on the one shown for them all."""

    code: str
    version_id: int | None
    name: str
    everyday_name: str
    summary: str
    search_text: str
    field: str
    field_key: str
    tiers: tuple[str, ...]
    performed_by: tuple[str, ...]
    level: ServiceLevel
    limit_text: str
    fee_text: str
    agency_text: str
    is_closed: bool
    province: str = ""
    is_partial: bool = False
    is_own: bool = False
    variants: tuple[Variant, ...] = ()

    @property
    def provinces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(variant.province for variant in self.variants))


_COLUMNS = (
    "code", "current_id", "name", "everyday_name", "summary", "search_text", "field", "field_key", "tiers",
    "performed_by", "level", "limit_text", "fee_text", "agency_text", "status", "province", "is_partial", "source",
)  # fmt: skip
# Who wrote the row and where it lies, as PostgreSQL knows it: another state after every change of it.
_STATES = f"""
    SELECT code, xmin::text || ctid::text FROM "{Procedure._meta.db_table}" WHERE current_id IS NOT NULL
"""  # noqa: S608


def read_states() -> dict[str, str]:
    """Code -> state of the row, for all procedures people may read. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES)
        return dict(cursor.fetchall())


def read_entries(codes: Collection[str] | None = None) -> list[Entry]:
    """Procedures people may read, all or those named, by field and name. One query."""
    rows = Procedure.objects.filter(current__isnull=False)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return [_entry(row) for row in rows.order_by("field_key", "name", "code").values(*_COLUMNS)]


def _entry(row: dict[str, Any]) -> Entry:
    row["version_id"] = row.pop("current_id")
    row["tiers"], row["performed_by"] = tuple(row["tiers"]), tuple(row["performed_by"])
    row["level"] = ServiceLevel(row["level"])
    row["is_closed"] = row.pop("status") == ProcedureStatus.CLOSED
    row["is_own"] = row.pop("source") != Source.NATIONAL
    return Entry(**row)
