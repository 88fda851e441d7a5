"""The e-form on paper, to be filled by hand: black and white, lines to write on, boxes to tick."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.prints.filled_form import BroughtPaper, list_brought
from dossiers.prints.pieces import lines
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class BlankLine:
    """`kind`: line, lines, ticks, oath or table. `options`: boxes or columns; `parts`: what a line is made of."""

    label: str
    kind: str
    options: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class BlankFormData:
    """`sections`: title and lines of each part of the form."""

    title: str
    procedure_name: str
    procedure_code: str
    case: str
    sections: tuple[tuple[str, tuple[BlankLine, ...]], ...]
    papers: tuple[BroughtPaper, ...]
    issued_at: datetime


def render_blank_form(form: BlankFormData) -> bytes:
    """A4, as many pages as it takes."""
    return render(
        "blank_form",
        {
            **lines(form, "title procedure_name procedure_code case"),
            "sections": [
                {"title": print_line(title), "rows": [_row(row) for row in rows]}
                for title, rows in form.sections
            ],
            "papers": list_brought(form.papers),
            "code": form.procedure_code,
            "agency_name": "",
        },
        on=form.issued_at,
    )


def _row(row: BlankLine) -> Json:
    return {
        "label": print_line(row.label).rstrip(":."),
        "kind": row.kind,
        "options": _lines(row.options),
        "parts": _lines(row.parts),
        "rows": row.rows,
    }


def _lines(texts: Iterable[str]) -> list[Json]:
    return [print_line(text) for text in texts]
