"""Browse pages: fields, one field, agencies, one event of life. Public, kept in memory, answered 304."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from portal.core.errors import NotFound
from procedures.browsing import fields
from procedures.browsing.audiences import Audience
from procedures.browsing.events import access_event, list_events
from procedures.browsing.offices import group_offices
from procedures.browsing.pages import Group, cut, group_by_field, translate_own
from procedures.browsing.shelf import Shelf, get_shelf, is_local
from procedures.english import name_fields
from procedures.pagecache import kept_in_memory

MOST_WORDS = 60
MOST_AT_ONCE = 60


@require_safe
@public
@kept_in_memory(*fields.NAMES)
def browse(request: HttpRequest) -> HttpResponse:
    """All ways in on one page; under a choice, the fields that hold something of it."""
    choice = fields.read_choice(request.GET)
    shelf = get_shelf()
    lines = fields.list_fields(shelf, choice)
    total = sum(line.count for line in lines)
    context = {
        "choice": choice,
        "letters": fields.group_by_letter(lines),
        "popular": fields.list_popular(shelf, lines),
        "total": total,
        "groups": list_groups(shelf, choice, lines) if choice.query and total <= MOST_AT_ONCE else (),
        "audiences": Audience.choices,
        "levels": fields.LEVEL_WORDS.items(),
        "events": [each.event for each in list_events(shelf)],
    }
    return render(request, "procedures/browse.html", context)


@require_safe
@public
@kept_in_memory("from", *fields.NAMES)
def field(request: HttpRequest, field_key: str) -> HttpResponse:
    """The procedures of one field on one page; those of other provinces apart."""
    choice, shelf = fields.read_choice(request.GET), get_shelf()
    entries = shelf.by_field.get(field_key)
    if entries is None:
        raise NotFound(code="field_not_found")
    fitting = [entry for entry in entries if choice.fits(entry)]
    here = [entry for entry in fitting if is_local(entry)]
    page = cut(here, request.GET.get("from", ""), query=choice.query)
    context = {
        "choice": choice,
        "name": dict(name_fields([(field_key, entries[0].field)]))[field_key],
        "field_key": field_key,
        "page": page,
        "entries": translate_own(page.entries),
        "elsewhere": shelf.join_elsewhere(fitting) if page.is_first else (),
    }
    return render(request, "procedures/field.html", context)


@require_safe
@public
@kept_in_memory("from")
def life(request: HttpRequest, event_key: str) -> HttpResponse:
    """One event of life: what to do first, then what else goes with it."""
    found = access_event(get_shelf(), event_key)
    page = cut(found.others, request.GET.get("from", ""), size=60)
    named = translate_own(found.named) if page.is_first else ()
    context = {"event": found.event, "named": named, "page": page, "groups": group_by_field(page.entries)}
    return render(request, "procedures/life.html", context)


@require_safe
@public
@kept_in_memory("name")
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies of this place, to see what each performs."""
    words = request.GET.get("name", "").strip()[:MOST_WORDS]
    return render(request, "procedures/agencies.html", {"groups": group_offices(words), "words": words})


def list_groups(shelf: Shelf, choice: fields.Choice, lines: Iterable[fields.FieldLine]) -> tuple[Group, ...]:
    """The procedures themselves, field by field."""
    return tuple(
        Group(
            line.name,
            translate_own(
                entry for entry in shelf.by_field[line.key] if is_local(entry) and choice.fits(entry)
            ),
        )
        for line in lines
    )
