"""A fee as its reader may see it: the desk takes money, a citizen reads and leaves to pay; and the receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from payments.online.offer import build_offer
from payments.online.reads import list_of_fee
from payments.panel import build_card, takes_cash
from payments.receipts import print_receipt
from payments.services import desk as services
from payments.services.paying import Payer
from payments.views import desk
from payments.views.leaving import leave, show_fresh
from payments.views.pages import build_page
from portal.accounts.parked import restores_parked
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.accounts.signin.limits import find_address


@signed_in
@restores_parked
@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: HttpRequest, fee_id: UUID) -> HttpResponse:
    """One fee: the desk takes cash for it, everybody else reads what is owed and how it is paid."""
    actor = get_actor(request)
    opened = services.open_fee(fee_id, actor=actor)
    if request.method == "POST":
        return desk.collect(request, opened, actor)
    card = build_card(opened.fee, may_take=takes_cash(opened.dossier, actor))
    if card.can_collect:
        return desk.show_till(request, opened.dossier, actor, card)
    offer = None if actor.is_officer else build_offer(opened.dossier, opened.fee, list_of_fee(fee_id))
    response = render(
        request, "payments/fee.html", build_page(opened.dossier, actor, card) | {"offer": offer}
    )
    return show_fresh(response, offer)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, fee_id: UUID) -> HttpResponse:
    """The button that leads to the gateway; to read it leads back to the fee."""
    actor = get_actor(request)
    if request.method != "POST":
        services.open_fee(fee_id, actor=actor)
        return redirect("payments:fee", fee_id)
    payer = Payer(actor=actor, client_ip=find_address(request), language=get_language() or "vi")
    return leave(request, fee_id, payer, back=reverse("payments:fee", args=[fee_id]))


@signed_in
@require_safe
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Biên lai as PDF, the same bytes each time."""
    found = services.open_receipt(receipt_id, actor=get_actor(request))
    response = HttpResponse(print_receipt(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-lai-{found.year}-{found.number_text}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
