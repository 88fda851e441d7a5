"""Bản in lời khai: what was answered in the e-form, question by question, as it was filed."""

from dataclasses import dataclass
from datetime import datetime

from dossiers.prints.pieces import head, lines, show_time_and_day
from dossiers.prints.render import render
from dossiers.prints.text import print_block, print_line
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class AnswerLine:
    """One question. `group` names the row it belongs to ("Người thứ 1"); an empty value was left blank."""

    label: str
    value: str
    group: str = ""


@dataclass(frozen=True)
class AnswerSection:
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class AnswersData:
    """Moments are aware. `case` is empty where the procedure has no cases."""

    code: str
    place: str
    issued_at: datetime
    agency_name: str
    parent_agency_name: str
    procedure_name: str
    case: str
    submitter_name: str
    filed_at: datetime
    revision: int
    sections: tuple[AnswerSection, ...]


def render_answers(form: AnswersData) -> bytes:
    """A4, as many pages as it takes."""
    return render(
        "answers",
        {
            **head(form),
            **lines(form, "procedure_name case submitter_name"),
            "filed": show_time_and_day(form.filed_at),
            "revision": form.revision,
            "sections": [
                {"title": print_line(section.title), "blocks": list_blocks(section)}
                for section in form.sections
            ],
        },
        on=form.issued_at,
    )


def list_blocks(section: AnswerSection) -> list[Json]:
    """Rows of one group stand together under its title."""
    blocks: list[tuple[str, list[Json]]] = []
    for line in section.lines:
        if not blocks or blocks[-1][0] != line.group:
            blocks.append((line.group, []))
        blocks[-1][1].append({"label": print_line(line.label), "value": print_block(line.value)})
    return [{"title": print_line(title), "rows": rows} for title, rows in blocks]
