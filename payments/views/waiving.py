"""Waiving a fee by two people: one officer proposes, another decides; the same page for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.services import acting
from payments.panel import build_card
from payments.services import desk as services
from payments.views.pages import build_page, dossier_href
from payments.waivers import READERS, build_waiver
from portal.accounts import parked
from portal.accounts.parked import restores_parked
from portal.accounts.policy import officer
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict, RuleViolation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.accounts.actor import Actor

UNPROCESSABLE, CONFLICT = 422, 409
TYPED = ("reason", "basis", "paper", "no")
_reader = officer(*READERS)


@_reader
@restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, fee_id: UUID) -> HttpResponse:
    """What is proposed about this fee; to post proposes."""
    actor = get_actor(request)
    opened = services.open_fee(fee_id, actor=actor)
    if request.method != "POST":
        kept: Mapping[str, str] = parked.take(request) or {}
        return _show(request, opened, actor, typed={name: kept.get(name, "") for name in TYPED})
    typed = _read(request)
    try:
        acting.propose_waiver(
            opened.dossier.pk,
            fee_id,
            typed["reason"],
            typed["basis"],
            paper=typed["paper"],
            actor=actor,
            version=_version(request),
        )
    except (Conflict, RuleViolation) as refusal:
        return _refuse(request, opened, actor, typed, refusal)
    messages.success(request, _("Đã gửi đề xuất miễn. Trưởng bộ phận hoặc lãnh đạo sẽ quyết định."))
    return redirect(dossier_href(opened.dossier, actor))


@_reader
@require_POST
def decide(request: HttpRequest, fee_id: UUID) -> HttpResponse:
    """The second person's yes or no."""
    actor = get_actor(request)
    opened = services.open_fee(fee_id, actor=actor)
    typed, version = _read(request), _version(request)
    is_yes = request.POST.get("answer") == "yes"
    try:
        if is_yes:
            acting.waive_fee(opened.dossier.pk, fee_id, actor=actor, version=version)
        else:
            acting.reject_waiver(opened.dossier.pk, fee_id, typed["no"], actor=actor, version=version)
    except (Conflict, RuleViolation) as refusal:
        return _refuse(request, opened, actor, typed, refusal)
    said = _("Đã miễn khoản này và báo cho người dân.") if is_yes else _("Đã ghi: không duyệt miễn.")
    messages.success(request, said)
    return redirect(dossier_href(opened.dossier, actor))


def _read(request: HttpRequest) -> dict[str, str]:
    return {name: str(request.POST.get(name, "")).strip() for name in TYPED}


def _version(request: HttpRequest) -> int:
    """What the officer saw; a form without it saw nothing that is there."""
    text = str(request.POST.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**31)) else 0


def _refuse(
    request: HttpRequest,
    opened: services.OpenedFee,
    actor: Actor,
    typed: dict[str, str],
    refusal: Conflict | RuleViolation,
) -> HttpResponse:
    """The page as it is now, with what was typed and why nothing was written."""
    fresh = services.open_fee(opened.fee.pk, actor=actor)
    status = CONFLICT if isinstance(refusal, Conflict) else UNPROCESSABLE
    errors = getattr(refusal, "errors", {}) or {}
    if request.POST.get("answer") == "no":
        errors = {"no" if name == "reason" else name: lines for name, lines in errors.items()}
    said = {name: " ".join(lines) for name, lines in errors.items() if name in TYPED}
    summary = [{"text": text, "id": name} for name, text in said.items()]
    return _show(
        request,
        fresh,
        actor,
        typed=typed,
        said=said,
        errors=summary or [{"text": refusal.message}],
        status=status,
    )


def _show(
    request: HttpRequest,
    opened: services.OpenedFee,
    actor: Actor,
    *,
    typed: dict[str, str],
    said: dict[str, str] | None = None,
    errors: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    card = build_card(opened.fee, may_take=False)
    context = build_page(opened.dossier, actor, card) | {
        "waiver": build_waiver(opened.dossier, opened.fee, actor),
        "typed": typed,
        "said": said or {},
        "errors": errors or [],
        "has_errors": bool(errors),
    }
    return render(request, "payments/waive.html", context, status=status)
