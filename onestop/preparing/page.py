"""The page on which anybody fills the e-form, whole, as one value: what was typed and what is still wrong."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from dossiers.screens.start import Option, list_agency_options
from dossiers.services.prepared import FilledForm
from onestop.intake.page import Error, find_form_errors
from onestop.intake.sections import ONE_PAGE, arrange, build_counter_form
from onestop.preparing.submitter import find_submitter, list_person_questions
from portal.core import clock
from procedures.content import Content
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.prefill import Prefill
from procedures.parts import Case


@dataclass
class PreparePage:
    """`errors`: {text, id}, in page order; `is_sent`: the page came in to be printed, not to be drawn again."""

    content: Content
    case: Case | None
    form: PageForm
    agencies: list[Option]
    agency: str
    is_sent: bool
    errors: list[Error] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return self.is_sent and not self.errors

    @property
    def body(self) -> SafeString:
        return SafeString(self.form.helper.render_layout(self.form, Context({}), template_pack="motcua"))

    def build_filled(self) -> FilledForm:
        """What is kept for the desk; of a page without errors."""
        case, answers = self.case.key if self.case else "", self.form.answers
        submitter = find_submitter(self.content, case, answers)
        return FilledForm(self.content.code, case, self.agency, {**submitter, **answers})


def read_page(content: Content, case: Case | None, data: QueryDict | None, prefill: Prefill) -> PreparePage:
    """The page for what was posted, or a new one. `prefill`: what may be offered to who signed in."""
    schema = build_counter_form(content.form, list_person_questions(content), offers=True)
    setting = PageSetting(on=clock.today(), case=case.key if case else "", prefill=prefill)
    form = build_page_form(schema, ONE_PAGE, {}, setting=setting, data=data)
    arrange(form)
    agencies = list_agency_options(content)
    is_sent = data is not None and form.command is None
    page = PreparePage(content, case, form, agencies, _read_agency(agencies, data), is_sent)
    if is_sent:
        page.errors += find_form_errors(form)
    return page


def _read_agency(agencies: list[Option], data: QueryDict | None) -> str:
    """Where they mean to go; a wish for the print, so anything unknown is none."""
    typed = data.get("agency", "") if data is not None else ""
    return typed if typed in {code for code, _name in agencies} else ""
