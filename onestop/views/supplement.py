"""What was missing, brought to the counter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dossiers import precheck, selectors
from dossiers.services import supplementing
from dossiers.services.reading import open_dossier
from onestop.acts.scene import Scene
from onestop.conflicts import read_number, show_conflict
from onestop.intake.papers import to_lines
from onestop.intake.supplementing import SupplementPage, read_supplement
from onestop.policy import desk_officer
from onestop.views.acts import UNPROCESSABLE, build_crumbs
from onestop.views.intake import list_errors
from portal.accounts.requests import PortalRequest
from portal.core.errors import Conflict, LockTimeout, RuleViolation
from procedures.formschema.display import display_rows


@require_http_methods(["GET", "HEAD", "POST"])
@desk_officer
def supplement(request: PortalRequest, dossier_id: UUID) -> HttpResponse:
    """Papers brought to the counter and answers corrected there, as one new filing."""
    dossier = open_dossier(dossier_id, actor=request.actor, what="desk:supplement")
    scene, data = Scene(dossier, request.actor), request.POST if request.method == "POST" else None
    filing = selectors.get_filing(dossier)
    page = read_supplement(scene, dict(filing.answers) if filing else {}, data)
    try:
        version = read_number(data, "version")
        precheck.check_act(dossier, "supplement", request.actor, scene.relations, version)
        if page.is_sent and not page.errors:
            supplementing.supplement(
                dossier_id,
                actor=request.actor,
                version=version,
                answers=page.answers,
                papers=to_lines(page.papers),
            )
            messages.success(request, _("Đã nhận bổ sung."))
            return redirect("onestop:dossier", dossier_id)
    except Conflict as conflict:
        seq = read_number(data, "seq")
        return show_conflict(request, dossier, conflict, typed=list_answers(scene, page), seq=seq)
    except (RuleViolation, LockTimeout) as error:
        page.errors += list_errors(error)
    context = {
        "scene": scene,
        "dossier": dossier,
        "page": page,
        "has_errors": bool(page.errors),
        "crumbs": build_crumbs(scene, _("Nhận bổ sung")),
        "back_href": reverse("onestop:dossier", args=[dossier.pk]),
    }
    return render(request, "onestop/supplement.html", context, status=UNPROCESSABLE if page.errors else 200)


def list_answers(scene: Scene, page: SupplementPage) -> list[tuple[str, str]]:
    """What was typed, in words, for the page that says somebody was first."""
    if scene.content.form is None:
        return []
    pages = display_rows(scene.content.form, page.answers, case=scene.dossier.case_key)
    return [(row.label, row.value) for part in pages for row in part.rows if row.value]
