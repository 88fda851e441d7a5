"""What every request passes: a number, clean text, safe headers, and one way out for errors."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from portal.core.errorpages import build_error_response
from portal.core.errors import NotFound, PortalError, RuleViolation
from portal.core.ids import uuid7
from portal.core.text import clean_text
from portal.core.translation import as_portal_error

GetResponse = Callable[[HttpRequest], HttpResponse]

_METHOD_NOT_ALLOWED = 405
_CODINGS = frozenset({"utf-8", "utf8", "us-ascii"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
_NEVER_STORED = ("text/html", "application/json", "application/problem+json")
_UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


class RequestIdMiddleware:
    """Gives each request a number of our own, shown on error pages and in the log; goes first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid7())
        request.request_id = request_id  # type: ignore[attr-defined]
        request.META["HTTP_X_REQUEST_ID"] = request_id  # what the request log reads
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class SecurityHeadersMiddleware:
    """Headers of every answer, static files included; pages are not stored unless the view says otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith(_NEVER_STORED):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class CleanInputMiddleware:
    """Passes only clean text on (portal.core.text): query, form, file names, cookies, path.

    Goes before the session. What is refused gets its page here: nothing behind ever sees it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            clean_request(request)
        except PortalError as error:
            return build_error_response(request, error)
        except _UNREADABLE as error:
            return build_error_response(request, as_portal_error(error) or PortalError("malformed"))
        return self.get_response(request)


class PortalErrorMiddleware:
    """Errors of views become answers here; those of other middleware reach handler400 to handler500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == _METHOD_NOT_ALLOWED and not response.streaming and not response.content:
            return _explain_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        error = as_portal_error(exception)
        return None if error is None else build_error_response(request, error)


def clean_request(request: HttpRequest) -> None:
    """Replace what people sent by the same in NFC. Raises RuleViolation, NotFound for an impossible address,
    and what Django raises for a body that is too large or malformed."""
    if _is_unclean(request.path_info):
        raise NotFound
    _require_known_coding(request)
    request.COOKIES = {name: value for name, value in request.COOKIES.items() if not _is_unclean(value)}
    _require_utf8(request.META.get("QUERY_STRING", "").encode("latin-1"))
    request.GET = _clean_fields(request.GET)  # type: ignore[assignment]
    if request.method != "POST":
        return
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise BadRequest("Content-Length is no number")
    if int(length) > settings.MAX_REQUEST_BYTES:
        raise RequestDataTooBig
    if request.content_type == "application/x-www-form-urlencoded":
        _require_utf8(request.body)
    request.POST = _clean_fields(request.POST)  # type: ignore[assignment]
    for field, uploads in request.FILES.lists():
        clean_text(field)
        for upload in uploads:
            upload.name = clean_text(upload.name or "")


def _clean_fields(fields: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        clean.setlist(clean_text(name), [clean_text(value) for value in values])
    clean._mutable = False
    return clean


def _require_known_coding(request: HttpRequest) -> None:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower().replace("_", "-") not in _CODINGS:
        raise BadRequest("Text comes in UTF-8")


def _require_utf8(urlencoded: bytes) -> None:
    try:
        unquote_to_bytes(urlencoded).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RuleViolation("invalid_text", _("Nội dung có ký tự bị hỏng. Hãy gõ lại chỗ đó.")) from error


def _is_unclean(value: str) -> bool:
    try:
        clean_text(value)
    except RuleViolation:
        return True
    return False


def _explain_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    error = PortalError("method_not_allowed", _("Địa chỉ này không nhận cách gửi đó."))
    error.http_status = _METHOD_NOT_ALLOWED
    page = build_error_response(request, error)
    page["Allow"] = response.headers.get("Allow", "")
    return page
