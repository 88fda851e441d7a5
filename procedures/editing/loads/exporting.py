"""Taking procedures out: an archive of catalogue files that can be brought in again, byte for byte."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from portal.accounts.policy import catalogue_admin
from portal.accounts.requests import PortalRequest
from portal.core import clock
from portal.core.errors import RuleViolation
from procedures.editing.loads.counts import count_exports, list_fields
from procedures.services.catalogue_files import stream_archive

WHICH = ("own", "all", "field")


@require_safe
@catalogue_admin
def export(request: PortalRequest) -> HttpResponse:
    """What may be taken out, and how much it is."""
    return render(
        request, "catalogue/loads/export.html", {"counts": count_exports(), "fields": list_fields()}
    )


@require_GET
@catalogue_admin
def download(request: PortalRequest) -> StreamingHttpResponse | HttpResponse:
    """The archive, sent while it is being made."""
    which, field_key = request.GET.get("which", "own"), request.GET.get("field", "")
    if which not in WHICH or (which == "field" and not field_key):
        raise RuleViolation(errors={"which": [_("Hãy chọn phần muốn tải.")]})
    pieces: Iterator[bytes] = stream_archive(which=which, field_key=field_key)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"catalogue-{which}-{clock.today():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
