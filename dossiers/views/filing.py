"""Filling in a draft: task list, one page of the e-form at a time, case and agency, throwing it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.choices import Status
from dossiers.forms import StartForm, list_form_errors
from dossiers.screens import tasks as task_list
from dossiers.screens.sheet import Sheet
from dossiers.screens.start import list_agency_options, list_case_choices, list_case_options
from dossiers.services import drafts
from dossiers.views.access import UNPROCESSABLE, access_own, access_sheet, go_to_dossier
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, RuleViolation
from procedures.english import name_of


@signed_in
@require_safe
def tasks(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What is done and what is left, in words."""
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return go_to_dossier(dossier_id)
    groups = task_list.build_task_groups(sheet)
    done, total = task_list.count_done(groups)
    context = {
        "sheet": sheet,
        "groups": groups,
        "done": done,
        "total": total,
        "next_href": task_list.find_next_href(sheet, ""),
    }
    return render(request, "dossiers/tasks.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Change the case or the agency of a first filing; the answers stay."""
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return go_to_dossier(dossier_id)
    if sheet.is_supplement:
        return redirect("dossiers:filing", dossier_id)
    if request.method != "POST":
        return _show_case(
            request, sheet, sheet.case, sheet.dossier.agency.code if sheet.dossier.agency else ""
        )
    form = StartForm(
        request.POST, cases=list_case_options(sheet.content), agencies=list_agency_options(sheet.content)
    )
    errors = list_form_errors(form)
    if not errors:
        try:
            drafts.choose_case(
                dossier_id,
                actor=get_actor(request),
                case_key=form.cleaned_data["case"],
                agency_code=form.cleaned_data["agency"],
            )
        except RuleViolation as error:
            errors = [{"text": error.message, "id": "agency"}]
    if errors:
        return _show_case(
            request, sheet, request.POST.get("case", ""), request.POST.get("agency", ""), errors
        )
    messages.success(request, _("Đã lưu."))
    return redirect("dossiers:filing", dossier_id)


def _show_case(
    request: HttpRequest, sheet: Sheet, case_key: str, agency: str, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "cases": list_case_choices(sheet.content),
        "agencies": list_agency_options(sheet.content),
        "case_key": case_key,
        "agency": agency,
        "errors": errors or [],
        "field_errors": {error["id"]: error["text"] for error in errors or []},
        "has_errors": bool(errors),
    }
    return render(request, "dossiers/case.html", context, status=UNPROCESSABLE if errors else None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Throw a draft away, after asking. A repeat finds nothing and says so."""
    dossier = access_own(request, dossier_id)
    if dossier.status != Status.DRAFT:
        return go_to_dossier(dossier_id)
    if request.method == "POST":
        drafts.discard_draft(dossier_id, actor=get_actor(request))
        messages.success(request, _("Đã xóa bản nháp."))
        return redirect("dossiers:mine")
    context = {
        "kicker": name_of(dossier.procedure),
        "question": _("Xóa bản nháp này?"),
        "warning": _("Xóa rồi thì không lấy lại được"),
        "consequences": [_("Câu trả lời và các tệp bạn đã gửi bị xóa.")],
        "action_label": _("Xóa bản nháp"),
        "back_href": reverse("dossiers:filing", args=[dossier_id]),
        "back_label": _("Giữ bản nháp"),
    }
    return render(request, "confirm.html", context)
