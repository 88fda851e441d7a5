"""What the owner may do with a filed dossier: take it back, answer a draft result, agree as a co-owner."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dossiers import commands, ownreads, selectors
from dossiers.choices import ConfirmationAnswer, ConsentManner, FeeStatus
from dossiers.forms import ConfirmationForm, ReasonForm, list_form_errors
from dossiers.models import ConfirmationRequest, Dossier
from dossiers.offers import offered_actions
from dossiers.parties import own_party
from dossiers.screens.consent import list_consent_words
from dossiers.screens.filed import file_href
from dossiers.services import acting
from dossiers.timeline import TITLES, name_actor
from dossiers.views.access import UNPROCESSABLE, access_filed, go_to_dossier, read_number
from portal.accounts.parked import restores_parked, take
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict
from portal.core.money import format_vnd
from procedures.english import name_of

CONFLICT = 409
PICTURES = frozenset({"image/png", "image/jpeg"})
"""What every browser can show."""


@restores_parked
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Before acceptance it ends at once; after it the desk is asked to stop (Decree 118/2025 Art. 21)."""
    dossier = access_filed(request, dossier_id)
    offered = offered_actions(dossier, get_actor(request), ())
    if "withdraw" not in offered and "request_withdrawal" not in offered:
        messages.info(request, _("Hồ sơ này không rút được nữa."))
        return go_to_dossier(dossier_id)
    at_once = "withdraw" in offered
    if request.method != "POST":
        typed = take(request)
        return _ask_reason(request, dossier, at_once=at_once, reason=typed.get("reason", "") if typed else "")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _ask_reason(request, dossier, at_once=at_once, errors=list_form_errors(form))
    try:
        _take_back(request, dossier, form.cleaned_data["reason"], at_once=at_once)
    except Conflict as error:
        return _show_conflict(request, dossier, error, [(_("Lý do"), form.cleaned_data["reason"])])
    return go_to_dossier(dossier_id)


def _take_back(request: HttpRequest, dossier: Dossier, reason: str, *, at_once: bool) -> None:
    actor, version = get_actor(request), read_number(request.POST.get("version"))
    if at_once:
        acting.perform(dossier.pk, commands.Withdraw(reason), actor=actor, version=version)
        messages.success(request, _("Đã rút hồ sơ."))
    else:
        acting.request_withdrawal(dossier.pk, reason, actor=actor, version=version)
        messages.success(request, _("Đã gửi đề nghị rút. Cán bộ sẽ xem và báo bạn."))


def _ask_reason(
    request: HttpRequest,
    dossier: Dossier,
    *,
    at_once: bool,
    reason: str = "",
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "kicker": name_of(dossier.procedure),
        "code": dossier.code,
        "question": _("Rút hồ sơ này?") if at_once else _("Đề nghị rút hồ sơ này?"),
        "warning": _("Rút rồi thì không mở lại được") if at_once else _("Hồ sơ đang được giải quyết"),
        "consequences": _list_consequences(dossier, at_once=at_once),
        "action_label": _("Rút hồ sơ") if at_once else _("Gửi đề nghị rút"),
        "back_href": reverse("dossiers:detail", args=[dossier.pk]),
        "back_label": _("Giữ hồ sơ"),
        "reason_label": _("Vì sao bạn rút?"),
        "reason_hint": _("Cán bộ đọc câu trả lời này."),
        "reason_value": request.POST.get("reason", reason),
        "reason_error": errors[0]["text"] if errors else "",
        "hidden": {"version": dossier.version},
        "errors": errors or [],
        "has_errors": bool(errors),
    }
    return render(request, "confirm.html", context, status=UNPROCESSABLE if errors else 200)


