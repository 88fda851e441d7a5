"""The two doors for gateways: their own server message, and the browser that comes back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from payments.online.links import build_token
from payments.online.offer import build_attempt
from payments.online.reads import can_see
from payments.services.confirming import take_server_message
from payments.services.returning import note_return
from portal.accounts.policy import public
from portal.accounts.requests import get_actor
from portal.accounts.signin.limits import find_address


@public
@require_GET
def ipn(request: HttpRequest, gateway: str) -> HttpResponse:
    """The server message: always 200, always JSON; its signature is the only right it needs."""
    answer = take_server_message(gateway, request.META["QUERY_STRING"], client_ip=find_address(request))
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@public
@require_safe
def come_back(request: HttpRequest, gateway: str) -> HttpResponse:
    """Display only. Each payer is led to the page that is theirs, off the signed address."""
    payment = note_return(gateway, request.META["QUERY_STRING"], client_ip=find_address(request))
    if payment is None:
        return render(request, "payments/unreadable.html", status=400)
    if can_see(get_actor(request), payment):
        return redirect("payments:fee", payment.fee_id)
    if payment.payer_user_id is None:
        return redirect("payments:link", build_token(payment.fee_id))
    context = {"attempt": build_attempt(payment), "fee_href": reverse("payments:fee", args=[payment.fee_id])}
    response = render(request, "payments/returned.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
