"""Taking in a paper dossier: choose the procedure, fill one page, hand over the receipt."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers import deskreads
from dossiers.prepared_code import read_code
from dossiers.services.prepared import open_prepared
from dossiers.services.reading import open_dossier
from onestop import services
from onestop.intake.from_prepared import build_prepared_intake
from onestop.intake.page import CHANNELS, Error, IntakePage, read_intake
from onestop.intake.request import build_body, build_intake
from onestop.policy import receptionist
from onestop.procedures import list_offered
from payments import selectors as payments
from portal.accounts import parked
from portal.accounts import selectors as accounts
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, LockTimeout, NotFound, PortalError, RateLimited, RuleViolation
from procedures.selectors import current_version, get_content

UNPROCESSABLE = 422
REUSED = "idempotency_key_reused"
USED = "prepared_used"


@parked.restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
@receptionist
def intake(request: PortalRequest) -> HttpResponse:
    """One page from the person to the receipt. Whatever is wrong, everything typed stays."""
    data = request.POST if request.method == "POST" else parked.take(request)
    if data is None and "prepared" in request.GET:
        return _open_prepared(request, request.GET["prepared"])
    code = (data or request.GET).get("procedure", "")
    if not code:
        return _choose(request)
    content = get_content(current_version(code).pk)
    if request.method == "POST" and request.POST.get("do") == "other":
        return _choose(request)
    page = read_intake(content, request.actor, data, case=request.GET.get("case", ""))
    if request.method == "POST" and page.is_ready:
        return _take_in(request, page, request.POST)
    return _show(request, page)


def _choose(request: PortalRequest, trouble: PortalError | None = None) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:200]
    code = read_code(query)
    if code:
        return redirect(f"{reverse('onestop:intake')}?prepared={code}")
    entries = list_offered(request.actor, query)
    context: dict[str, Any] = {"entries": entries, "query": query, "trouble": trouble}
    if trouble is not None:
        context["became"] = deskreads.find_by_code(request.actor, str(trouble.extra.get("dossier") or ""))
    return render(request, "onestop/choose.html", context, status=trouble.http_status if trouble else 200)


def _open_prepared(request: PortalRequest, typed: str) -> HttpResponse:
    """The page filled from the form that somebody filled at home; else the reason, and choosing by hand."""
    try:
        prepared = open_prepared(typed, actor=request.actor)
    except (NotFound, Conflict, RuleViolation, RateLimited) as error:
        return _choose(request, error)
    page = build_prepared_intake(prepared, request.actor, typed)
    return _show(request, page)


def _take_in(request: PortalRequest, page: IntakePage, data: QueryDict) -> HttpResponse:
    agency = accounts.access_agency(request.actor.agency_id or 0)
    try:
        dossier_id = services.take_in(
            build_intake(page, agency.code), actor=request.actor, key=page.token, body=build_body(data)
        )
    except (RuleViolation, Conflict, LockTimeout) as error:
        return _refuse(request, page, error)
    return redirect("onestop:taken", dossier_id)


def _refuse(request: PortalRequest, page: IntakePage, error: PortalError) -> HttpResponse:
    """The same page with what the service refused; a form sent before gets a new token."""
    if error.code == USED:
        page.prepared = ""
        text = _("%(reason)s Nếu đây là hồ sơ khác, hãy bấm nhận lần nữa.") % {"reason": error.message}
        page.errors.append({"text": text, "id": ""})
    elif error.code == REUSED:
        page.token = read_intake(page.content, request.actor, None).token
        text = _("Biểu mẫu này đã nhận một hồ sơ rồi. Nếu đây là hồ sơ khác, hãy bấm nhận lần nữa.")
        page.errors.append({"text": text, "id": ""})
    else:
        page.errors += list_errors(error)
    return _show(request, page)


def list_errors(error: PortalError) -> list[Error]:
    """What a service refused, for the error summary; messages that name no control stand without a link."""
    found = [
        {"text": line, "id": path if path.startswith("paper-") else ""}
        for path, lines in (error.errors if isinstance(error, RuleViolation) else {}).items()
        for line in lines
    ]
    return found or [{"text": error.message, "id": ""}]


def _show(request: PortalRequest, page: IntakePage) -> HttpResponse:
    context = {
        "page": page,
        "channels": [(channel.value, channel.label) for channel in CHANNELS],
        "has_errors": bool(page.errors),
        "intake_href": reverse("onestop:intake"),
    }
    template = (
        "onestop/partials/panel.html"
        if request.headers.get("HX-Target") == "panel"
        else "onestop/intake.html"
    )
    return render(request, template, context, status=UNPROCESSABLE if page.errors else 200)


@require_safe
@receptionist
def taken(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """It is in: the code in large, the promised day, the paper to print, and the next person."""
    dossier = open_dossier(dossier_id, actor=request.actor, what="desk:taken")
    context = {"dossier": dossier, "receipts": payments.list_receipts(dossier)}
    return render(request, "onestop/taken.html", context)
