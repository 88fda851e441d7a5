"""Tờ khai điền sẵn: the e-form filled on the screen, to bring to the desk; and the same as a sample, "MẪU"."""

from dataclasses import dataclass
from datetime import datetime

from dossiers.prepared_code import show_code
from dossiers.prints.answers import AnswerSection, list_blocks
from dossiers.prints.pieces import lines, show_day
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class BroughtPaper:
    """One paper to bring; `amount` in words."""

    name: str
    amount: str


@dataclass(frozen=True)
class FilledFormData:
    """Moments are aware. `reference` is what the QR code holds, empty on a sample; `agency_name` may be empty."""

    title: str
    procedure_name: str
    procedure_code: str
    case: str
    agency_name: str
    submitter_name: str
    sections: tuple[AnswerSection, ...]
    papers: tuple[BroughtPaper, ...]
    issued_at: datetime
    valid_until: datetime | None = None
    reference: str = ""
    is_sample: bool = False


def render_filled_form(form: FilledFormData) -> bytes:
    """A4, as many pages as it takes."""
    shown = show_code(form.reference) if form.reference else ""
    return render(
        "filled_form",
        {
            **lines(form, "title procedure_name procedure_code case agency_name submitter_name"),
            "sections": [
                {"title": print_line(section.title), "blocks": list_blocks(section)}
                for section in form.sections
            ],
            "papers": list_brought(form.papers),
            "valid_until": show_day(form.valid_until),
            "reference": shown,
            "code": shown or form.procedure_code,
            "qr_text": form.reference,
            "is_sample": form.is_sample,
        },
        on=form.issued_at,
    )


def list_brought(papers: tuple[BroughtPaper, ...]) -> list[Json]:
    return [{"name": print_line(paper.name), "amount": print_line(paper.amount)} for paper in papers]
