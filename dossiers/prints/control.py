"""Phiếu kiểm soát quá trình giải quyết hồ sơ: who handed the dossier to whom, when, and whether in time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.prints import sets
from dossiers.prints.data import PaperLine
from dossiers.prints.pieces import head, lines, show_due, show_time_and_day
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from portal.core.jsontypes import Json

MOST_NAMED = 8


@dataclass(frozen=True)
class Side:
    """One side of a hand-over: the unit, and its person where known."""

    unit: str
    person: str = ""


@dataclass(frozen=True)
class HandOver:
    """From one side to the other at a moment. `result`: how the receiver's stay ended (Trước hạn, …)."""

    giver: Side
    taker: Side
    at: datetime
    step: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSlipData:
    """Mẫu 05 of 2018, Mẫu 06 of 2025, of the set in force at receipt; it grows until the dossier ends."""

    code: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    procedure_name: str
    submitter_name: str
    owner_name: str
    received_at: datetime
    due_at: datetime | None
    due_text: str
    papers: tuple[PaperLine, ...]
    hand_overs: tuple[HandOver, ...]


def render_control_slip(form: ControlSlipData) -> bytes:
    """The slip that goes with the dossier, A5; both sides sign each line. The QR holds the code for the scanner."""
    return render(
        sets.CONTROL_SLIP,
        {
            **head(form),
            **lines(form, "procedure_name submitter_name owner_name due_text"),
            "received": show_time_and_day(form.received_at),
            "due": show_due(form.due_at),
            "papers": _papers_text(form.papers),
            "hand_overs": _rows(form.hand_overs),
            "qr_text": form.code,
        },
        on=form.received_at,
    )


def _papers_text(papers: Sequence[PaperLine]) -> str:
    """A few papers by name; of many only how many, as the receipt lists them."""
    if len(papers) > MOST_NAMED:
        return _("%(count)d loại giấy tờ, như đã ghi trên giấy tiếp nhận.") % {"count": len(papers)}
    named = (f"({place}) {print_line(paper.name)}" for place, paper in enumerate(papers, start=1))
    return "; ".join(named)


def _rows(hand_overs: Iterable[HandOver]) -> list[Json]:
    return [
        {
            "giver": print_line(row.giver.unit),
            "giver_person": print_line(row.giver.person),
            "taker": print_line(row.taker.unit),
            "taker_person": print_line(row.taker.person),
            "at": show_time_and_day(row.at),
            "step": print_line(row.step),
            "result": print_line(row.result),
            "note": print_line(row.note),
        }
        for row in hand_overs
    ]