def _list_consequences(dossier: Dossier, *, at_once: bool) -> list[str]:
    """What happens, and what becomes of money already paid."""
    if at_once:
        lines = [_("Cơ quan không giải quyết hồ sơ này nữa."), _("Muốn làm lại, bạn nộp hồ sơ mới.")]
    else:
        lines = [_("Cán bộ xem đề nghị rồi dừng hồ sơ."), _("Đã ký kết quả thì không dừng được nữa.")]
    for fee in selectors.list_fees(dossier):
        back = sum(line.get("amount") or 0 for line in fee.lines if line.get("refundable"))
        if fee.status == FeeStatus.SETTLED and back:
            lines.append(_("Bạn được trả lại %(amount)s.") % {"amount": format_vnd(back)})
        elif fee.status == FeeStatus.SETTLED and fee.amount:
            lines.append(
                _("Khoản %(amount)s đã nộp không được trả lại.") % {"amount": format_vnd(fee.amount)}
            )
    return lines


@restores_parked
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The draft of the result: agree, or say what is wrong."""
    dossier = access_filed(request, dossier_id)
    asked = ownreads.get_open_confirmation(dossier)
    if asked is None:
        messages.info(request, _("Không có bản nháp nào đang chờ bạn xem."))
        return go_to_dossier(dossier_id)
    if request.method != "POST":
        typed = take(request)
        return _ask_answer(request, dossier, asked, ConfirmationForm(initial=typed.dict() if typed else None))
    form = ConfirmationForm(request.POST)
    if not form.is_valid():
        return _ask_answer(request, dossier, asked, form)
    answer, text = ConfirmationAnswer(form.cleaned_data["answer"]), form.cleaned_data["text"]
    version = read_number(request.POST.get("version"))
    try:
        acting.answer_confirmation(dossier_id, answer, text, actor=get_actor(request), version=version)
    except Conflict as error:
        return _show_conflict(request, dossier, error, [(_("Chỗ cần sửa"), text)] if text else [])
    messages.success(request, _("Đã ghi nhận câu trả lời của bạn."))
    return go_to_dossier(dossier_id)


def _ask_answer(
    request: HttpRequest, dossier: Dossier, asked: ConfirmationRequest, form: ConfirmationForm
) -> HttpResponse:
    errors = list_form_errors(form) if form.is_bound else []
    context = {
        "dossier": dossier,
        "asked": asked,
        "file_href": file_href(dossier, asked.file_id),
        "is_picture": asked.file.mime in PICTURES,
        "choices": [
            {"value": ConfirmationAnswer.CONFIRMED.value, "label": _("Bản nháp đúng")},
            {"value": ConfirmationAnswer.CORRECTION.value, "label": _("Có chỗ cần sửa")},
        ],
        "answer": form["answer"].value(),
        "text": form["text"].value() or "",
        "errors": errors,
        "field_errors": {error["id"]: error["text"] for error in errors},
        "has_errors": bool(errors),
    }
    return render(request, "dossiers/confirmation.html", context, status=UNPROCESSABLE if errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Another owner agrees to the filing. Raises Forbidden for whoever is no owner by verified identity."""
    dossier = access_filed(request, dossier_id)
    actor = get_actor(request)
    party = own_party(dossier, actor)
    if request.method == "POST":
        acting.give_consent(dossier_id, party, ConsentManner.ACCOUNT, actor=actor, version=None)
        messages.success(request, _("Đã ghi nhận sự đồng ý của bạn."))
        return go_to_dossier(dossier_id)
    context = {
        "kicker": name_of(dossier.procedure),
        "code": dossier.code,
        "question": _("Bạn đồng ý nộp hồ sơ này?"),
        "consequences": list_consent_words(dossier, selectors.get_filing(dossier)),
        "action_label": _("Tôi đồng ý"),
        "back_href": reverse("dossiers:detail", args=[dossier_id]),
        "is_safe": True,
    }
    return render(request, "confirm.html", context)


def _show_conflict(
    request: HttpRequest, dossier: Dossier, error: Conflict, typed: list[tuple[str, Any]]
) -> HttpResponse:
    """Somebody was first; what was typed stays on the screen."""
    last = selectors.list_events(dossier)[-1:]
    context = {
        "message": error.message,
        "back_href": reverse("dossiers:detail", args=[dossier.pk]),
        "changes": [{"what": TITLES.get(e.kind, e.kind), "who": name_actor(e), "at": e.at} for e in last],
        "typed": typed,
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)
