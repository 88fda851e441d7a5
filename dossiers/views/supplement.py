"""Answering a request for what is missing: files in place, answers on their page, then review and send."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dossiers import selectors
from dossiers.models import Dossier, SupplementRequest
from dossiers.services import drafts
from dossiers.views.access import access_filed, go_to_dossier
from dossiers.views.detail import show_dossier
from dossiers.views.uploads import find_removed, keep_uploads
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import NotFound
from procedures import selectors as catalogue

MISSING = "#missing"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The form stands on the dossier's page. POST keeps its files, then does what its button says.

    Buttons: `edit` (key of a question), `review`, "Bỏ" of a file; any other sending keeps the files.
    """
    dossier = access_filed(request, dossier_id)
    asked = selectors.get_open_supplement(dossier)
    if asked is None or request.method != "POST":
        return go_to_dossier(dossier_id, MISSING if asked else "")
    actor = get_actor(request)
    drafts.start_supplement(dossier_id, actor=actor)
    removed = find_removed(request)
    if removed is not None:
        drafts.remove_file(dossier_id, actor=actor, attachment_id=removed)
    papers = [item["requirement"] for item in asked.items if item.get("requirement")]
    refused = keep_uploads(request, dossier_id, dict.fromkeys(papers))
    if refused:
        return show_dossier(request, dossier, refused)
    return _go_on(request, dossier, asked)


def _go_on(request: HttpRequest, dossier: Dossier, asked: SupplementRequest) -> HttpResponse:
    if "review" in request.POST:
        return redirect("dossiers:check", dossier.pk)
    if "edit" in request.POST:
        return _to_question(dossier, asked, request.POST["edit"])
    return go_to_dossier(dossier.pk, MISSING)


def _to_question(dossier: Dossier, asked: SupplementRequest, key: str) -> HttpResponse:
    """The page of a question that was asked about. Raises NotFound for any other key."""
    form = catalogue.get_content(dossier.procedure_version_id).form
    wanted = {item.get("field") for item in asked.items} - {None, ""}
    for page in form.pages if form else ():
        if key in wanted and any(question.key == key for question in page.fields):
            return redirect("dossiers:filing_page", dossier.pk, page.key)
    raise NotFound
