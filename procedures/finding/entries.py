"""What the index knows of each procedure: the columns lists show, and the words it answers to."""

from dataclasses import dataclass

from procedures.choices import ServiceLevel
from procedures.models import Procedure


@dataclass(frozen=True)
class Entry:
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


def read_entries() -> list[Entry]:
    """All procedures people may read, by field and name. One query."""
    rows = Procedure.objects.with_version().order_by("field_key", "name", "code")
    return [_entry(row) for row in rows]


def _entry(row: Procedure) -> Entry:
    return Entry(
        code=row.code,
        version_id=row.current_id,
        name=row.name,
        everyday_name=row.everyday_name,
        summary=row.summary,
        search_text=row.search_text,
        field=row.field,
        field_key=row.field_key,
        tiers=tuple(row.tiers),
        performed_by=tuple(row.performed_by),
        level=row.service_level,
        limit_text=row.limit_text,
        fee_text=row.fee_text,
        agency_text=row.agency_text,
        is_closed=row.is_closed,
    )
