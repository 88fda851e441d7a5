"""Events of life: their order, their words, and the procedures each one lists."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, RuleViolation
from procedures import services
from procedures.browsing.shelf import get_shelf
from procedures.editing.saving import read_number
from procedures.editing.words.refusing import Refusal, describe_refusal
from procedures.editing.words.typed import ICONS, TypedEvent, read_event, show_event
from procedures.knowledge import is_shipped_event
from procedures.models import LifeEvent
from procedures.word_selectors import access_life_event, list_life_events

MOST_SHOWN = 40


@require_safe
@catalogue_admin
def index(request: PortalRequest) -> HttpResponse:
    """All events in the order people see them, with how many procedures each one lists."""
    shelf = get_shelf()
    rows = []
    for event in list_life_events():
        named = shelf.pick(tuple(event.codes))
        codes = {entry.code for entry in (*named, *shelf.holding(tuple(event.phrases)))}
        rows.append({"event": event, "count": len(codes), "missing": len(event.codes) - len(named)})
    return render(request, "catalogue/words/events.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def new(request: PortalRequest) -> HttpResponse:
    """An event of one's own, the last in order."""
    return _answer(request, None) if request.method == "POST" else _show(request, None, show_event(None))


@require_http_methods(["GET", "HEAD", "POST"])
@catalogue_admin
def edit(request: PortalRequest, event_key: str) -> HttpResponse:
    """One event; `preview` shows what it would list and saves nothing."""
    event = access_life_event(event_key)
    return _answer(request, event) if request.method == "POST" else _show(request, event, show_event(event))


def _answer(request: PortalRequest, event: LifeEvent | None) -> HttpResponse:
    typed = read_event(request.POST.dict())
    if "preview" in request.POST:
        return _show(request, event, typed)
    try:
        kept = services.save_life_event(
            request.actor, event.key if event else "", typed.wording, row_version=typed.row_version
        )
    except (RuleViolation, Conflict) as error:
        return _show(request, event, typed, error)
    messages.success(request, _("Đã lưu. Trang chủ dùng ngay."))
    return redirect("catalogue:life_event", kept.key)


def _show(
    request: PortalRequest,
    event: LifeEvent | None,
    typed: TypedEvent,
    error: Refusal | None = None,
) -> HttpResponse:
    said, status = describe_refusal(error, typed.row_version)
    shelf, wording = get_shelf(), typed.wording
    named = shelf.pick(wording.codes)
    taken = {entry.code for entry in named}
    others = [entry for entry in shelf.holding(wording.phrases) if entry.code not in taken]
    context: dict[str, Any] = {
        "event": event,
        "typed": typed,
        **said,
        "icons": [{"value": icon, "is_chosen": icon == typed.values["icon"]} for icon in ICONS],
        "named": named,
        "others": others[:MOST_SHOWN],
        "more": max(0, len(others) - MOST_SHOWN),
        "missing": [code for code in wording.codes if code not in taken],
        "has_original": event is not None and is_shipped_event(event.key),
        "crumbs": _crumbs(event),
    }
    return render(request, "catalogue/words/event.html", context, status=status)


def _crumbs(event: LifeEvent | None) -> list[dict[str, str]]:
    here = event.label.get("vi", "") if event else _("Thêm việc")
    return [{"label": _("Việc trong đời"), "href": reverse("catalogue:life_events")}, {"label": here}]


@require_POST
@catalogue_admin
def move(request: PortalRequest, event_key: str) -> HttpResponse:
    """One place up or down."""
    services.move_life_event(request.actor, event_key, up=request.POST.get("way") == "up")
    return redirect(f"{reverse('catalogue:life_events')}#event-{event_key}")


@require_POST
@catalogue_admin
def delete(request: PortalRequest, event_key: str) -> HttpResponse:
    """One that a province added; those of the product stay."""
    try:
        services.delete_life_event(
            request.actor, event_key, row_version=read_number(request.POST.get("row_version"))
        )
    except (Conflict, RuleViolation) as error:
        messages.warning(request, error.message)
        return redirect("catalogue:life_event", event_key)
    messages.success(request, _("Đã xóa việc này."))
    return redirect("catalogue:life_events")
