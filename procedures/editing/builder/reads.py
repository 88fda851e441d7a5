"""Reads of the builder: blocks, and who changed a draft since it was opened."""

from dataclasses import dataclass
from typing import Any

from portal.core.errors import NotFound
from procedures.building.forms import Part, vi
from procedures.models import DraftRevision, FormBlock


@dataclass(frozen=True)
class Block:
    """A block as the builder lists it."""

    key: str
    name: str
    hint: str
    fields: list[Part]
    labels: tuple[str, ...]
    is_shipped: bool
    row_version: int


def list_blocks() -> list[Block]:
    """Shipped blocks in their order, then those of admins by name. One query."""
    blocks = [_read(row) for row in FormBlock.objects.order_by("pk")]
    return sorted(blocks, key=lambda block: (not block.is_shipped, "" if block.is_shipped else block.name))


def access_block(key: str) -> Block:
    """One query. Raises NotFound."""
    row = FormBlock.objects.filter(key=key).first()
    if row is None:
        raise NotFound
    return _read(row)


def list_changes_since(code: str, row_version: int) -> list[dict[str, Any]]:
    """Who saved what after the state that an editor saw, newest first. One query."""
    rows = (
        DraftRevision.objects.filter(code=code, number__gt=row_version)
        .select_related("author")
        .order_by("-number")
    )
    return [
        {"who": row.author.full_name if row.author else "", "at": row.at, "what": row.summary}
        for row in rows[:20]
    ]


def _read(row: FormBlock) -> Block:
    labels = tuple(vi(field.get("label")) for field in row.fields)
    hint = vi(row.hint)
    return Block(row.key, vi(row.name), hint, row.fields, labels, row.is_shipped, row.row_version)
