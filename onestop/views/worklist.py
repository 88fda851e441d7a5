"""The work list: saved views, words, a scanned code."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dossiers import deskreads, selectors
from dossiers.prepared_code import read_code as read_prepared
from dossiers.selectors import DeskFilter
from onestop import drawn
from onestop.deskfilter import build_chips, build_href, read_code, read_filter
from onestop.policy import desk_officer
from onestop.procedures import list_offered
from onestop.worklist import build_rows
from portal.accounts.choices import Role
from portal.accounts.requests import PortalRequest


@require_safe
@desk_officer
def desk(request: PortalRequest) -> HttpResponse:
    """Dossiers of the officer's agency, nearest date first; an exact code opens its dossier at once."""
    wanted = read_filter(request.GET)
    prepared = read_prepared(wanted.query)
    if prepared:
        return redirect(f"{reverse('onestop:intake')}?prepared={prepared}")
    if wanted.query:
        found = deskreads.find_by_code(request.actor, read_code(wanted.query))
        if found is not None:
            return redirect("onestop:dossier", found)
    return drawn.answer(request, lambda more: _draw(request, wanted, more))


def _draw(request: PortalRequest, wanted: DeskFilter, more: dict[str, str]) -> HttpResponse:
    page = selectors.list_desk(request.actor, wanted)
    steps = deskreads.list_current_steps([dossier.pk for dossier in page.rows])
    context = {
        "wanted": wanted,
        "rows": build_rows(page.rows, steps),
        "chips": build_chips(wanted, selectors.count_badges(request.actor)),
        "procedures": list_offered(request.actor),
        "clear_href": build_href(wanted, q="", procedure="") if wanted.query or wanted.procedure else "",
        "next_href": build_href(wanted, cursor=page.next) if page.next else "",
        "previous_href": build_href(wanted, cursor=page.previous) if page.previous else "",
        "can_receive": request.actor.has_role(Role.RECEPTION) and not request.actor.is_read_only,
        **more,
    }
    return render(request, "onestop/desk.html", context)
