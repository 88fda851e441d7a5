"""Sổ theo dõi hồ sơ: the register of an agency over a stretch of days, A4 across."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.prints import sets
from dossiers.prints.pieces import head, lines, show_day, show_moment
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class RegisterLine:
    """One dossier of the register. Moments are aware; None leaves the cell empty.

    `handed_on_at`: when it went to the handling unit; `result_at`: when the desk had the result back.
    """

    number: int
    code: str
    procedure: str
    sets: int
    owner: str
    address: str
    phone: str
    handling_agency: str
    received_at: datetime | None
    due_at: datetime | None
    handed_on_at: datetime | None
    result_at: datetime | None
    returned_at: datetime | None
    filed_through: str
    returned_through: str
    note: str


@dataclass(frozen=True)
class RegisterData:
    """The lines of one agency and period; `period` and `filter_text` say what was asked for."""

    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    period: str
    filter_text: str
    lines: tuple[RegisterLine, ...]
    code: str = ""


def render_register(form: RegisterData) -> bytes:
    """Mẫu 06 of 2018, Mẫu 07 of 2025: A4 across, the head of the table on each page."""
    return render(
        sets.REGISTER,
        {
            **head(form),
            **lines(form, "period filter_text"),
            "rows": _rows(form.lines),
        },
        on=form.issued_at,
    )


def _rows(rows: Iterable[RegisterLine]) -> list[Json]:
    return [
        {
            "number": str(row.number),
            **lines(row, "code procedure owner address phone handling_agency"),
            "sets": str(row.sets),
            "received": show_moment(row.received_at),
            "due": show_moment(row.due_at),
            "handed_on": show_day(row.handed_on_at),
            "result": show_day(row.result_at),
            "returned": show_day(row.returned_at),
            **lines(row, "filed_through returned_through"),
            "note": print_line(row.note),
        }
        for row in rows
    ]
