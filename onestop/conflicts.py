"""The page that says somebody was first: who changed what since, and what the officer had typed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dossiers import selectors
from dossiers.timeline import build_timeline
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict
from procedures import selectors as catalogue

if TYPE_CHECKING:
    from dossiers.models import Dossier

STATUS = 409
LATEST = 3
LONGEST_NUMBER = 9


def read_number(data: Mapping[str, str] | None, name: str) -> int | None:
    """A hidden number that the officer's page held: what was seen when the page was drawn."""
    text = data.get(name, "") if data else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def show_conflict(
    request: PortalRequest,
    dossier: "Dossier",
    conflict: Conflict,
    *,
    typed: Sequence[tuple[str, str]] = (),
    seq: int | None = None,
) -> HttpResponse:
    """`seq`: number of the last event that the officer had seen; without it the latest few are shown."""
    events = selectors.list_events(dossier)
    newer = [event for event in events if seq is not None and event.seq > seq] or events[-LATEST:]
    content = catalogue.get_content(dossier.procedure_version_id)
    lines = build_timeline(reversed(newer), content, audience="staff")
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "changes": [{"who": line.who, "at": line.at, "what": line.title} for line in lines],
        "typed": typed,
        "back_href": reverse("onestop:dossier", args=[dossier.pk]),
    }
    return render(request, "errors/conflict.html", context, status=STATUS)
