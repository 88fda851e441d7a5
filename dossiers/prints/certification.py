"""Sổ chứng thực: the register of certifications of one kind and year, A4 across.

Columns: Circular 01/2020/TT-BTP, annex (registers of certified copies, of signatures, of transactions).
"""

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.prints.pieces import head, lines
from dossiers.prints.render import render
from portal.core.jsontypes import Json
from portal.core.money import format_vnd


@dataclass(frozen=True)
class CertificationLine:
    """One entry: its number in the book however many copies; `fee` in đồng, None where none was set.

    A struck one keeps its place and its number and counts for nothing.
    """

    number: int
    on: date
    requester: str
    paper: str
    copies: int
    signer: str
    fee: int | None = None
    pages: int | None = None
    identity: str = ""
    note: str = ""
    is_struck: bool = False


@dataclass(frozen=True)
class CertificationBookData:
    """A stretch of the book of one agency, kind and year. `sign` as portal.core.counters.Book.sign.

    `amount_label` names the column of numbers: copies, pages or items.
    """

    title: str
    sign: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    period: str
    lines: tuple[CertificationLine, ...]
    amount_label: str = "Số bản"
    paper_label: str = "Tên giấy tờ, văn bản"
    code: str = ""


def render_certification_book(form: CertificationBookData) -> bytes:
    """The book with its sums; the head of the table on each page."""
    counted = [line for line in form.lines if not line.is_struck]
    return render(
        "certification_book",
        {
            **head(form),
            **lines(form, "title sign period amount_label paper_label"),
            "rows": [_row(line) for line in form.lines],
            "count": str(len(counted)),
            "copies": str(sum(line.copies for line in counted)),
            "total": format_vnd(sum(line.fee or 0 for line in counted)),
        },
        on=form.issued_at,
    )


def _row(line: CertificationLine) -> Json:
    return {
        **lines(line, "requester identity paper signer note"),
        "number": str(line.number),
        "on": f"{line.on:%d/%m/%Y}",
        "copies": str(line.copies),
        "pages": "" if line.pages is None else str(line.pages),
        "fee": "" if line.fee is None else format_vnd(line.fee),
        "struck": line.is_struck,
    }
