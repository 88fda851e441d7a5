"""Checking the answers, sending them, and the page that confirms a filing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers import ownreads, selectors
from dossiers.choices import Status
from dossiers.estimates import expect_filing
from dossiers.models import Dossier
from dossiers.screens import review
from dossiers.screens.filed import list_print_links
from dossiers.screens.lookup import draw_qr, show_secret
from dossiers.screens.overview import Situation
from dossiers.screens.sheet import Sheet
from dossiers.screens.stops import build_stops
from dossiers.services import filing, supplementing
from dossiers.views.access import (
    UNPROCESSABLE,
    access_own,
    access_sheet,
    go_to_dossier,
    read_number,
)
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from procedures import selectors as catalogue

CONFLICT = 409


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Every answer with its way back; POST sends the draft that was shown, however often it is pressed."""
    if request.method == "POST":
        return _send(request, access_own(request, dossier_id))
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return go_to_dossier(dossier_id)
    return _show(request, sheet)


def _send(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    try:
        if dossier.status == Status.DRAFT or "supplement" not in request.POST:
            return _submit(request, dossier)
        return _supplement(request, dossier)
    except Conflict as error:
        return _ask_again(request, dossier.pk, error.message, CONFLICT)
    except RuleViolation as error:
        if error.code != "incomplete":
            raise
        return _ask_again(request, dossier.pk, "", UNPROCESSABLE)


def _submit(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    version = read_number(request.POST.get("row_version"))
    filing.submit_draft(dossier.pk, actor=get_actor(request), row_version=version)
    return redirect("dossiers:done", dossier.pk)


def _supplement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """A second press finds the request answered: it goes to the dossier like the first."""
    if dossier.status != Status.AWAITING_SUPPLEMENT:
        return go_to_dossier(dossier.pk)
    draft = selectors.get_draft(dossier)
    if draft is not None and draft.row_version != read_number(request.POST.get("row_version")):
        raise Conflict("draft_changed", _("Nội dung vừa thay đổi ở cửa sổ khác. Mời bạn xem lại rồi gửi."))
    version = read_number(request.POST.get("supplement"))
    supplementing.supplement(dossier.pk, actor=get_actor(request), version=version)
    messages.success(request, _("Đã gửi bổ sung. Cán bộ xem tiếp hồ sơ của bạn."))
    return go_to_dossier(dossier.pk)


def _ask_again(request: HttpRequest, dossier_id: UUID, message: str, status: int) -> HttpResponse:
    """The overview as it is now, with what stands in the way."""
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return go_to_dossier(dossier_id)
    return _show(request, sheet, message=message, status=status, has_errors=True)


def _show(
    request: HttpRequest, sheet: Sheet, *, message: str = "", status: int = 200, has_errors: bool = False
) -> HttpResponse:
    missing = review.list_missing(sheet)
    asked = selectors.get_open_supplement(sheet.dossier) if sheet.is_supplement else None
    items = review.list_asked(sheet, asked)
    context = {
        "sheet": sheet,
        "sections": review.build_sections(sheet),
        "papers": review.build_paper_rows(sheet),
        "fees": review.build_fees(sheet),
        "missing": missing,
        "asked": items,
        "unanswered": sum(not item.is_answered for item in items),
        "expected": expect_filing(sheet.dossier, clock.now()),
        "message": message,
        "has_errors": has_errors,
    }
    return render(request, "dossiers/check.html", context, status=status)


@signed_in
@require_safe
def done(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The confirmation; a bookmark of it opens for ever."""
    dossier = access_own(request, dossier_id)
    if dossier.status == Status.DRAFT:
        return redirect("dossiers:filing", dossier_id)
    content, reader = catalogue.get_content(dossier.procedure_version_id), get_actor(request).user_id
    events = selectors.list_events(dossier)
    situation = Situation(dossier, content, clock.now(), fees=selectors.list_fees(dossier))
    latest = selectors.get_filing(dossier) if content.all_owners_consent else None
    awaited = [owner.name for owner in ownreads.list_awaited_owners(dossier, content, latest)]
    context = {
        "dossier": dossier,
        "content": content,
        "secret": show_secret(dossier),
        "qr": draw_qr(dossier),
        "fee": situation.open_fee,
        "prints": list_print_links(dossier, events),
        "stops": build_stops(
            dossier, events[:1], content, audience="owner", reader_id=reader, awaited=awaited
        ),
    }
    return render(request, "dossiers/done.html", context)
