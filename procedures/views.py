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
from procedures.choices import Tier
from procedures.english import in_readers_language
from procedures.life_events import EXAMPLES, list_life_events
from procedures.listing import build_listing
from procedures.page import build_page
from procedures.pagecache import kept_in_memory, last_modified
from procedures.selectors import access_procedure, get_content, list_performing_agencies, search_procedures

HOME_ENTRIES = 6
LEVEL_CHOICES = (
    ("4", _("Toàn trình: làm trọn trên mạng")),
    ("3", _("Một phần: nộp được trên mạng")),
    ("2", _("Tải được mẫu")),
    ("1", _("Chỉ có hướng dẫn")),
)


@require_safe
@public
@kept_in_memory()
def home(request: HttpRequest) -> HttpResponse:
    """What people came for: search, events of life, what can be done online, tracking."""
    online = [entry for entry in search_procedures().entries if entry.level.can_submit_online]
    context = {
        "examples": EXAMPLES,
        "events": list_life_events(),
        "online": in_readers_language(online[:HOME_ENTRIES]),
        "track_href": get_href("dossiers:track") or "/track/",
        "mine_href": get_href("dossiers:mine"),
    }
    return render(request, "procedures/home.html", context)


@require_safe
@public
@kept_in_memory("q", "field", "level", "agency")
def search(request: HttpRequest) -> HttpResponse:
    """Procedures by words and filters, best first; grouped by field while there are no words."""
    context = {"listing": build_listing(request.GET), "level_choices": LEVEL_CHOICES, "tiers": Tier}
    return render(request, "procedures/search.html", context)


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
        places=list_performing_agencies(content),
        on=clock.today(),
    )
    response = render(request, "procedures/detail.html", {"page": page, "content": content})
    response["Last-Modified"] = last_modified(procedure.revised_at)
    return response


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
