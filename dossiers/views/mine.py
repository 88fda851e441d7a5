"""Everything a citizen began, filed or owns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dossiers import selectors
from dossiers.screens.mine import build_mine_rows
from dossiers.views.access import ask_to_act_as_citizen
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core import clock


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One query for the list, whatever its length."""
    actor = get_actor(request)
    if actor.is_officer:
        return ask_to_act_as_citizen(request)
    page = selectors.list_mine(actor, cursor=request.GET.get("cursor", ""))
    context = {
        "rows": build_mine_rows(page.rows, clock.now()),
        "previous_href": page.previous and f"?{urlencode({'cursor': page.previous})}",
        "next_href": page.next and f"?{urlencode({'cursor': page.next})}",
    }
    return render(request, "dossiers/mine.html", context)
