"""The rows of the screen: one original each, as typed, with what is wrong beside its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from onestop.certification.phrases import expand
from onestop.certification.shape import Shape

ONE_COPY = "1"
FIRST_ROWS = 3
MOST_TYPED = 250
MOST_COPIES = 99
"""A decision's document has at most 99 copies (dossiers.guards.decision); more go on another row."""
_CELL = re.compile(r"row-(\d{1,3})-(?:paper|pages|copies)\Z", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,15}\Z")


@dataclass
class Row:
    """`errors`: by column (paper, pages, copies)."""

    index: int
    paper: str = ""
    pages: str = ""
    copies: str = ONE_COPY
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """As people count."""
        return self.index + 1

    @property
    def is_empty(self) -> bool:
        """A row that was only opened: nothing typed but the copy it begins with."""
        return not self.paper and not self.pages and self.copies in ("", ONE_COPY)


def read_rows(data: Mapping[str, str] | None, *, more: bool = False) -> list[Row]:
    """Every row that was sent, numbered anew; at least three, and a free one at the end if asked for `more`."""
    sent = sorted({int(match[1]) for name in data or {} if (match := _CELL.match(name))})[:MOST_TYPED]
    rows = [_row(data or {}, old, new) for new, old in enumerate(sent)]
    wanted = max(FIRST_ROWS, len(rows) + int(more and not any(row.is_empty for row in rows)))
    return [*rows, *(Row(index) for index in range(len(rows), wanted))]


def _row(data: Mapping[str, str], old: int, new: int) -> Row:
    typed = {name: data.get(f"row-{old}-{name}", "").strip() for name in ("paper", "pages", "copies")}
    return Row(new, expand(typed["paper"]), typed["pages"], typed["copies"])


def to_answers(rows: Sequence[Row], shape: Shape) -> list[dict[str, Any]]:
    """Rows that hold something, as the e-form's group wants them; texts are read by the form's own rules."""
    return [
        {
            shape.paper: row.paper,
            shape.copies: row.copies,
            **({shape.pages: row.pages} if shape.pages else {}),
        }
        for row in list_filled(rows)
    ]


def list_filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.is_empty]


def mark_errors(rows: Sequence[Row], shape: Shape, errors: Mapping[str, Sequence[str]]) -> list[str]:
    """Put the form's errors beside their cells; returns those of the list as a whole."""
    columns = {shape.paper: "paper", shape.pages: "pages", shape.copies: "copies"}
    filled, group = list_filled(rows), shape.group.key
    for path, lines in errors.items():
        parts = path.split(".")
        if parts[0] == group and len(parts) > 2 and parts[2] in columns:  # noqa: PLR2004 - group, row, column
            filled[int(parts[1])].errors.setdefault(columns[parts[2]], lines[0])
    for row in filled:
        if _NUMBER.match(row.copies) and int(row.copies) > MOST_COPIES:
            row.errors.setdefault("copies", _("Một dòng nhiều nhất 99 bản. Phần còn lại ghi ở dòng khác."))
    return [line for path, lines in errors.items() if path == group for line in lines]
