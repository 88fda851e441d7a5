"""The receipt is lost: find the dossiers of the person at the counter."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dossiers.services.finding import MOST_SHOWN, find_of_person
from onestop.finding import FindForm
from onestop.policy import receptionist
from onestop.worklist import build_rows
from portal.accounts.requests import PortalRequest

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@receptionist
def find(request: PortalRequest) -> HttpResponse:
    """By identity number, or by name and birth date. Posted, so that neither stands in an address or a log."""
    form = FindForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "rows": None,
        "has_errors": bool(form.errors),
        "most": MOST_SHOWN,
    }
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        found = find_of_person(
            request.actor, number=typed["number"], name=typed["name"], birth=typed["birth"]
        )
        context |= {"rows": build_rows(found, {}), "asked": form.looked_for}
    return render(request, "onestop/find.html", context, status=UNPROCESSABLE if form.errors else 200)
