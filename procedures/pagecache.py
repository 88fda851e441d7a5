"""Public pages kept in memory, keyed by the state of the catalogue, and 304 for those who have them."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import get_language

from portal.core import clock
from procedures.revision import catalogue_token

View = TypeVar("View", bound=Callable[..., HttpResponse])

# Agencies stand on these pages too and have no token: their changes show after this many seconds.
_KEPT_S = 300
_KEPT_SINCE_S = 86_400
_MAX_VALUE_LENGTH = 200  # a whole question
_MAX_QUERY_LENGTH = 300
_INDENT = re.compile(rb"\n\s+")
_KEEPS_SPACE = re.compile(rb"<(?:pre|textarea)\b")
ANY = "*"
"""Instead of names: every parameter, as long as all of them together are short."""
# Templates may have changed with the program, so nothing is older than this process.
_STARTED = clock.now()


@dataclass(frozen=True)
class _Page:
    body: bytes
    etag: str
    last_modified: int
    content_type: str


def kept_in_memory(*names: str) -> Callable[[View], View]:
    """Decorator of a public GET view whose page depends on the catalogue, the language and these parameters.

    Only visitors without a session share it: signed-in people see their name and roles. The view may set
    Last-Modified. One query for a page in memory.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_shared(request, names):
                return view(request, *args, **kwargs)
            request.catalogue_token = catalogue_token()  # type: ignore[attr-defined]
            key = _key(request)
            page = cache.get(key)
            if page is None:
                response = view(request, *args, **kwargs)
                if not _may_be_kept(request, response):
                    return response
                page = _keep(key, request, response)
            return _answer(request, page)

        return wrapper  # type: ignore[return-value]

    return decorate


def last_modified(*moments: datetime) -> str:
    """The header value for the newest of the moments and the start of this process."""
    return http_date(max(*moments, _STARTED).timestamp())


def _is_shared(request: HttpRequest, names: tuple[str, ...]) -> bool:
    if ANY in names:
        is_known = len(request.META.get("QUERY_STRING", "")) <= _MAX_QUERY_LENGTH
    else:
        is_known = all(
            name in names and len(value) <= _MAX_VALUE_LENGTH for name, value in request.GET.items()
        )
    return request.method in ("GET", "HEAD") and is_visitor(request) and is_known


def is_visitor(request: HttpRequest) -> bool:
    """Nobody's session, no message waiting: the page is the same for all such."""
    return not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()


def token_of(request: HttpRequest) -> UUID:
    """The state of the catalogue that this page is kept for; read now where no page is kept."""
    return getattr(request, "catalogue_token", None) or catalogue_token()


def _key(request: HttpRequest) -> str:
    parts = (request.get_host(), request.get_full_path(), get_language(), token_of(request), clock.today())
    return "page:" + hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with a CSRF token or a cookie belongs to one visitor."""
    is_personal = bool(response.cookies) or "CSRF_COOKIE" in request.META
    return response.status_code == HttpResponse.status_code and not is_personal


def _keep(key: str, request: HttpRequest, response: HttpResponse) -> _Page:
    body = _squeeze(response.content)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    page = _Page(body, etag, changed or _find_moment(request, etag), response["Content-Type"])
    cache.set(key, page, _KEPT_S)
    return page


def _squeeze(body: bytes) -> bytes:
    """Without the indents and empty lines of templates: a third of the bytes, and nothing anybody sees."""
    return body if _KEEPS_SPACE.search(body) else _INDENT.sub(b"\n", body)


def _find_moment(request: HttpRequest, etag: str) -> int:
    """Since when the page says this: now, or since it was first made when it is made anew and says the same."""
    key = (
        "since:"
        + hashlib.sha256(
            "\n".join((request.get_host(), request.get_full_path(), get_language() or "")).encode()
        ).hexdigest()
    )
    known = cache.get(key)
    if known is None or known[0] != etag:
        known = (etag, int(clock.now().timestamp()))
        cache.set(key, known, _KEPT_SINCE_S)
    return int(known[1])


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    response = HttpResponse(page.body, content_type=page.content_type)
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.last_modified)
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])  # also the language: nobody's browser decides it
    answer = get_conditional_response(
        request, etag=page.etag, last_modified=page.last_modified, response=response
    )
    return answer or response
