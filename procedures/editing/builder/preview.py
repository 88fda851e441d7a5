"""The whole form as a citizen fills it in: every page, every refusal, and nothing is stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.policy import catalogue_admin
from portal.core import clock
from portal.core.errors import NotFound, RuleViolation
from procedures.building.checking import read_schema
from procedures.building.forms import Document, vi
from procedures.comparing.form_shape import ROLES
from procedures.editing.builder.screen import first_case
from procedures.editing.reads import access_desk
from procedures.formschema.display import DisplayPage, display_rows
from procedures.formschema.guard import refuse_monsters
from procedures.formschema.pages import FileView, PageForm, PageSetting, build_page_form
from procedures.formschema.parties import build_parties
from procedures.formschema.schema import FormSchema, Page
from procedures.formschema.walk import visible_pages

_LONGEST = 400_000


@dataclass(frozen=True)
class Step:
    """What is shown: a page of questions, or without a form the end with all answers."""

    case: str
    answers: Mapping[str, Any]
    page: Page | None = None
    form: PageForm | None = None
    number: int = 0
    total: int = 0
    read_back: tuple[DisplayPage, ...] = ()
    people: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @property
    def carried(self) -> str:
        return json.dumps(self.answers, ensure_ascii=False)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """One page of the draft's form. What was answered travels in the page itself."""
    desk = access_desk(code)
    document = desk.read_document()
    schema = read_schema(document)
    if schema is None:
        raise NotFound(message=_("Thủ tục này chưa có mẫu điện tử để xem."))
    given = request.POST if request.method == "POST" else request.GET
    case = given.get("case") or first_case(document)
    step = _walk(schema, case, given, is_posted=request.method == "POST")
    context = {
        "step": step,
        "name": desk.name,
        "cases": _list_cases(document),
        "form_href": reverse("catalogue:form", args=[code]),
        "has_errors": bool(step.form and step.form.is_bound and step.form.errors),
    }
    return render(
        request, "catalogue/builder/preview.html", context, status=422 if context["has_errors"] else 200
    )


def _walk(schema: FormSchema, case: str, given: QueryDict, *, is_posted: bool) -> Step:
    answers = _read_answers(given) if is_posted else {}
    key = given.get("page", "")
    page = next((page for page in schema.pages if page.key == key), schema.pages[0])
    if not is_posted:
        return _show(schema, page, case, answers)
    form = build_page_form(schema, page.key, answers, setting=_set(schema, case, is_posted=True), data=given)
    if "back" in given:
        return _show(
            schema, _beside(schema, page, case, form.draft_answers, -1) or page, case, form.draft_answers
        )
    if form.command is not None:
        return _show(schema, page, case, form.draft_answers)
    if not form.is_valid():
        return _show(schema, page, case, form.draft_answers, form)
    following = _beside(schema, page, case, form.draft_answers, 1)
    return (
        _show(schema, following, case, form.draft_answers)
        if following
        else _end(schema, case, form.draft_answers)
    )


def _show(
    schema: FormSchema, page: Page, case: str, answers: Mapping[str, Any], form: PageForm | None = None
) -> Step:
    pages = visible_pages(schema, answers, on=clock.today(), case=case)
    number = pages.index(page) + 1 if page in pages else 0
    form = form or build_page_form(schema, page.key, answers, setting=_set(schema, case, is_posted=False))
    return Step(case, answers, page, form, number, len(pages))


def _end(schema: FormSchema, case: str, answers: Mapping[str, Any]) -> Step:
    on = clock.today()
    people = tuple(
        (str(ROLES.get(item.role, "")), item.name)
        for item in build_parties(schema, answers, on=on, case=case)
    )
    return Step(
        case, answers, read_back=tuple(display_rows(schema, answers, on=on, case=case)), people=people
    )


def _beside(schema: FormSchema, page: Page, case: str, answers: Mapping[str, Any], step: int) -> Page | None:
    """The visible page before or behind this one."""
    pages = list(visible_pages(schema, answers, on=clock.today(), case=case))
    places = [schema.pages.index(shown) for shown in pages]
    here = schema.pages.index(page)
    found = [n for n in places if (n > here if step > 0 else n < here)]
    return (schema.pages[min(found) if step > 0 else max(found)]) if found else None


def _set(schema: FormSchema, case: str, *, is_posted: bool) -> PageSetting:
    """Every paper counts as sent when a page is posted, for no file is taken here."""
    papers = (
        {question.requirement for question in schema.fields() if question.type == "file"} if is_posted else ()
    )
    sent = FileView("thu", _("anh-thu.jpg"), _("tệp thử, không lưu"))
    return PageSetting(clock.today(), case, files={paper: [sent] for paper in papers})


def _read_answers(given: QueryDict) -> dict[str, Any]:
    """What earlier pages answered; what was tampered with is as if nothing had been answered."""
    text = given.get("answers", "")
    try:
        answers = json.loads(text) if text and len(text) <= _LONGEST else {}
        refuse_monsters(answers)
    except (ValueError, RecursionError, RuleViolation):
        return {}
    return answers if isinstance(answers, dict) else {}


def _list_cases(document: Document) -> list[tuple[str, str]]:
    cases = document.get("cases") or ()
    return [(str(case.get("key")), vi(case.get("label"))) for case in cases if isinstance(case, dict)]
