"""The first page of the catalogue's rooms, and a procedure that is not there yet."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import RuleViolation
from procedures import services
from procedures.choices import ProcedureStatus, ServiceLevel, Source
from procedures.editing.waiting import build_page, list_coming, list_groups, read_filters

UNPROCESSABLE = 422
_LEVELS = [("", _("Mọi mức độ")), *((str(level.value), str(level.value)) for level in ServiceLevel)]
_SOURCES = [("", _("Mọi nguồn")), *Source.choices]
_STATUSES = [("", _("Đang áp dụng và đã bãi bỏ")), *ProcedureStatus.choices]


@require_safe
@catalogue_admin
def index(request: PortalRequest) -> HttpResponse:
    """What waits first; below it every procedure, by words and filters."""
    filters = read_filters(request.GET)
    page = build_page(filters)
    context = {
        "page": page,
        "groups": () if filters.params or filters.after else list_groups(request.actor),
        "coming": () if filters.params or filters.after else list_coming(),
        "levels": _LEVELS,
        "sources": _SOURCES,
        "statuses": _STATUSES,
        "fields": [("", _("Mọi lĩnh vực")), *page.fields],
    }
    return render(request, "catalogue/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def new(request: PortalRequest) -> HttpResponse:
    """A code and a name, empty or as a copy of another procedure."""
    typed = {
        name: request.POST.get(name, request.GET.get(name, "")).strip() for name in ("code", "name", "source")
    }
    if request.method != "POST":
        return render(request, "catalogue/new.html", {"typed": typed})
    try:
        if typed["source"]:
            services.copy_as_new(
                request.actor, typed["code"], source_code=typed["source"], name=typed["name"]
            )
        else:
            services.start_new(request.actor, typed["code"], name=typed["name"])
    except RuleViolation as error:
        said = {name: " ".join(lines) for name, lines in error.errors.items()}
        context = {
            "typed": typed,
            "said": said,
            "errors": [{"text": text, "id": name} for name, text in said.items()],
            "has_errors": True,
        }
        return render(request, "catalogue/new.html", context, status=UNPROCESSABLE)
    return redirect("catalogue:section", typed["code"], "names")
