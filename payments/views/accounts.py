"""Which agency has which contract with a gateway or a bank: for site admins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from payments.contractforms import ContractForm
from payments.gateways.registry import gateways
from payments.services import accounts as services
from portal.accounts import parked
from portal.accounts.parked import restores_parked
from portal.accounts.policy import site_admin
from portal.accounts.requests import get_actor
from portal.accounts.selectors import list_agencies
from portal.core.errors import Conflict, NotFound, RuleViolation

if TYPE_CHECKING:
    from payments.gateways.base import Gateway
    from payments.models import GatewayAccount

UNPROCESSABLE, CONFLICT = 422, 409


@site_admin
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every contract; agencies below use the nearest one above them."""
    rows = [(row, _label(row.gateway)) for row in services.list_accounts()]
    ways = [(gateway.label, reverse("payments:account_add", args=[key])) for key, gateway in gateways.items()]
    return render(request, "payments/accounts/index.html", {"rows": rows, "ways": ways})


@site_admin
@restores_parked
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, gateway: str) -> HttpResponse:
    """A new contract: whose, and what the gateway handed out."""
    if gateway not in gateways:
        raise NotFound
    found = gateways.get(gateway)
    if request.method != "POST":
        return _show_form(request, ContractForm(found, initial=_kept(request), is_new=True))
    form = ContractForm(found, request.POST, is_new=True)
    if form.is_valid():
        try:
            account = services.add_account(
                agency_id=form.cleaned_data["agency"],
                gateway_key=gateway,
                details=form.details,
                secrets=form.secrets,
                actor=get_actor(request),
            )
        except (RuleViolation, Conflict, NotFound) as refusal:
            _take_refusal(form, refusal)
        else:
            return _done(request, _("Đã thêm hợp đồng của %(agency)s."), account)
    return _show_form(request, form)


@site_admin
@restores_parked
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One contract: correct what it says, or give it a new secret."""
    actor = get_actor(request)
    account = services.access_account(actor, account_id)
    gateway = gateways.get(account.gateway)
    if request.method != "POST":
        initial = {**account.details, "row_version": account.row_version, **_kept(request)}
        return _show_form(request, ContractForm(gateway, initial=initial, is_new=False), account)
    form = ContractForm(gateway, request.POST, is_new=False)
    if form.is_valid():
        seen = form.cleaned_data["row_version"] or 0
        try:
            services.change_account(
                account_id, details=form.details, secrets=form.secrets, row_version=seen, actor=actor
            )
        except RuleViolation as refusal:
            _take_refusal(form, refusal)
        except Conflict as conflict:
            return _show_conflict(request, conflict, account, form.list_typed())
        else:
            return _done(request, _("Đã lưu hợp đồng của %(agency)s."), account)
    return _show_form(request, form, account)


@site_admin
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask, then switch a contract on or off."""
    actor = get_actor(request)
    account = services.access_account(actor, account_id)
    if request.method != "POST":
        return _ask_switch(request, account)
    wanted, seen = request.POST.get("is_active") == "1", request.POST.get("row_version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0  # noqa: PLR2004
    try:
        services.switch_account(account_id, is_active=wanted, row_version=version, actor=actor)
    except Conflict as conflict:
        return _show_conflict(request, conflict, account, [])
    words = _("Đã bật hợp đồng của %(agency)s.") if wanted else _("Đã tắt hợp đồng của %(agency)s.")
    return _done(request, words, account)


def _ask_switch(request: HttpRequest, account: GatewayAccount) -> HttpResponse:
    turning_off = account.is_active
    context = {
        "base_template": "desk.html",
        "kicker": account.agency.name,
        "code": account.merchant,
        "question": _("Tắt hợp đồng này?") if turning_off else _("Bật lại hợp đồng này?"),
        "action_label": _("Tắt hợp đồng") if turning_off else _("Bật hợp đồng"),
        "is_safe": not turning_off,
        "back_href": reverse("payments:account", args=[account.pk]),
        "consequences": _list_consequences() if turning_off else [],
        "kept": [_("Các giao dịch đang chờ vẫn được xác nhận."), _("Hợp đồng và lịch sử vẫn còn.")],
        "hidden": {"row_version": account.row_version, "is_active": "0" if turning_off else "1"},
    }
    return render(request, "confirm.html", context)


def _list_consequences() -> list[str]:
    return [
        _("Người dân không bắt đầu trả tiền theo hợp đồng này được nữa."),
        _("Nếu cơ quan cấp trên có hợp đồng, cơ quan này dùng chung hợp đồng đó."),
    ]


def _show_form(
    request: HttpRequest, form: ContractForm, account: GatewayAccount | None = None
) -> HttpResponse:
    errors = form.list_errors() if form.is_bound else []
    context = {
        "form": form,
        "gateway": form.gateway,
        "account": account,
        "agencies": [("", _("Chọn cơ quan")), *((row.pk, row.name) for row in list_agencies())]
        if form.is_new
        else [],
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/accounts/form.html", context, status=UNPROCESSABLE if errors else 200)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What was typed before the session ended; never a secret."""
    kept = parked.take(request)
    return {name: kept[name] for name in kept} if kept else {}


def _take_refusal(form: ContractForm, refusal: RuleViolation | Conflict | NotFound) -> None:
    words = _("Hãy chọn cơ quan.") if isinstance(refusal, NotFound) else refusal.message
    form.add_refusals(getattr(refusal, "errors", {}) or {"agency": [words]})


def _show_conflict(
    request: HttpRequest, conflict: Conflict, account: GatewayAccount, typed: list[tuple[str, str]]
) -> HttpResponse:
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "typed": typed,
        "back_href": reverse("payments:account", args=[account.pk]),
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)


def _done(request: HttpRequest, words: str, account: GatewayAccount) -> HttpResponse:
    messages.success(request, words % {"agency": account.agency.name})
    return redirect("payments:accounts")


def _label(key: str) -> Any:
    gateway: Gateway | None = gateways.get(key) if key in gateways else None
    return gateway.label if gateway else key
