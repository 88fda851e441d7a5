"""The one place that turns an error into an answer: a page for people, problem+json below /api/."""

import logging
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.errors import Forbidden, NotFound, PortalError, RuleViolation
from portal.core.policy import PUBLIC, state_policy
from portal.core.problem import build_problem
from portal.core.translation import as_portal_error, get_title

API_PREFIX = "/api/"
_SERVER_FAULT = 500
# These pages stand on nothing: what they would ask for is what may be broken.
_ALONE = frozenset({500, 503})
_logger = logging.getLogger(__name__)


class ServerFault(PortalError):  # noqa: N818 - one of the family of portal.core.errors
    """Something nobody foresaw; says nothing about it to the outside."""

    http_status = 500
    default_code = "server_error"


def build_error_response(request: HttpRequest, error: PortalError) -> HttpResponse:
    """The answer for an error, with Retry-After where waiting helps."""
    if error.http_status >= _SERVER_FAULT and not isinstance(error, ServerFault):
        _logger.error("%s on %s", error.code, request.path, exc_info=error)
    if request.path.startswith(API_PREFIX):
        return build_problem(request, error)
    response = HttpResponse(_render(request, error), status=error.http_status)
    if retry_after := getattr(error, "retry_after", None):
        response["Retry-After"] = str(retry_after)
    return response


@state_policy(PUBLIC)
def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """handler400."""
    return build_error_response(request, as_portal_error(exception) or PortalError("malformed"))


@state_policy(PUBLIC)
def permission_denied(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """handler403."""
    return build_error_response(request, as_portal_error(exception) or Forbidden())


@state_policy(PUBLIC)
def page_not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """handler404."""
    return build_error_response(request, as_portal_error(exception) or NotFound())


@state_policy(PUBLIC)
def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, which also meets the errors that other middleware raise."""
    return build_error_response(request, as_portal_error(sys.exc_info()[1]) or ServerFault())


@state_policy(PUBLIC)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page left open over a sign-in or a cookie that was cleared."""
    what_next = _("Quay lại trang trước, tải lại rồi gửi lần nữa. Trình duyệt cần cho phép cookie.")
    message = _("Trang này mở đã lâu, hoặc được gửi từ một nơi khác.")
    return build_error_response(request, Forbidden("csrf_failed", message, what_next=what_next))


def _render(request: HttpRequest, error: PortalError) -> str:
    context = {
        "status": error.http_status,
        "title": error.extra.get("title", ""),
        "message": error.message,
        "errors": error.errors if isinstance(error, RuleViolation) else {},
        "what_next": error.extra.get("what_next", ""),
        "request_id": getattr(request, "request_id", ""),
        "help_phone": getattr(settings, "HELP_PHONE", ""),
    }
    try:
        return _render_template(request, context)
    except Exception:  # the last page there is must appear whatever is broken
        _logger.exception("the error page cannot be rendered")
        return _render_plain(error, str(context["request_id"]))


def _render_template(request: HttpRequest, context: dict[str, object]) -> str:
    status = int(str(context["status"]))
    try:
        template = get_template(f"errors/{status}.html")
    except TemplateDoesNotExist:
        template = get_template("errors/error.html")
        context["title"] = context["title"] or get_title(status)
    return str(template.render(context, None if status in _ALONE else request))


def _render_plain(error: PortalError, request_id: str) -> str:
    title, message = escape(get_title(error.http_status)), escape(error.message)
    return (
        f'<!doctype html><html lang="{get_language() or "vi"}"><head><meta charset="utf-8">'
        f"<title>{title} – Một Cửa</title></head>"
        f'<body><main><h1>{title}</h1><p>{message}</p><p><a href="/">{escape(_("Về trang chủ"))}</a></p>'
        f"<p><small>{escape(request_id)}</small></p></main></body></html>"
    )
