"""Blank forms and samples of the catalogue as PDF; in Vietnamese, as they are handed in."""

from datetime import date, datetime, time
from functools import lru_cache
from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers.printing.answers import list_sections
from dossiers.printing.prepared import LANGUAGE, list_papers_to_bring, name_form
from dossiers.prints.blank_form import BlankFormData, BlankLine, render_blank_form
from dossiers.prints.filled_form import FilledFormData, render_filled_form
from portal.core import clock
from procedures import selectors as catalogue
from procedures.blank_form import BlankRow, build_blank_form
from procedures.content import Content
from procedures.formschema.display import display_rows
from procedures.formschema.schema import FormSchema
from procedures.samples import build_sample_answers

_KEPT = 128


def render_blank(version_id: int, case_key: str) -> bytes:
    """The blank form of a case, or with every question when none was chosen. Kept in memory for the day."""
    return _render_blank(version_id, case_key, clock.today())


def render_sample(version_id: int, case_key: str) -> bytes:
    """The form filled by an invented person, marked MẪU; of the first case when none was chosen."""
    content = catalogue.get_content(version_id)
    case = case_key or (content.cases[0].key if content.cases else "")
    return _render_sample(version_id, case, clock.today())


@lru_cache(maxsize=_KEPT)
def _render_blank(version_id: int, case_key: str, on: date) -> bytes:
    content = catalogue.get_content(version_id)
    with translation.override(LANGUAGE):
        blank = build_blank_form(content, case_key)
        return render_blank_form(
            BlankFormData(
                title=name_form(content),
                procedure_name=str(content.name),
                procedure_code=content.code,
                case=str(blank.case.label) if blank.case else "",
                sections=tuple(
                    (section.title, tuple(_line(row) for row in section.rows)) for section in blank.sections
                ),
                papers=list_papers_to_bring(content, case_key),
                issued_at=_start(on),
            )
        )


def _line(row: BlankRow) -> BlankLine:
    return BlankLine(row.label, row.kind, row.options, row.parts, row.rows)


@lru_cache(maxsize=_KEPT)
def _render_sample(version_id: int, case_key: str, on: date) -> bytes:
    with translation.override(LANGUAGE):
        return render_filled_form(_build_sample(catalogue.get_content(version_id), case_key, on))


def _build_sample(content: Content, case_key: str, on: date) -> FilledFormData:
    case = content.case_or_none(case_key)
    form = cast("FormSchema", content.form)
    answers = build_sample_answers(form, case=case_key, on=on)
    return FilledFormData(
        title=name_form(content),
        procedure_name=str(content.name),
        procedure_code=content.code,
        case=str(case.label) if case else "",
        agency_name=_("cơ quan nơi bạn nộp hồ sơ"),
        submitter_name=_("Nguyễn Văn Mẫu"),
        sections=list_sections(display_rows(form, answers, on=on, case=case_key)),
        papers=list_papers_to_bring(content, case_key),
        issued_at=_start(on),
        is_sample=True,
    )


def _start(on: date) -> datetime:
    return datetime.combine(on, time(), clock.VN_TZ)
