"""Published versions: who wrote and approved them, how they differ, each as a citizen saw it; and ways back."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.audit.selectors import list_entries
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.templatetags.formats import vn_day
from procedures import services
from procedures.choices import Source
from procedures.comparing import compare_documents
from procedures.content import upgrade
from procedures.editing.publish.acts import name_act
from procedures.editing.publish.conflicting import show_conflict
from procedures.editing.publish.differing import group_changes
from procedures.editing.publish.typed import list_errors, read_number, read_text
from procedures.editing.shell import build_shell
from procedures.history import access_version, list_revisions, list_scheduled, list_versions
from procedures.models import Procedure, ProcedureVersion
from procedures.page import build_page
from procedures.selectors import get_content, list_performing_agencies

UNPROCESSABLE = 422
_STATES = {"now": "done", "coming": "info", "past": "", "cancelled": ""}


@require_safe
@catalogue_admin
def index(request: PortalRequest, code: str) -> HttpResponse:
    """The history, newest first, and who changed what."""
    shell, found = build_shell(code, tab="versions"), list_versions(code)
    coming = {version.pk for version in list_scheduled(code, clock.today())}
    context = {
        "shell": shell,
        "rows": [_row(version, shell.desk.procedure, coming) for version in found],
        "can_compare": len(found) > 1,
        "chosen": [version.number for version in found[:2]],
        "acts": [
            {"at": entry.at, "who": entry.user, "what": name_act(entry.action), "detail": entry.detail}
            for entry in list_entries(code)
        ],
        "revisions": list_revisions(code),
        "scheduled": coming,
    }
    return render(request, "catalogue/publish/versions.html", context)


def _row(version: ProcedureVersion, procedure: Procedure | None, coming: set[int]) -> dict[str, object]:
    today = clock.today()
    state = "past"
    if procedure is not None and procedure.current_id == version.pk:
        state = "now"
    elif version.pk in coming:
        state = "coming"
    elif version.effective_from > today:
        state = "cancelled"
    words = {
        "now": _("Đang áp dụng"),
        "coming": _("Chờ ngày áp dụng"),
        "past": _("Đã thay"),
        "cancelled": _("Đã hủy trước ngày áp dụng"),
    }
    return {
        "version": version,
        "state": words[state],
        "kind": _STATES[state],
        "is_coming": state == "coming",
        "is_current": state == "now",
        "ends": version.effective_to if state != "cancelled" else None,
        "source": Source(version.source).label if version.author is None else "",
    }


@require_safe
@catalogue_admin
def compare(request: PortalRequest, code: str) -> HttpResponse:
    """Any two versions side by side; the list where none are named. Raises NotFound for one that is not there."""
    if not {"from", "to"} <= request.GET.keys():
        return redirect("catalogue:versions", code)
    old = access_version(code, read_number(request.GET, "from") or 0)
    new = access_version(code, read_number(request.GET, "to") or 0)
    changes = compare_documents(upgrade(old.content), upgrade(new.content))
    shell = build_shell(code, tab="versions")
    context = {
        "shell": shell,
        "old": old,
        "new": new,
        "groups": group_changes(changes),
        "count": len(changes),
    }
    return render(request, "catalogue/publish/compare.html", context)


@require_safe
@catalogue_admin
def show(request: PortalRequest, code: str, number: int) -> HttpResponse:
    """One version as a citizen saw it; nothing can be done from it."""
    version = access_version(code, number)
    content = get_content(version.pk)
    shown = version.procedure
    shown.current = version  # for this page only; never saved
    page = build_page(
        shown,
        content,
        case_key=request.GET.get("case", ""),
        places=list_performing_agencies(content),
        on=clock.today(),
    )
    quiet = replace(
        page, action=None, check_href="", print_href="", blank_href="", sample_href="", prepare_href=""
    )
    context = {"page": quiet, "content": content, "version": version}
    return render(request, "catalogue/publish/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def restore(request: PortalRequest, code: str, number: int) -> HttpResponse:
    """Asks, then makes the draft equal to the version."""
    shell, version = build_shell(code, tab="versions"), access_version(code, number)
    if request.method == "POST":
        row_version = read_number(request.POST, "row_version") or 0
        try:
            services.restore_version(request.actor, code, number, row_version=row_version)
        except Conflict as conflict:
            return show_conflict(request, code, conflict)
        messages.success(
            request, _("Bản nháp đã giống bản %(number)d. Kiểm tra rồi trình công bố.") % {"number": number}
        )
        return redirect("catalogue:check", code)
    draft = shell.desk.draft
    over = _("Bản nháp hiện có được thay bằng bản này. Vẫn hoàn tác được.")
    context = {
        "question": _("Khôi phục bản %(number)d?") % {"number": number},
        "kicker": shell.name,
        "code": code,
        "action_label": _("Tạo bản nháp từ bản này"),
        "is_safe": True,
        "warning": _("Điều sẽ xảy ra"),
        "consequences": [
            *([over] if draft else []),
            _("Bản đang áp dụng chưa đổi. Người thứ hai phải xem và công bố."),
        ],
        "kept": [_("Mọi bản đã công bố vẫn còn trong lịch sử.")],
        "hidden": {"row_version": shell.desk.row_version},
        "base_template": "desk.html",
        "back_href": reverse("catalogue:versions", args=[code]),
        "version": version,
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def cancel(request: PortalRequest, code: str, number: int) -> HttpResponse:
    """Asks why, then proposes that a scheduled version never comes into force."""
    shell, version = build_shell(code, tab="versions"), access_version(code, number)
    error, reason = None, read_text(request.POST, "reason")
    if request.method == "POST":
        try:
            services.propose_cancelling(request.actor, code, number, reason=reason)
        except Conflict as conflict:
            return show_conflict(request, code, conflict, typed=[(_("Lý do hủy"), reason)])
        except RuleViolation as refusal:
            error = refusal
        else:
            messages.success(request, _("Đã trình hủy. Người quản trị thứ hai phải đồng ý thì mới hủy."))
            return redirect("catalogue:review", code)
    day = vn_day(version.effective_from)
    context = {
        "question": _("Hủy bản %(number)d trước ngày áp dụng?") % {"number": number},
        "kicker": shell.name,
        "code": code,
        "action_label": _("Trình hủy"),
        "warning": _("Điều sẽ xảy ra"),
        "consequences": [
            _("Người quản trị thứ hai phải đồng ý. Chưa đồng ý thì bản này vẫn áp dụng từ %(day)s.")
            % {"day": day},
            _("Nội dung đang áp dụng được công bố lại từ ngày ấy."),
        ],
        "kept": [_("Bản bị hủy vẫn nằm trong lịch sử.")],
        "reason_label": _("Vì sao hủy?"),
        "reason_hint": _("Người thứ hai và người dân sẽ đọc."),
        "reason_value": reason,
        "reason_error": error.errors.get("reason", [""])[0] if error else "",
        "errors": list_errors(error) if error else [],
        "has_errors": error is not None,
        "base_template": "desk.html",
        "back_href": reverse("catalogue:versions", args=[code]),
    }
    return render(request, "confirm.html", context, status=UNPROCESSABLE if error else 200)
