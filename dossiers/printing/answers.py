"""The answers of the latest filing, worded as the legal form words its questions."""

from collections.abc import Iterable
from typing import cast

from dossiers import selectors
from dossiers.models import Filing
from dossiers.printing.source import Source
from dossiers.printing.words import name_procedure
from dossiers.prints.answers import AnswerLine, AnswersData, AnswerSection
from portal.core.clock import to_local
from procedures.formschema.display import DisplayPage, display_rows


def build_answers(source: Source) -> AnswersData:
    """Visible questions with their answers, as of the day of the filing."""
    dossier, submitter, content = source.dossier, source.submitter, source.content
    filing = cast("Filing", selectors.get_filing(dossier))
    on, case = to_local(filing.filed_at).date(), content.case_or_none(dossier.case_key)
    pages = display_rows(content.form, filing.answers, on=on, case=dossier.case_key) if content.form else []
    return AnswersData(
        code=dossier.code or "",
        place=source.place,
        issued_at=filing.filed_at,
        agency_name=source.agency.name,
        parent_agency_name=source.parent_name,
        procedure_name=name_procedure(source),
        case=str(case.label) if case else "",
        submitter_name=submitter.name if submitter else "",
        filed_at=filing.filed_at,
        revision=filing.revision,
        sections=list_sections(pages),
    )


def list_sections(pages: Iterable[DisplayPage]) -> tuple[AnswerSection, ...]:
    """Pages with anything asked on them, worded as the legal form words its questions."""
    return tuple(
        AnswerSection(
            page.title,
            tuple(AnswerLine(row.official or row.label, row.printed, row.group) for row in page.rows),
        )
        for page in pages
        if page.rows
    )
