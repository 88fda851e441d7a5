"""The page that says somebody was first: who changed what since, and what had been typed."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.requests import PortalRequest
from portal.audit.selectors import list_entries
from portal.core.errors import Conflict
from procedures.editing.publish.acts import name_act
from procedures.history import list_revisions

STATUS = 409
LATEST = 3


def show_conflict(
    request: PortalRequest, code: str, conflict: Conflict, *, typed: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """Saved states and acts of administration, newest first."""
    saved = [
        (each.at, each.author, each.summary or _("Sửa bản nháp")) for each in list_revisions(code)[:LATEST]
    ]
    acts = [(entry.at, entry.user, name_act(entry.action)) for entry in list_entries(code, limit=LATEST)]
    latest = sorted([*saved, *acts], key=lambda row: row[0], reverse=True)[:LATEST]
    context = {
        "base_template": "desk.html",
        "message": conflict.message,
        "changes": [
            {"who": who.full_name if who else "", "at": at, "what": what} for at, who, what in latest
        ],
        "typed": [(label, value) for label, value in typed if value],
        "back_href": reverse("catalogue:procedure", args=[code]),
    }
    return render(request, "errors/conflict.html", context, status=STATUS)
