"""From a page of ours to the gateway's, and what keeps the page before it true."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from payments.online.offer import Offer
from payments.services.paying import Payer, build_departure, start_payment
from payments.views.typed import read_id
from portal.core.errors import Conflict, RuleViolation


def leave(request: HttpRequest, fee_id: UUID, payer: Payer, *, back: str) -> HttpResponse:
    """To the gateway with an attempt that is stored already; a refusal leads back and is told there."""
    try:
        payment = start_payment(
            fee_id,
            payer=payer,
            gateway=request.POST.get("gateway", ""),
            replaces=read_id(request.POST.get("replaces", "")),
        )
    except (Conflict, RuleViolation) as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    response = HttpResponseRedirect(build_departure(payment))
    response["Cache-Control"] = "no-store"
    return response


def show_fresh(response: HttpResponse, offer: Offer | None) -> HttpResponse:
    """Never from a cache, so that Back shows what is true now; loads itself again while a payment is being confirmed.

    The Refresh header does what a meta element would, without scripts.
    """
    response["Cache-Control"] = "private, no-store"
    if offer and offer.attempt and offer.attempt.refresh_s:
        response["Refresh"] = str(offer.attempt.refresh_s)
    return response
