"""Files and printed notices of a dossier: only by right, only as attachments."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import ownreads, printing, selectors
from dossiers.services.reading import open_dossier
from dossiers.storage import open_stored
from dossiers.views.access import access_filed
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core.errors import Forbidden, NotFound


@signed_in
@require_safe
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One file, as a download; staff reading it is written down. Raises NotFound, Forbidden (unpaid result)."""
    actor = get_actor(request)
    dossier = open_dossier(dossier_id, actor=actor, what=f"file:{file_id}")
    stored = selectors.access_file(dossier, file_id, filed_only=actor.is_officer)
    if not actor.is_officer and ownreads.is_unpaid_result(dossier, stored):
        raise Forbidden("fee_open", _("Kết quả đã có. Mời bạn nộp phí, lệ phí rồi tải về."))
    try:
        content = open_stored(stored.key)
    except FileNotFoundError as error:
        raise NotFound from error
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.mime)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_safe
def printed(request: HttpRequest, dossier_id: UUID, key: str) -> HttpResponse:
    """One printed form of an own dossier, as PDF. Raises NotFound for a form that does not exist yet."""
    dossier = access_filed(request, dossier_id)
    response = HttpResponse(
        printing.render_print(dossier, key, for_owner=True), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{dossier.code}-{key}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
