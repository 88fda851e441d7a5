"""Merging agencies, for site admins: ask, say what will happen, do it, say how far it is."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.handover import count_left, weigh
from dossiers.services.merging import merge_agencies
from onestop.mergers import Typed, read_merger, read_typed, tell_consequences, tell_kept
from portal.accounts import selectors as accounts
from portal.accounts.mergers import Merger
from portal.accounts.policy import site_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import RuleViolation

UNPROCESSABLE = 422
AT_ONCE = 100
"""Dossiers handed over before the page answers; the worker does the rest."""


@require_http_methods(["GET", "HEAD", "POST"])
@site_admin
def merge(request: PortalRequest) -> HttpResponse:
    """The form; once it is filled in, what will happen; on POST it happens."""
    typed = read_typed(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST" and "into" not in request.GET:
        return _ask(request, typed)
    try:
        merger = read_merger(typed)
        if request.method != "POST":
            return _show_consequences(request, typed, merger)
        merge_agencies(merger, actor=request.actor, limit=AT_ONCE)
    except RuleViolation as error:
        return _ask(request, typed, error)
    return redirect(f"{reverse('onestop:merged')}?{urlencode({'sources': typed.sources})}")


@require_safe
@site_admin
def merged(request: PortalRequest) -> HttpResponse:
    """How far the merger of these agencies is. Raises NotFound."""
    agencies = [accounts.get_agency(code) for code in read_typed(request.GET).codes]
    if not agencies:
        return redirect("onestop:merge")
    left = count_left(agency.pk for agency in agencies)
    rows = [
        {"agency": agency, "successors": agency.successors.all(), "left": left[agency.pk]}
        for agency in agencies
    ]
    context = {"rows": rows, "left": sum(left.values()), "list_href": _list_href()}
    return render(request, "onestop/merged.html", context)


def _ask(request: PortalRequest, typed: Typed, error: RuleViolation | None = None) -> HttpResponse:
    choices = [(agency.code, f"{agency.name} ({agency.code})") for agency in accounts.list_agencies()]
    sentences = {name: lines[0] for name, lines in error.errors.items()} if error else {}
    context = {
        "typed": typed,
        "agencies": [("", _("Chọn cơ quan nhận")), *choices],
        "sentences": sentences,
        "errors": [{"id": name, "text": text} for name, text in sentences.items()],
        "has_errors": bool(sentences),
        "list_href": _list_href(),
    }
    return render(request, "onestop/merge.html", context, status=UNPROCESSABLE if error else 200)


def _show_consequences(request: PortalRequest, typed: Typed, merger: Merger) -> HttpResponse:
    context = {
        "question": _("Sáp nhập vào %(name)s?") % {"name": merger.target.name},
        "action_label": _("Sáp nhập"),
        "back_href": f"{reverse('onestop:merge')}?{urlencode({'sources': typed.sources, 'on': typed.on})}",
        "warning": _("Việc này không tự hoàn lại được. Những gì sẽ xảy ra:"),
        "consequences": tell_consequences(merger, weigh(merger)),
        "kept": tell_kept(merger),
        "hidden": typed.as_fields(),
        "action_href": reverse("onestop:merge"),
    }
    return render(request, "confirm.html", context)


def _list_href() -> str:
    return reverse("admin:accounts_agency_changelist")
