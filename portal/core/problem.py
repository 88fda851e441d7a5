"""Errors of the API as problem+json (RFC 9457) with a stable `code`."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.http.request import HttpRequest
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import set_rollback

from portal.core.errors import PortalError, RuleViolation
from portal.core.translation import as_portal_error, get_title

_DRF_CODES: dict[type[exceptions.APIException], str] = {
    exceptions.ParseError: "malformed",
    exceptions.AuthenticationFailed: "not_authenticated",
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.PermissionDenied: "forbidden",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "rate_limited",
}
_UNAUTHORIZED = 401


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The EXCEPTION_HANDLER of Django REST framework; None leaves an unexpected error to the 500 page."""
    error = _from_drf(exc) if isinstance(exc, exceptions.APIException) else as_portal_error(exc)
    if error is None:
        return None
    if not isinstance(exc, DatabaseError):
        set_rollback()
    request = context.get("request")
    return build_problem(request._request if isinstance(request, Request) else request, error)


def build_problem(request: HttpRequest | None, error: PortalError) -> HttpResponse:
    """The answer itself: type, title, status, code, detail, errors of a rule, and what the error carries."""
    retry_after = getattr(error, "retry_after", None)
    document = {
        **error.extra,
        "type": "about:blank",
        "title": get_title(error.http_status),
        "status": error.http_status,
        "code": error.code,
        "detail": error.message,
        "request_id": getattr(request, "request_id", None),
    }
    if isinstance(error, RuleViolation):
        document["errors"] = error.errors
    if retry_after is not None:
        document["retry_after"] = retry_after
    response = JsonResponse(
        document,
        status=error.http_status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    if error.http_status == _UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Session realm="motcua"'
    return response


def _from_drf(exc: exceptions.APIException) -> PortalError:
    if isinstance(exc, exceptions.ValidationError):
        return RuleViolation(errors=flatten_errors(exc.detail))
    code = next((_DRF_CODES[kind] for kind in type(exc).__mro__ if kind in _DRF_CODES), "invalid_request")
    if str(exc.detail).startswith("CSRF Failed"):
        return _with_status(PortalError("csrf_failed", _("Phiên làm việc không khớp. Hãy tải lại.")), 403)
    error = PortalError(code, str(exc.detail))
    if isinstance(exc, exceptions.Throttled):
        error.retry_after = max(1, int(getattr(exc, "wait", None) or 1))  # type: ignore[attr-defined]
    return _with_status(error, _UNAUTHORIZED if code == "not_authenticated" else exc.status_code)


def _with_status(error: PortalError, status: int) -> PortalError:
    error.http_status = status
    return error


def flatten_errors(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested messages by path: {"items": [{"reason": ["…"]}]} -> {"items.0.reason": ["…"]}."""
    if isinstance(detail, Mapping):
        inner = detail.items()
    elif isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        inner = dict(enumerate(detail)).items()
    else:
        lines = detail if isinstance(detail, list) else [detail]
        return {path or "non_field_errors": [str(line) for line in lines]} if lines else {}
    flat: dict[str, list[str]] = {}
    for key, value in inner:
        flat |= flatten_errors(value, f"{path}.{key}" if path else str(key))
    return flat
