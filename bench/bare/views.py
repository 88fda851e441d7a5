"""One indexed query, 25 rows, a small template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bench.bare.models import Row

ROWS = 25


def rows(request: HttpRequest) -> HttpResponse:
    """The dossiers that come first in order of the index (sort_at, id)."""
    found = Row.objects.order_by("sort_at", "id").values("code", "owner_name", "status", "sort_at")[:ROWS]
    response = render(request, "rows.html", {"rows": found})
    response["Content-Length"] = str(len(response.content))
    return response
