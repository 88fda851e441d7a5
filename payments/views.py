"""Pages of payments: taking cash at the desk, what a citizen owes and where, and the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.selectors import relations_of
from payments import services
from payments.choices import TREASURY
from payments.forms import CashForm, TreasuryForm
from payments.panel import FeeCard, build_card, takes_cash
from payments.receipts import print_receipt
from payments.rights import check_cash
from payments.steps import get_default_payer
from portal.accounts import parked
from portal.accounts.actor import Actor
from portal.accounts.parked import restores_parked
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict
from portal.core.money import format_vnd

if TYPE_CHECKING:
    from dossiers.models import Dossier

CONFLICT = 409


@signed_in
@restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: HttpRequest, fee_id: UUID) -> HttpResponse:
    """One fee: the desk takes cash for it, everybody else reads what is owed and where it is paid."""
    actor = get_actor(request)
    opened = services.open_fee(fee_id, actor=actor)
    if request.method == "POST":
        return _collect(request, opened, actor)
    card = build_card(opened.fee, may_take=takes_cash(opened.dossier, actor))
    if not card.can_collect:
        return render(request, "payments/fee.html", _page(opened.dossier, actor, card))
    return _ask(request, opened.dossier, actor, card, CashForm(initial=_initial(request, opened.dossier)))


def _initial(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What the cashier typed before the session ended, else who filed and what is seen now."""
    kept = parked.take(request)
    if kept is not None:
        return {name: kept.get(name, "") for name in CashForm.base_fields}
    return {"version": dossier.version, "payer_name": get_default_payer(dossier)}


def _collect(request: HttpRequest, opened: services.OpenedFee, actor: Actor) -> HttpResponse:
    dossier, form = opened.dossier, CashForm(request.POST)
    if request.POST.get("method") == TREASURY:
        return _note_treasury(request, opened, actor)
    if not form.is_valid():
        check_cash(dossier, actor, relations_of(dossier), None)  # who takes no cash here is asked for nothing
        card = build_card(opened.fee, may_take=takes_cash(dossier, actor))
        return _ask(request, dossier, actor, card, form)
    typed = form.cleaned_data
    try:
        receipt = services.pay_in_cash(
            dossier.pk, opened.fee.pk, actor=actor, version=typed["version"], payer_name=typed["payer_name"]
        )
    except Conflict as conflict:
        return _show_conflict(request, conflict, form)
    messages.success(
        request,
        _("Đã thu %(amount)s. Biên lai số %(number)s.")
        % {"amount": format_vnd(receipt.amount), "number": receipt.number_text},
    )
    return redirect(dossier_href(dossier, actor))


def _note_treasury(request: HttpRequest, opened: services.OpenedFee, actor: Actor) -> HttpResponse:
    dossier, form = opened.dossier, TreasuryForm(request.POST)
    if not form.is_valid():
        check_cash(dossier, actor, relations_of(dossier), None)
        card = build_card(opened.fee, may_take=takes_cash(dossier, actor))
        return _ask(request, dossier, actor, card, CashForm(initial=_initial(request, dossier)), form)
    typed = form.cleaned_data
    try:
        services.note_treasury(
            dossier.pk, opened.fee.pk, typed["treasury_number"], actor=actor, version=typed["version"]
        )
    except Conflict as conflict:
        return _show_conflict(request, conflict, form)
    messages.success(
        request, _("Đã ghi: nộp tại kho bạc, số chứng từ %(number)s.") % {"number": typed["treasury_number"]}
    )
    return redirect(dossier_href(dossier, actor))


def _ask(
    request: HttpRequest,
    dossier: Dossier,
    actor: Actor,
    card: FeeCard,
    form: CashForm,
    treasury: TreasuryForm | None = None,
) -> HttpResponse:
    noted = treasury or TreasuryForm(initial={"version": dossier.version})
    errors = [
        {"text": text, "id": sent[name].id_for_label}
        for sent in (form, noted)
        for name, texts in sent.errors.items()
        for text in texts
    ]
    context = _page(dossier, actor, card) | {
        "form": form,
        "treasury": noted,
        "errors": errors,
        "has_errors": bool(errors),
    }
    return render(request, "payments/collect.html", context, status=422 if errors else 200)


def _page(dossier: Dossier, actor: Actor, card: FeeCard) -> dict[str, Any]:
    return {
        "base_template": "desk.html" if actor.is_officer else "base.html",
        "dossier": dossier,
        "card": card,
        "place": dossier.agency,
        "is_desk": actor.is_officer,
        "back_href": dossier_href(dossier, actor),
    }


def _show_conflict(request: HttpRequest, conflict: Conflict, form: CashForm | TreasuryForm) -> HttpResponse:
    """Nothing was taken; what was typed is shown again."""
    typed = [(str(bound.label), form.cleaned_data[bound.name]) for bound in form.visible_fields()]
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "typed": [(label, value) for label, value in typed if value],
        "back_href": request.path,
    }
    return render(request, "errors/conflict.html", context, status=CONFLICT)


def dossier_href(dossier: Dossier, actor: Actor) -> str:
    """The dossier's page behind this person's door."""
    name = "onestop:dossier" if actor.is_officer else "dossiers:detail"
    return reverse(name, args=[dossier.pk])


@signed_in
@require_safe
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Biên lai as PDF, the same bytes each time."""
    found = services.open_receipt(receipt_id, actor=get_actor(request))
    response = HttpResponse(print_receipt(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-lai-{found.year}-{found.number_text}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
