"""Trying a draft out: over the dossiers of the past, and by a test filing that leaves nothing behind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.replay.replaying import SIZES, replay_draft
from dossiers.replay.trying import OK, UNPROCESSABLE, advance, begin, build_start
from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import get_actor
from portal.core.errors import NotFound, RuleViolation
from procedures.editing.shell import build_shell


@require_safe
@catalogue_admin
def replay(request: HttpRequest, code: str) -> HttpResponse:
    """What the draft would change for the last dossiers; `?last=` chooses how many."""
    context = {"shell": build_shell(code, tab="trial"), "sizes": _list_sizes(request), "current": "replay"}
    try:
        report = replay_draft(get_actor(request), code, last=_read_size(request))
    except (NotFound, RuleViolation) as error:
        return render(request, "catalogue/replay/refused.html", {**context, "error": error})
    return render(request, "catalogue/replay/report.html", {**context, "report": report})


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """Choose, fill in page by page, see what would have come of it. The state travels in the page."""
    shell, actor = build_shell(code, tab="trial"), get_actor(request)
    try:
        start = build_start(code)
        if request.method != "POST":
            return render(request, "catalogue/replay/start.html", {"shell": shell, "start": start})
        shown = advance(actor, start, request.POST) if "state" in request.POST else begin(start, request.POST)
    except (NotFound, RuleViolation) as error:
        context = {"shell": shell, "error": error, "current": "trial"}
        status = UNPROCESSABLE if request.method == "POST" else OK
        return render(request, "catalogue/replay/refused.html", context, status=status)
    return render(request, shown.template, {"shell": shell, **shown.context}, status=shown.status)


def _read_size(request: HttpRequest) -> int:
    """One of the sizes offered; anything else is the middle one."""
    typed = request.GET.get("last", "")
    return int(typed) if typed in {str(size) for size in SIZES} else SIZES[1]


def _list_sizes(request: HttpRequest) -> list[dict[str, object]]:
    chosen = _read_size(request)
    words = _("%(count)d hồ sơ gần nhất")
    return [
        {"label": words % {"count": size}, "href": f"?last={size}", "is_current": size == chosen}
        for size in SIZES
    ]
