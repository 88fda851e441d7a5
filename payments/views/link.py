"""Paying for another, by link: the fee is shown, the dossier is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from payments.choices import LONGEST_NAME
from payments.online.links import read_token
from payments.online.offer import build_offer
from payments.online.reads import list_of_fee, open_linked
from payments.panel import build_card
from payments.services.paying import Payer
from payments.views.leaving import leave, show_fresh
from portal.accounts.policy import public
from portal.accounts.signin.limits import find_address

if TYPE_CHECKING:
    from dossiers.models import Fee


@public
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Purpose, procedure, agency and amount, and the way to pay; nothing of the dossier or of its people."""
    fee = open_linked(read_token(token))
    if request.method != "POST":
        return _show(request, fee)
    name = request.POST.get("payer_name", "")
    if len(name) > LONGEST_NAME:
        return _show(request, fee, name, _("Tên người nộp dài quá %(count)d chữ.") % {"count": LONGEST_NAME})
    payer = Payer(name=name, client_ip=find_address(request), language=get_language() or "vi")
    return leave(request, fee.pk, payer, back=request.path)


def _show(request: HttpRequest, fee: Fee, name: str = "", error: str = "") -> HttpResponse:
    dossier = fee.dossier
    offer = build_offer(dossier, fee, list_of_fee(fee.pk))
    context: dict[str, Any] = {
        "card": build_card(fee, may_take=False),
        "offer": offer,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
        "payer_name": name,
        "errors": [{"text": error, "id": "payer_name"}] if error else [],
        "has_errors": bool(error),
    }
    response = render(request, "payments/link.html", context, status=422 if error else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return show_fresh(response, offer)
