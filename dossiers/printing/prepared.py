"""A form filled on the screen, as the paper that is brought to the desk."""

from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers.models import PreparedForm
from dossiers.printing.answers import list_sections
from dossiers.prints.filled_form import BroughtPaper, FilledFormData, render_filled_form
from portal.accounts import selectors as accounts
from portal.core.clock import to_local
from procedures import selectors as catalogue
from procedures.content import Content
from procedures.formschema.display import display_rows
from procedures.formschema.schema import FormSchema
from procedures.parts import Requirement

LANGUAGE = "vi"
"""What is handed in to the State is in Vietnamese."""


def render_prepared(prepared: PreparedForm, reference: str) -> bytes:
    """PDF/A of a waiting form; `reference`: its code, which only the paper carries."""
    with translation.override(LANGUAGE):
        return render_filled_form(_build(prepared, reference))


def _build(prepared: PreparedForm, reference: str) -> FilledFormData:
    content = catalogue.get_content(prepared.procedure_version_id)
    agency = accounts.get_agency(prepared.agency_code) if prepared.agency_code else None
    case = content.case_or_none(prepared.case_key)
    on, answers = to_local(prepared.created_at).date(), prepared.answers or {}
    form = cast("FormSchema", content.form)
    return FilledFormData(
        title=name_form(content),
        procedure_name=str(content.name),
        procedure_code=content.code,
        case=str(case.label) if case else "",
        agency_name=agency.name if agency else "",
        submitter_name=str(answers.get("submitter_name", "")),
        sections=list_sections(display_rows(form, answers, on=on, case=prepared.case_key)),
        papers=list_papers_to_bring(content, prepared.case_key),
        issued_at=prepared.created_at,
        valid_until=prepared.expires_at,
        reference=reference,
    )


def name_form(content: Content) -> str:
    """The name on the form: of the first legal form, else of the procedure."""
    return str(content.forms_files[0].name if content.forms_files else content.name)


def list_papers_to_bring(content: Content, case: str) -> tuple[BroughtPaper, ...]:
    """What lies beside the form on the desk; what a database holds is not asked for."""
    wanted = [item for item in content.requirements_for(case or None) if not item.is_looked_up]
    return tuple(BroughtPaper(str(item.name), _say_amount(item)) for item in wanted if not item.filled_online)


def _say_amount(item: Requirement) -> str:
    counts = ((item.originals, _("%(count)d bản chính")), (item.copies, _("%(count)d bản sao")))
    said = ", ".join(text % {"count": count} for count, text in counts if count)
    amount = _("chỉ cho xem") if item.is_presented else said
    return amount if item.required else ", ".join(filter(None, (_("khi cần"), amount)))
