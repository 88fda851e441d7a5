"""Refunds for desk people: what waits, one refund, proposing, deciding, paying out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments.choices import RefundWay
from payments.refunds import reads
from payments.refunds.cards import build_card, build_cards, list_facts
from payments.refunds.forms import ProposeForm, RejectForm, SeenForm
from payments.refunds.rights import PROPOSERS, READERS, may_propose
from payments.services import refund_paying, refunding
from payments.services.refund_steps import Source
from payments.views.typed import list_named, read_id
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.money import format_vnd, group_thousands

if TYPE_CHECKING:
    from django import forms

    from payments.models import Refund
    from payments.refunds.reads import Refundable
    from portal.accounts.actor import Actor

UNPROCESSABLE, CONFLICT = 422, 409

reader = officer(*READERS)
proposer = officer(*PROPOSERS)


@reader
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; the other views newest first."""
    actor = get_actor(request)
    view = request.GET.get("view", "waiting")
    view = view if view in reads.VIEWS else "waiting"
    found, more = reads.list_refunds(actor, view, before=str(read_id(request.GET.get("before", "")) or ""))
    context = {
        "cards": build_cards(found, actor, clock.now()),
        "chips": _list_chips(view),
        "view": view,
        "next_href": f"?view={view}&before={more}" if more else "",
        "may_begin": may_propose(actor, actor.agency_id or 0),
    }
    return render(request, "payments/refunds/index.html", context)


def _list_chips(view: str) -> list[dict[str, Any]]:
    labels = {
        "waiting": _("Đang chờ"),
        "done": _("Đã trả"),
        "rejected": _("Không duyệt"),
        "all": _("Tất cả"),
    }
    return [
        {"label": label, "href": f"?view={key}", "is_current": key == view} for key, label in labels.items()
    ]


