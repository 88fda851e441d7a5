"""What the post collects for the agency: the list it sends, what it still owes and since when, its transfers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from payments.forms import TransferForm
from payments.services import post as services
from payments.till import collections as reads
from payments.views.till import UNPROCESSABLE, cashier, cashier_or_head
from payments.views.typed import read_id
from portal.accounts.forms import list_errors
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.clock import to_local
from portal.core.errors import RuleViolation
from portal.core.money import format_vnd

LINES = "lines"


@cashier_or_head
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """What waits for the post's list, what the post owes, and the latest transfers."""
    return _show(request, TransferForm())


@cashier
@require_POST
def post_collected(request: HttpRequest) -> HttpResponse:
    """The post's list says that the ticked ones were collected: each gets its receipt, or a reason why not."""
    picked = _read_ids(request)
    if not picked:
        error = {"text": _("Chọn ít nhất một khoản có trong bảng kê của bưu điện."), "id": "waiting"}
        return _show(request, TransferForm(), [error])
    outcomes = services.take_list(picked, actor=get_actor(request))
    done = [outcome for outcome in outcomes if outcome.receipt]
    if done:
        messages.success(request, _("Đã ghi thu %(count)d khoản, có biên lai.") % {"count": len(done)})
    for outcome in outcomes:
        if outcome.kept:
            messages.warning(request, _tell_kept(outcome))
        if outcome.refusal:
            words = {"parcel": outcome.collection.parcel, "why": outcome.refusal}
            messages.error(request, _("Bưu gửi %(parcel)s: %(why)s") % words)
    return redirect("payments:post")


@cashier_or_head
@require_POST
def post_handed(request: HttpRequest) -> HttpResponse:
    """The post transferred what was ticked."""
    form, picked = TransferForm(request.POST), _read_ids(request)
    if not form.is_valid():
        return _show(request, form, picked=picked)
    typed = form.cleaned_data
    try:
        amount = services.hand_over(picked, typed["number"], typed["amount"], actor=get_actor(request))
    except RuleViolation as refusal:
        return _show(request, form, _spread(form, refusal), picked=picked)
    messages.success(request, _("Đã ghi: bưu điện chuyển %(amount)s.") % {"amount": format_vnd(amount)})
    return redirect("payments:post")


@cashier
@require_POST
def post_cancel(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """The post does not collect it after all."""
    found = services.cancel(collection_id, actor=get_actor(request))
    messages.success(request, _("Bưu gửi %(parcel)s: đã thôi nhờ thu.") % {"parcel": found.parcel})
    return redirect("payments:post")


def _tell_kept(outcome: services.Outcome) -> str:
    """Why not all of the money settled the fee, and what comes next."""
    if outcome.receipt:
        text = _(
            "Bưu gửi %(parcel)s: đã có biên lai %(due)s, bưu điện thu thừa %(kept)s. Đã đề nghị hoàn trả."
        )
    elif outcome.waits_for:
        text = _(
            "Bưu gửi %(parcel)s: bưu điện thu %(told)s, mức thu bây giờ là %(due)s nên khoản này chưa nộp. Đã ghi "
            "số tiền ấy và đề nghị hoàn trả; hãy thu đủ bằng cách khác."
        )
    else:
        text = _(
            "Bưu gửi %(parcel)s: khoản này không còn chờ nộp. Đã ghi %(kept)s là tiền thừa và đề nghị hoàn trả."
        )
    told = outcome.collection.amount
    return text % {
        "parcel": outcome.collection.parcel,
        "told": format_vnd(told),
        "kept": format_vnd(outcome.kept),
        "due": format_vnd(outcome.waits_for or told - outcome.kept),
    }


def _read_ids(request: HttpRequest) -> list[UUID]:
    """The ticked lines; what is no id is no line."""
    return [found for typed in request.POST.getlist(LINES) if (found := read_id(typed))]


def _spread(form: TransferForm, refusal: RuleViolation) -> list[dict[str, str]]:
    """Errors of fields beside them; of the list, on top."""
    for name, texts in refusal.errors.items():
        for text in texts if name in form.fields else ():
            form.add_error(name, text)
    return [{"text": text, "id": "owing"} for text in refusal.errors.get(LINES, ())]


def _show(
    request: HttpRequest,
    form: TransferForm,
    errors: list[dict[str, str]] | None = None,
    picked: list[UUID] | None = None,
) -> HttpResponse:
    actor, today = get_actor(request), clock.today()
    owing = reads.find_owing(actor)
    problems = (errors or []) + (list_errors(form) if form.is_bound else [])
    context: dict[str, Any] = {
        "waiting": reads.list_waiting(actor),
        "owing": owing,
        "owed": [
            (row, (today - to_local(row.collected_at or row.noted_at).date()).days) for row in owing.rows
        ],
        "handed": reads.list_handed(actor),
        "form": form,
        "picked": set(picked or ()),
        "errors": problems,
        "has_errors": bool(problems),
    }
    return render(request, "payments/till/post.html", context, status=UNPROCESSABLE if problems else 200)
