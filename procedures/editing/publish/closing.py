"""Closing a procedure that the law ended, with what replaces it; and opening one that was closed by mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import NotFound, RuleViolation
from portal.core.templatetags.formats import vn_day
from procedures import services
from procedures.editing.publish.typed import list_errors, read_text
from procedures.editing.shell import Shell, build_shell
from procedures.history import Pointing, find_pointing

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def close(request: PortalRequest, code: str) -> HttpResponse:
    """What leads to the procedure, what replaces it; on POST it is closed."""
    shell = build_shell(code, tab="overview")
    successor, error = read_text(request.POST, "successor"), None
    if shell.desk.procedure is None:
        raise NotFound(message=_("Thủ tục này chưa công bố nên không có gì để bãi bỏ."))
    if request.method == "POST":
        try:
            services.close_procedure(request.actor, code, successor=successor or None)
        except RuleViolation as refusal:
            error = refusal
        except NotFound:
            sentence = _("Không có thủ tục mang mã %(code)s. Xem lại mã.") % {"code": successor[:30]}
            error = RuleViolation(errors={"successor": [sentence]})
        else:
            messages.success(request, _("Đã bãi bỏ. Hồ sơ đã nộp vẫn được giải quyết."))
            return redirect("catalogue:procedure", code)
    context = _build_closing(shell, find_pointing(code), successor, error)
    return render(request, "catalogue/publish/close.html", context, status=UNPROCESSABLE if error else 200)


def _build_closing(
    shell: Shell, pointing: Pointing, successor: str, error: RuleViolation | None
) -> dict[str, object]:
    return {
        "question": _("Bãi bỏ thủ tục này?"),
        "kicker": shell.name,
        "code": shell.code,
        "action_label": _("Bãi bỏ"),
        "warning": _("Điều sẽ xảy ra"),
        "consequences": list(_tell_consequences(pointing)),
        "kept": [_("Hồ sơ đã nộp vẫn được giải quyết theo bản cũ."), _("Bãi bỏ nhầm thì mở lại được.")],
        "successor": successor,
        "successor_error": error.errors.get("successor", [""])[0] if error else "",
        "errors": list_errors(error) if error else [],
        "has_errors": error is not None,
        "base_template": "desk.html",
        "back_href": reverse("catalogue:procedure", args=[shell.code]),
    }


def _tell_consequences(pointing: Pointing) -> list[str]:
    told = [_("Từ hôm nay không ai nộp được hồ sơ mới. Trang của thủ tục vẫn còn, ghi là đã bãi bỏ.")]
    if pointing.has_draft:
        told.append(_("Thủ tục đang có một bản nháp. Bản nháp không mất."))
    if pointing.published:
        codes = ", ".join(pointing.published[:5])
        told.append(
            _("%(count)d thủ tục khác giới thiệu thủ tục này: %(codes)s. Nên sửa các thủ tục ấy.")
            % {"count": len(pointing.published), "codes": codes}
        )
    if pointing.drafts:
        codes = ", ".join(pointing.drafts[:5])
        told.append(
            _("%(count)d bản nháp giới thiệu thủ tục này: %(codes)s.")
            % {"count": len(pointing.drafts), "codes": codes}
        )
    return told


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def reopen(request: PortalRequest, code: str) -> HttpResponse:
    """Asks why, then opens what was closed by mistake."""
    shell = build_shell(code, tab="overview")
    procedure, reason, error = shell.desk.procedure, read_text(request.POST, "reason"), None
    if procedure is None or not procedure.is_closed:
        return redirect("catalogue:procedure", code)
    if request.method == "POST":
        try:
            services.reopen_procedure(request.actor, code, reason=reason)
        except RuleViolation as refusal:
            error = refusal
        else:
            messages.success(request, _("Đã mở lại. Người dân lại nộp được hồ sơ."))
            return redirect("catalogue:procedure", code)
    context = {
        "question": _("Mở lại thủ tục này?"),
        "kicker": shell.name,
        "code": code,
        "action_label": _("Mở lại"),
        "is_safe": True,
        "warning": _("Bãi bỏ từ %(day)s") % {"day": vn_day(procedure.closed_on)},
        "consequences": [_("Bản áp dụng trước khi bãi bỏ có hiệu lực lại ngay.")],
        "reason_label": _("Vì sao mở lại?"),
        "reason_hint": _("Được ghi vào lịch sử của thủ tục."),
        "reason_value": reason,
        "reason_error": error.errors.get("reason", [""])[0] if error else "",
        "errors": list_errors(error) if error else [],
        "has_errors": error is not None,
        "base_template": "desk.html",
        "back_href": reverse("catalogue:procedure", args=[code]),
    }
    return render(request, "confirm.html", context, status=UNPROCESSABLE if error else 200)
