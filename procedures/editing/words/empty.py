"""Searches that found nothing: what people asked for in vain, and the way to add the words."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from procedures.word_selectors import EMPTY_DAYS, list_empty_searches


@require_safe
@catalogue_admin
def index(request: PortalRequest) -> HttpResponse:
    """The last thirty days, the most frequent first. Nothing of who searched."""
    wanted = request.GET.get("q", "").strip()[:80]
    new_href = reverse("catalogue:word_new")
    rows = [
        {"words": row.words, "total": row.total, "href": f"{new_href}?{urlencode({'said': row.words})}"}
        for row in list_empty_searches(words=wanted)
    ]
    return render(request, "catalogue/words/empty.html", {"rows": rows, "wanted": wanted, "days": EMPTY_DAYS})
