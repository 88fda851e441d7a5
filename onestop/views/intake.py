"""Taking in a paper dossier: choose the procedure, fill one page, hand over the receipt."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.services.reading import open_dossier
from onestop import services
from onestop.intake.page import CHANNELS, Error, IntakePage, read_intake
from onestop.intake.request import build_body, build_intake
from onestop.policy import receptionist
from onestop.procedures import list_offered
from payments import selectors as payments
from portal.accounts import parked
from portal.accounts import selectors as accounts
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, LockTimeout, PortalError, RuleViolation
from procedures.selectors import current_version, get_content

UNPROCESSABLE = 422
REUSED = "idempotency_key_reused"


@parked.restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
@receptionist
def intake(request: PortalRequest) -> HttpResponse:
    """One page from the person to the receipt. Whatever is wrong, everything typed stays."""
    data = request.POST if request.method == "POST" else parked.take(request)
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


def _choose(request: PortalRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:200]
    context = {"entries": list_offered(request.actor, query), "query": query}
    return render(request, "onestop/choose.html", context)


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
    if error.code == REUSED:
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
