"""The page of the search: forms drawn once by the templates, filled with what the words change."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.browsing.events import Event, list_events
from procedures.browsing.shelf import get_shelf
from procedures.choices import Tier
from procedures.listing import AS_TYPED, Listing
from procedures.pagecache import is_visitor
from procedures.slots import Form, cut, fill, slot
from procedures.templatetags.catalogue import draw_options, draw_results

LEVEL_CHOICES = (
    ("4", _("Toàn trình: làm trọn trên mạng")),
    ("3", _("Một phần: nộp được trên mạng")),
    ("2", _("Tải được mẫu")),
    ("1", _("Chỉ có hướng dẫn")),
)
_TEMPLATE = "procedures/search.html"
_BODY = "procedures/partials/search_body.html"
# Stands in the frame for the address of the page, which links write in two ways.
_ADDRESS = f"?{slot('address')}"
_SHOWN_SETTINGS = ("PROVINCE_NAME", "HELP_PHONE", "DEMO", "TRAINING")
_MANY = 2


def render_search(request: HttpRequest, listing: Listing) -> HttpResponse:
    """For who is signed in the whole page is drawn, for visitors only what their words change. At most two queries."""
    body = _fill_body(listing) if _is_plain(listing) else _draw_body(listing, events=_list_events(listing))
    words = f"{listing.filters.query} – " if listing.filters.query else ""
    if not is_visitor(request):
        return render(request, _TEMPLATE, {"words": words, "body": SafeString(body)})
    query = request.META.get("QUERY_STRING", "")
    address = f"?{query}" if query else ""
    values = {
        "words": escape(words),
        "body": body,
        "address": escape(address),
        "quoted": quote_plus(address),
    }
    return HttpResponse(fill(_keep_frame(request), values))


def _draw_body(listing: Listing | Mapping[str, object], **shown: object) -> str:
    return render_to_string(
        _BODY,
        {
            "listing": listing,
            "level_choices": LEVEL_CHOICES,
            "tiers": Tier,
            "help_phone": settings.HELP_PHONE,
            **shown,
        },
    )


def _list_events(listing: Listing) -> Sequence[Event]:
    """For who found nothing."""
    return () if listing.entries else [each.event for each in list_events(get_shelf())]


def _is_plain(listing: Listing) -> bool:
    """Words without filters that found something: what nearly everybody asks."""
    return bool(listing.filters.query and listing.entries) and not listing.filters.is_filtering


def _fill_body(listing: Listing) -> str:
    filters = listing.filters
    form = _keep_body(
        get_language() or "",
        min(listing.total, _MANY),
        len(listing.understood),
        filters.is_literal,
        bool(listing.previous_cursor),
        bool(listing.next_cursor),
    )
    values = {
        "query": escape(filters.query),
        "total": str(listing.total),
        "rows": draw_results(listing.entries, filters.query),
        "options": draw_options(listing.fields),
        "typed": escape(filters.as_typed_href),
        "understood": escape(filters.as_understood_href),
        "previous": escape(listing.previous_href),
        "next": escape(listing.next_href),
    }
    for place, each in enumerate(listing.understood):
        values[f"said_{place}"], values[f"meant_{place}"] = escape(each.said), escape(each.meant)
    return fill(form, values)


@lru_cache(maxsize=64)
def _keep_body(
    _language: str,
    total: int,
    understood: int,
    is_literal: bool,
    has_previous: bool,
    has_next: bool,
) -> Form:
    """`_language` is the active one; `total`: 1 or more."""
    form = {
        "filters": {
            "query": slot("query"),
            "words": AS_TYPED if is_literal else "",
            "is_literal": is_literal,
            "as_typed_href": slot("typed"),
            "as_understood_href": slot("understood"),
        },
        "entries": (slot("rows"),),
        "total": total,
        "understood": [
            {"said": slot(f"said_{place}"), "meant": slot(f"meant_{place}")} for place in range(understood)
        ],
        "previous_href": slot("previous") if has_previous else "",
        "next_href": slot("next") if has_next else "",
    }
    return cut(
        _draw_body(
            form,
            shown_total=slot("total"),
            drawn_rows=SafeString(slot("rows")),
            drawn_options=SafeString(slot("options")),
        )
    )


def _keep_frame(request: HttpRequest) -> Form:
    """The page with slots, for all that the frame depends on: language, method, and what the settings say."""
    key = (get_language(), request.method, *(getattr(settings, name) for name in _SHOWN_SETTINGS))
    frame = _frames.get(key)
    if frame is None:
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = _ADDRESS[1:]
        try:
            html = render(request, _TEMPLATE, {"words": slot("words"), "body": SafeString(slot("body"))})
        finally:
            request.META["QUERY_STRING"] = query
        text = html.content.decode().replace(quote_plus(_ADDRESS), slot("quoted"))
        frame = _frames[key] = cut(text.replace(escape(_ADDRESS), slot("address")))
    return frame


_frames: dict[tuple[object, ...], Form] = {}
