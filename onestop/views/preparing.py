"""Filling the e-form on the screen to print it: for everybody, from level 2 on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers import ownreads
from dossiers.paper_forms import access_form
from dossiers.prepared_code import show_code
from dossiers.printing.prepared import render_prepared
from dossiers.screens.prefill import build_prefill
from dossiers.screens.start import list_case_choices
from dossiers.services import prepared as forms
from onestop.preparing import kept
from onestop.preparing.page import PreparePage, read_page
from portal.accounts.policy import public
from portal.accounts.requests import get_actor
from portal.accounts.signin.limits import find_address
from portal.core.errors import RateLimited
from procedures.formschema.prefill import Prefill
from procedures.selectors import get_content

OK, UNPROCESSABLE = 200, 422


@public
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, code: str) -> HttpResponse:
    """The case first, where there are several; then the whole form on one page, kept as typed until it is right."""
    _version_id, content = access_form(code, to_fill=True)
    cases = list_case_choices(content)
    typed = request.POST.get("case", "") if request.method == "POST" else request.GET.get("case", "")
    case = content.case_or_none(typed or (cases[0].value if len(cases) == 1 else ""))
    if cases and case is None:
        return render(request, "onestop/prepare_case.html", {"content": content, "cases": cases})
    data = request.POST if request.method == "POST" else None
    page = read_page(content, case, data, _offer(request))
    if page.is_ready:
        return _keep(request, page)
    return _show(request, page, UNPROCESSABLE if page.errors else OK)


def _offer(request: HttpRequest) -> Prefill:
    actor = get_actor(request)
    if actor.is_anonymous or actor.is_officer:
        return {}
    return build_prefill(actor, ownreads.get_latest_own_filing(actor))


def _keep(request: HttpRequest, page: PreparePage) -> HttpResponse:
    actor = get_actor(request)
    subject = find_address(request) if actor.is_anonymous else f"user:{actor.user_id}"
    try:
        code = forms.prepare_form(page.build_filled(), subject=subject)
    except RateLimited as error:
        page.errors.append({"text": error.message, "id": ""})
        return _show(request, page, error.http_status)
    kept.remember(request, page.content.code, code)
    return redirect("prepare:done", page.content.code)


def _show(request: HttpRequest, page: PreparePage, status: int) -> HttpResponse:
    context = {"page": page, "content": page.content, "has_errors": bool(page.errors)}
    return render(request, "onestop/prepare.html", context, status=status)


@public
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """It is ready to print: the code, the papers to bring, until when it is kept."""
    prepared_code = kept.recall(request, code)
    prepared = forms.get_prepared(prepared_code) if prepared_code else None
    if prepared is None:
        return redirect("prepare:fill", code)
    content = get_content(prepared.procedure_version_id)
    context = {"content": content, "prepared": prepared, "shown_code": show_code(prepared_code)}
    return render(request, "onestop/prepare_done.html", context)


@public
@require_safe
def form_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The filled form with its code, for the browser that filled it."""
    prepared_code = kept.recall(request, code)
    prepared = forms.get_prepared(prepared_code) if prepared_code else None
    if prepared is None:
        return redirect("prepare:fill", code)
    response = HttpResponse(render_prepared(prepared, prepared_code), content_type="application/pdf")
    name = f"to-khai-{get_content(prepared.procedure_version_id).code}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
