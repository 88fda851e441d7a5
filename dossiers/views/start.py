"""The start page of filing: who may, papers, days, cost, before any sign-in; then case, agency, begin."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers import ownreads
from dossiers.forms import StartForm, list_form_errors
from dossiers.screens.start import list_agency_options, list_case_choices, list_case_options
from dossiers.services import drafts
from dossiers.views.access import UNPROCESSABLE, ask_to_act_as_citizen
from portal.accounts.parked import restores_parked, take
from portal.accounts.policy import ask_to_sign_in, public
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import RuleViolation
from procedures import selectors as catalogue
from procedures.content import Content
from procedures.guide.carrying import Carried, read_carried
from procedures.page import build_page

if TYPE_CHECKING:
    from procedures.models import Procedure

FORBIDDEN = 403


@restores_parked
@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """GET is public. POST begins a draft for the signed-in person; a visitor's choice waits for sign-in."""
    version = catalogue.current_version(code)
    content = catalogue.get_content(version.pk)
    if version.procedure.is_closed:
        return _show_closed(request, version.procedure)
    if not content.takes_online:
        return _show_not_online(request, version.procedure, content)
    actor = get_actor(request)
    if request.method == "POST" and actor.is_anonymous:
        return ask_to_sign_in(request)
    if request.method == "POST" and actor.is_officer:
        return ask_to_act_as_citizen(request)
    if request.method == "POST":
        return _begin(request, version.procedure, content)
    typed = take(request) or request.GET
    return _show(request, version.procedure, content, typed)


def _begin(request: HttpRequest, procedure: "Procedure", content: Content) -> HttpResponse:
    form = _build_form(content, request.POST)
    if not form.is_valid():
        return _show(request, procedure, content, request.POST, list_form_errors(form))
    actor, case, agency = get_actor(request), form.cleaned_data["case"], form.cleaned_data["agency"]
    carried = _read_carried(content, request.POST).answers
    begun = ownreads.find_untouched_draft(actor, procedure.code, case, agency)
    try:
        if begun is None:
            begun = drafts.start_draft(
                procedure.code, actor=actor, case_key=case, agency_code=agency, suggested=carried
            ).dossier_id
        elif carried:
            drafts.suggest_answers(begun, actor=actor, suggested=carried)
    except RuleViolation as error:
        return _show(request, procedure, content, request.POST, [{"text": error.message, "id": ""}])
    return redirect("dossiers:filing", begun)


def _read_carried(content: Content, typed: QueryDict) -> Carried:
    """Answers of the guided check that came along; the server judges them again."""
    given = {name: str(value) for name, value in typed.items()}
    return read_carried(content, given, clock.today())


def _build_form(content: Content, typed: QueryDict) -> StartForm:
    return StartForm(typed, cases=list_case_options(content), agencies=list_agency_options(content))


def _show(
    request: HttpRequest,
    procedure: "Procedure",
    content: Content,
    typed: QueryDict,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    case = content.case_or_none(typed.get("case", ""))
    agencies = list_agency_options(content)
    context: dict[str, Any] = {
        "procedure": procedure,
        "content": content,
        "page": build_page(
            procedure, content, case_key=case.key if case else "", places=(), on=clock.today()
        ),
        "case": case,
        "cases": list_case_choices(content),
        "agencies": agencies,
        "agency": typed.get("agency", "") or (agencies[0][0] if len(agencies) == 1 else ""),
        "carried": _read_carried(content, typed).params,
        "begun": ownreads.list_drafts_of(get_actor(request), procedure.pk),
        "errors": errors or [],
        "has_errors": bool(errors),
    }
    return render(request, "dossiers/start.html", context, status=UNPROCESSABLE if errors else None)


def _show_closed(request: HttpRequest, procedure: "Procedure") -> HttpResponse:
    """What replaces it, if anything does."""
    return render(request, "dossiers/closed.html", {"procedure": procedure}, status=UNPROCESSABLE)


def _show_not_online(request: HttpRequest, procedure: "Procedure", content: Content) -> HttpResponse:
    """The plain reason, and what to do instead."""
    href = reverse("procedures:detail", args=[procedure.code])
    context = {"procedure": procedure, "content": content, "href": href}
    return render(request, "dossiers/not_online.html", context, status=FORBIDDEN)
