"""Bringing procedures in: a file is looked at record by record before anything is published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, PortalError, RuleViolation
from procedures.editing.loads.reads import back_to, build_load_page, build_record_page, list_loads
from procedures.editing_choices import ImportState
from procedures.services import loads

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def imports(request: PortalRequest) -> HttpResponse:
    """The loads so far, and the way to bring a file."""
    if request.method != "POST":
        return _show_imports(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _show_imports(request, error=_("Hãy chọn một tệp rồi bấm Đọc tệp."))
    try:
        load = loads.stage_file(request.actor, filename=str(upload.name), file=upload)
    except RuleViolation as error:
        return _show_imports(request, error=" ".join(map(str, error.errors.get("file", [error.message]))))
    return redirect("catalogue:import", load.pk)


def _show_imports(request: PortalRequest, *, error: str = "") -> HttpResponse:
    errors = [{"text": error, "id": "file"}] if error else []
    context: dict[str, Any] = {
        "loads": list_loads(),
        "most_bytes": loads.MOST_BYTES,
        "error": error,
        "errors": errors,
        "has_errors": bool(error),
    }
    return render(request, "catalogue/loads/imports.html", context, status=UNPROCESSABLE if error else None)


@require_safe
@catalogue_admin
def load(request: PortalRequest, load_id: UUID) -> HttpResponse:
    """One load: how far it is, its records by outcome, and what may be done with it."""
    page = build_load_page(load_id, request.GET.dict())
    can_apply = not page.needs_second_person or page.load.created_by_id != request.actor.user_id
    context = {"page": page, "can_apply": can_apply, "crumbs": back_to(page.load)[:1]}
    return render(request, "catalogue/loads/load.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def imported_record(request: PortalRequest, load_id: UUID, position: int) -> HttpResponse:
    """One record against what is published; where the province wrote its own, what becomes of it."""
    if request.method == "POST":
        return _choose(request, load_id, position)
    page = build_record_page(load_id, position)
    return render(request, "catalogue/loads/record.html", {"page": page, "crumbs": back_to(page.load)})


@require_POST
@catalogue_admin
def choose_all(request: PortalRequest, load_id: UUID) -> HttpResponse:
    """One choice for every record whose code the province wrote itself."""
    return _choose(request, load_id, None)


def _choose(request: PortalRequest, load_id: UUID, position: int | None) -> HttpResponse:
    try:
        loads.choose(request.actor, load_id, choice=request.POST.get("choice", ""), position=position)
    except (Conflict, RuleViolation) as error:
        messages.error(request, _tell(error))
    else:
        messages.success(request, _("Đã ghi lựa chọn."))
    return redirect("catalogue:import", load_id)


@require_POST
@catalogue_admin
def apply(request: PortalRequest, load_id: UUID) -> HttpResponse:
    """Publishes what the page showed."""
    try:
        done = loads.apply_load(request.actor, load_id)
    except Conflict as error:
        messages.error(request, _tell(error))
    else:
        is_done = done.state == ImportState.APPLIED
        messages.success(request, _("Đã áp dụng xong.") if is_done else _("Đang áp dụng. Trang tự cập nhật."))
    return redirect("catalogue:import", load_id)


@require_POST
@catalogue_admin
def discard(request: PortalRequest, load_id: UUID) -> HttpResponse:
    """Drops a load that was not applied."""
    try:
        loads.discard_load(request.actor, load_id)
    except Conflict as error:
        messages.error(request, _tell(error))
        return redirect("catalogue:import", load_id)
    messages.success(request, _("Đã bỏ lần nhập. Không có gì được công bố."))
    return redirect("catalogue:imports")


def _tell(error: PortalError) -> str:
    told = [str(message) for lines in getattr(error, "errors", {}).values() for message in lines]
    return " ".join(told) or str(error.message)
