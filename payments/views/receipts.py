"""The public page where a printed document is checked by its code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from payments.services.verifying import check_document
from portal.accounts.policy import public
from portal.accounts.signin.limits import find_address
from portal.core.errors import NotFound
from portal.core.verification import clean_code, group

NOT_FOUND = 404
LONGEST_TYPED = 64


@public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Without a code the form; with one, typed or from the QR code, what the document says."""
    typed = request.GET.get("code", "")[:LONGEST_TYPED]
    if "code" not in request.GET:
        return _show(request, "")
    if not typed.strip():
        return _show(request, "", error=_("Nhập mã kiểm tra in trên giấy tờ."), status=422)
    try:
        document = check_document(typed, address=find_address(request))
    except NotFound as error:
        return _show(request, typed, error=error.message, status=NOT_FOUND)
    rows = [{"label": label, "value": value} for label, value in document.facts]
    return _show(request, group(clean_code(typed)), document=document, rows=rows)


def _show(
    request: HttpRequest, code: str, *, error: str = "", status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "code": code,
        "error": error,
        "errors": [{"text": error, "id": "code"}] if error else [],
        "has_errors": bool(error),
        **more,
    }
    response = render(request, "payments/verify.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
