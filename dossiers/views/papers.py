"""Papers of a draft that no page of the form asks for: uploaded here, one picker per paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers.file_checks import LIMITS_TEXT, MAX_BYTES
from dossiers.screens import tasks as task_list
from dossiers.screens.pickers import build_paper_pickers
from dossiers.services import drafts
from dossiers.views.access import UNPROCESSABLE, access_sheet, go_to_dossier
from dossiers.views.uploads import Refusals, find_removed, keep_uploads
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import Conflict


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Every posted file is kept by itself; those refused say why."""
    try:
        sheet = access_sheet(request, dossier_id)
    except Conflict:
        return go_to_dossier(dossier_id)
    if not sheet.loose_papers:
        return redirect("dossiers:filing", dossier_id)
    refused: Refusals = {}
    if request.method == "POST":
        removed = find_removed(request)
        if removed is not None:
            drafts.remove_file(dossier_id, actor=get_actor(request), attachment_id=removed)
        refused = keep_uploads(request, dossier_id, [item.key for item in sheet.loose_papers])
        if not refused and "on" in request.POST:
            return redirect(task_list.find_next_href(access_sheet(request, dossier_id), ""))
        if not refused:
            return redirect(reverse("dossiers:papers", args=[dossier_id]))
        sheet = access_sheet(request, dossier_id)
    pickers = build_paper_pickers(sheet.loose_papers, sheet.files, refused)
    context = {
        "sheet": sheet,
        "pickers": pickers,
        "limits": LIMITS_TEXT,
        "max_bytes": MAX_BYTES,
        "errors": [{"text": text, "id": f"file-{key}"} for key, lines in refused.items() for text in lines],
        "has_errors": bool(refused),
    }
    return render(request, "dossiers/papers.html", context, status=UNPROCESSABLE if refused else 200)