@reader
@require_safe
def refund(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """One refund: what it is about, what happened, and what this officer may do now."""
    return _show(request, reads.access_refund(get_actor(request), refund_id))


@reader
@require_POST
def propose(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Propose what the system suggested, or again what lapsed."""
    actor, form = get_actor(request), ProposeForm(request.POST)

    def act(said: dict[str, Any]) -> Refund:
        return refunding.propose(
            refund_id,
            actor=actor,
            amount=said["amount"],
            reason=said["reason"],
            way=said["way"],
            seen=said["seen"],
        )

    return _write(request, refund_id, form, act, _("Đã đề xuất. Người thứ hai sẽ duyệt."))


@reader
@require_POST
def approve(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The second person's yes."""
    actor = get_actor(request)
    return _write(
        request,
        refund_id,
        SeenForm(request.POST),
        lambda said: refunding.approve(refund_id, actor=actor, seen=said["seen"]),
        _("Đã duyệt hoàn trả."),
    )


@reader
@require_POST
def reject(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The second person's no."""
    actor = get_actor(request)
    return _write(
        request,
        refund_id,
        RejectForm(request.POST),
        lambda said: refunding.reject(refund_id, actor=actor, reason=said["reason"], seen=said["seen"]),
        _("Đã ghi: không duyệt."),
    )


@reader
@require_POST
def pay_out(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The cash was handed over, or the transfer made."""
    actor = get_actor(request)
    return _write(
        request,
        refund_id,
        SeenForm(request.POST),
        lambda said: refund_paying.pay_out(refund_id, actor=actor, seen=said["seen"], number=said["number"]),
        _("Đã ghi: tiền đã trả cho người nộp."),
    )


@reader
@require_POST
def retry(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Send once more through the gateway."""
    actor = get_actor(request)
    return _write(
        request,
        refund_id,
        SeenForm(request.POST),
        lambda said: refund_paying.retry(refund_id, actor=actor, seen=said["seen"]),
        _("Hệ thống sẽ gửi lại sang cổng thanh toán."),
    )


@reader
@require_POST
def turn(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Pay by hand instead."""
    actor = get_actor(request)
    return _write(
        request,
        refund_id,
        SeenForm(request.POST),
        lambda said: refund_paying.turn(refund_id, actor=actor, way=said["way"], seen=said["seen"]),
        _("Đã đổi cách trả."),
    )


def _write(
    request: HttpRequest,
    refund_id: UUID,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Refund],
    done: str,
) -> HttpResponse:
    """One act on a refund; what was typed comes back with what to mend."""
    found = reads.access_refund(get_actor(request), refund_id)
    if not form.is_valid():
        return _show(request, found, errors=list_named(form.errors.items()))
    try:
        act(form.cleaned_data)
    except RuleViolation as refused:
        return _show(request, found, errors=list_named(refused.errors.items()) or [_as_error(refused)])
    except Conflict as conflict:
        return _show_conflict(request, conflict, reverse("payments:refund", args=[refund_id]))
    messages.success(request, done)
    return redirect("payments:refund", refund_id)


def _show(request: HttpRequest, found: Refund, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = get_actor(request)
    typed = request.POST
    source = found.payment or found.receipt or found.line or found.collection
    context = {
        "card": build_card(found, actor, clock.now()),
        "facts": list_facts(found),
        "brought": source.amount if source else None,
        "ways": _list_ways(found.way),
        "typed": {
            "amount": typed.get("amount") or group_thousands(found.amount),
            "reason": typed.get("reason", found.reason),
            "way": typed.get("way") or found.way,
            "number": typed.get("number", ""),
        },
        "errors": errors or [],
        "has_errors": bool(errors),
        "field_errors": {row["id"]: row["text"] for row in errors or []},
    }
    return render(request, "payments/refunds/refund.html", context, status=UNPROCESSABLE if errors else 200)


def _list_ways(way: str) -> list[tuple[str, str]]:
    """The gateway only where the money came through it."""
    return [
        (value, str(label))
        for value, label in RefundWay.choices
        if value != RefundWay.GATEWAY or way == RefundWay.GATEWAY
    ]


def _as_error(refused: RuleViolation) -> dict[str, str]:
    return {"id": "", "text": refused.message}


def _show_conflict(request: HttpRequest, conflict: Conflict, back_href: str) -> HttpResponse:
    labels = {"amount": _("Số tiền hoàn trả"), "reason": _("Lý do"), "number": _("Số giao dịch")}
    typed = [(label, request.POST[name]) for name, label in labels.items() if request.POST.get(name)]
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "typed": typed,
        "back_href": back_href,
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)


@proposer
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """An officer begins: the code of a dossier, what was taken for it, then how much goes back and why."""
    actor, code = get_actor(request), request.GET.get("code", "")[:64]
    found = reads.list_refundable(actor, code)
    chosen = next((row for row in found if row.key == request.GET.get("what")), None)
    if chosen is None and len(found) == 1:
        chosen = found[0]
    if request.method == "POST":
        return _begin(request, actor, code, found, chosen)
    return _ask(request, code, found, chosen)


def _begin(
    request: HttpRequest, actor: Actor, code: str, found: list[Refundable], chosen: Refundable | None
) -> HttpResponse:
    form = ProposeForm(request.POST)
    if chosen is None:
        return _ask(
            request, code, found, None, errors=[{"id": "code", "text": _("Nhập mã hồ sơ đã thu tiền.")}]
        )
    if not form.is_valid():
        return _ask(request, code, found, chosen, errors=list_named(form.errors.items()))
    said = form.cleaned_data
    try:
        row = refunding.begin(
            Source.of(chosen.payment, chosen.receipt),
            actor=actor,
            amount=said["amount"],
            reason=said["reason"],
            way=said["way"],
            given=int(said["seen"]) if said["seen"].isascii() and said["seen"].isdigit() else None,
        )
    except RuleViolation as refused:
        errors = list_named(refused.errors.items()) or [_as_error(refused)]
        return _ask(request, code, found, chosen, errors=errors)
    messages.success(request, _("Đã đề xuất. Người thứ hai sẽ duyệt."))
    return redirect("payments:refund", row.pk)


def _ask(
    request: HttpRequest,
    code: str,
    found: list[Refundable],
    chosen: Refundable | None,
    *,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    shown = errors or []
    if code and not found:
        shown = [{"id": "code", "text": _("Cơ quan bạn chưa thu tiền cho hồ sơ có mã này.")}]
    way = str(Source.of(chosen.payment, chosen.receipt).way) if chosen else ""
    context = {
        "code": code,
        "found": found,
        "chosen": chosen,
        "ways": _list_ways(way),
        "typed": {
            "amount": request.POST.get("amount", ""),
            "reason": request.POST.get("reason", ""),
            "way": request.POST.get("way") or way,
        },
        "left": format_vnd(chosen.room.left) if chosen else "",
        "errors": shown,
        "has_errors": bool(shown),
        "field_errors": {row["id"]: row["text"] for row in shown},
    }
    return render(request, "payments/refunds/begin.html", context, status=UNPROCESSABLE if shown else 200)
