"""The public pages of the catalogue: home, search, one procedure, its blank form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.accounts.policy import public
from portal.core import clock
from portal.core.context import get_href
from portal.core.errors import Forbidden
from procedures.blank_form import build_blank_form
from procedures.browsing.audiences import Audience
from procedures.browsing.events import list_events
from procedures.browsing.fields import Choice, list_fields, list_popular
from procedures.browsing.shelf import get_shelf
from procedures.choices import ServiceLevel
from procedures.english import in_readers_language
from procedures.finding.grouping import is_here
from procedures.listing import build_listing, suggest_words
from procedures.news import list_revisions
from procedures.page import build_page
from procedures.pagecache import kept_in_memory, last_modified, token_of
from procedures.searchpage import render_search
from procedures.selectors import access_procedure, get_content, list_performing_agencies
from procedures.services import record_empty_search
from procedures.structured import build_service
from procedures.surroundings import look_around

HOME_ENTRIES = 8
EXAMPLES = ("làm khai sinh", "giấy độc thân", "mở cửa hàng", "phép xây nhà")


@require_safe
@public
@kept_in_memory()
def home(request: HttpRequest) -> HttpResponse:
    """What people came for: search, events of life, fields, agencies, what can be done online, tracking."""
    shelf = get_shelf()
    online = [entry for entry in shelf.local if entry.level == ServiceLevel.FULL]
    fields = list_fields(shelf, Choice())
    context = {
        "examples": EXAMPLES,
        "events": [each.event for each in list_events(shelf)],
        "fields": list_popular(shelf, fields),
        "field_count": len(fields),
        "audiences": Audience.choices,
        "online": in_readers_language(online[:HOME_ENTRIES]),
        "track_href": get_href("dossiers:track") or "/track/",
        "mine_href": get_href("dossiers:mine"),
    }
    return render(request, "procedures/home.html", context)


@require_safe
@public
@kept_in_memory("q", "field", "level", "agency", "words")
def search(request: HttpRequest) -> HttpResponse:
    """Procedures by words and filters, best first; grouped by field while there are no words."""
    listing = build_listing(request.GET, token=token_of(request))
    if listing.is_in_vain:
        record_empty_search(listing.filters.query)
    return render_search(request, listing)


@require_safe
@public
@kept_in_memory("q")
def suggest(request: HttpRequest) -> HttpResponse:
    """Procedures for words still being typed: a piece of a page for static/js/search.js."""
    return render(
        request,
        "procedures/partials/search_box_list.html",
        {"found": suggest_words(request.GET.get("q", ""))},
    )


@require_safe
@public
@kept_in_memory("case")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: six facts and the button of its level first, papers by case, the law folded."""
    procedure = access_procedure(code)
    content = get_content(procedure.current_id or 0)
    page = build_page(
        procedure,
        content,
        case_key=request.GET.get("case", ""),
        places=list_performing_agencies(content) if not content.province or is_here(content.province) else (),
        on=clock.today(),
    )
    around = look_around(procedure, content, clock.today())
    url = request.build_absolute_uri(request.path)
    service = build_service(content, url=url, related=around.related, on=clock.today())
    context = {
        "page": page,
        "content": content,
        "around": around,
        "url": url,
        "service": None if page.case else service,  # a chosen case is no page of its own
    }
    return render(request, "procedures/detail.html", context)


@require_safe
@public
@kept_in_memory()
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What each of the latest versions changed, coming ones too."""
    procedure = access_procedure(code)
    content = get_content(procedure.current_id or 0)
    revisions = list_revisions(procedure, clock.today())
    context = {"procedure": procedure, "content": content, "revisions": revisions}
    return render(request, "procedures/changes.html", context)


@require_safe
@public
@kept_in_memory("case")
def print_form(request: HttpRequest, code: str) -> HttpResponse:
    """The blank form and the list of papers, to print and fill by hand; level 2 and above."""
    procedure = access_procedure(code)
    content = get_content(procedure.current_id or 0)
    if not content.level.can_download_forms:
        raise Forbidden(
            code="level_too_low",
            message=_("Thủ tục này chỉ có hướng dẫn, không có mẫu trên trang này."),
            what_next=_("Hãy xem nơi nộp trên trang của thủ tục."),
        )
    with translation.override("vi"):  # what is handed in is Vietnamese, whoever fills it in
        blank = build_blank_form(content, request.GET.get("case", ""))
    response = render(
        request, "procedures/print.html", {"procedure": procedure, "content": content, "blank": blank}
    )
    response["Last-Modified"] = last_modified(procedure.revised_at)
    return response
