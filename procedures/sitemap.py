"""What search engines may read: the index of addresses in parts, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from procedures.browsing.events import list_events
from procedures.browsing.shelf import get_shelf
from procedures.models import Procedure
from procedures.pagecache import kept_in_memory

PART = 2_000
_PAGES = ("procedures:home", "procedures:search", "procedures:browse", "procedures:agencies")
# Rooms of people and of the office; nothing there is for a search engine.
_PRIVATE = (
    "/accounts/",
    "/admin/",
    "/api/",
    "/catalogue/",
    "/demo/",
    "/dossiers/",
    "/onestop/",
    "/payments/",
)
Line = tuple[str, datetime]


class _Procedures(Sitemap):  # type: ignore[type-arg]  # generic for the type checker only
    """Every procedure people may read, closed ones too: they lead to their successor."""

    limit = PART

    def __init__(self) -> None:
        rows = Procedure.objects.filter(current__isnull=False).order_by("code")
        self._lines = list(rows.values_list("code", "revised_at"))

    def items(self) -> list[Line]:
        return self._lines

    def location(self, item: Line) -> str:
        return reverse("procedures:detail", args=[item[0]])

    def lastmod(self, item: Line) -> datetime:
        return item[1]


class _Browsing(Sitemap):  # type: ignore[type-arg]
    """Home, the ways in, events of life and fields."""

    limit = PART

    def __init__(self) -> None:
        shelf = get_shelf()
        self._paths = [
            *(reverse(name) for name in _PAGES),
            *(reverse("procedures:life", args=[each.event.key]) for each in list_events(shelf)),
            *(reverse("procedures:field", args=[key]) for key in sorted(shelf.by_field)),
        ]

    def items(self) -> list[str]:
        return self._paths

    def location(self, item: str) -> str:
        return item


_Section = _Procedures | _Browsing
_SECTIONS: dict[str, type[_Section]] = {"procedures": _Procedures, "browse": _Browsing}


@require_safe
@public
@kept_in_memory()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap, and when each last changed."""
    parts = [item for name, section in _SECTIONS.items() for item in _list_parts(request, name, section())]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


def _list_parts(request: HttpRequest, name: str, section: _Section) -> Iterable[dict[str, object]]:
    address = request.build_absolute_uri(reverse("procedures:sitemap", args=[name]))
    changed = section.get_latest_lastmod()
    for number in section.paginator.page_range:
        yield {"location": f"{address}?p={number}" if number > 1 else address, "last_mod": changed}


@require_safe
@public
@kept_in_memory("p")
def sitemap(request: HttpRequest, part: str) -> HttpResponse:
    """One part; a long one has pages, `p`."""
    found: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
        name: section() for name, section in _SECTIONS.items() if name == part
    }
    return views.sitemap(request, found, section=part).render()


@require_safe
@public
@kept_in_memory()
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines may go. A training installation is for nobody to find."""
    return HttpResponse("\n".join(_list_rules(request)) + "\n", content_type="text/plain; charset=utf-8")


def _list_rules(request: HttpRequest) -> Iterable[str]:
    yield "User-agent: *"
    if settings.TRAINING:
        yield "Disallow: /"
        return
    yield from (f"Disallow: {path}" for path in _PRIVATE)
    yield ""
    yield f"Sitemap: {request.build_absolute_uri(reverse('procedures:sitemap_index'))}"
