"""Errors of the API as problem+json (RFC 9457) with a stable `code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.http.request import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import set_rollback

from portal.core.errors import PortalError, RuleViolation
from portal.core.translation import as_portal_error, get_title

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SIGN_IN = _("Bạn cần đăng nhập để làm việc này.")
_DRF_REFUSALS: dict[type[exceptions.APIException], tuple[str, StrOrPromise]] = {
    exceptions.ParseError: ("malformed", ""),  # says itself what is wrong
    exceptions.AuthenticationFailed: ("not_authenticated", _SIGN_IN),
    exceptions.NotAuthenticated: ("not_authenticated", _SIGN_IN),
    exceptions.PermissionDenied: ("forbidden", _("Bạn không có quyền làm việc này.")),
    exceptions.NotFound: ("not_found", _("Không có gì ở địa chỉ này, hoặc bạn không được xem.")),
    exceptions.MethodNotAllowed: ("method_not_allowed", _("Địa chỉ này không nhận cách gửi đó.")),
    exceptions.NotAcceptable: ("not_acceptable", _("Máy chủ chỉ trả lời bằng JSON.")),
    exceptions.UnsupportedMediaType: (
        "unsupported_media_type",
        _("Máy chủ không đọc được kiểu nội dung này. Hãy gửi JSON; riêng tệp thì gửi multipart/form-data."),
    ),
    exceptions.Throttled: ("rate_limited", _("Bạn đã thử quá nhiều lần. Hãy chờ một lúc rồi thử lại.")),
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
    if str(exc.detail).startswith("CSRF Failed"):
        return _with_status(PortalError("csrf_failed", _("Phiên làm việc không khớp. Hãy tải lại.")), 403)
    kinds = (kind for kind in type(exc).__mro__ if kind in _DRF_REFUSALS)
    code, message = _DRF_REFUSALS.get(next(kinds, exceptions.APIException), ("invalid_request", ""))
    error = PortalError(code, message or str(exc.detail))
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
