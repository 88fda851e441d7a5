"""What every call of the API shares in its OpenAPI document: who calls, and every way it may refuse.

Loaded with portal.core, so that drf-spectacular knows the security schemes before it reads a view.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.openapi import AutoSchema

from portal.core.policy import PUBLIC

Schema = dict[str, Any]

SESSION, CSRF = "session", "csrf"
_READING = frozenset({"get", "head", "options"})
_LATER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}}
_ERRORS: dict[str, tuple[str, str]] = {
    "400": ("Malformed", "Not HTTP or JSON of one meaning"),
    "401": ("NotSignedIn", "No session, or one that has ended"),
    "403": ("Forbidden", "The role is missing, X-Acting is foreign, or the CSRF token does not fit"),
    "404": ("NotFound", "It is not there, or not yours: the two look alike"),
    "406": ("NotAcceptable", "Only JSON is served"),
    "409": ("Conflict", "`conflict`: an old version; `illegal_transition`: not from this status"),
    "413": ("TooLarge", "More than this installation takes at once"),
    "415": ("UnsupportedMediaType", "Another Content-Type is needed"),
    "422": ("Invalid", "Missing or invalid; `errors` names the fields"),
    "429": ("RateLimited", "Too many tries"),
    "503": ("Unavailable", "The row is locked or the database is away; nothing was changed"),
}
_EVERYWHERE = frozenset({"400", "403", "406", "422", "503"})
_WITH_BODY = frozenset({"413", "415"})
_WAITING_HELPS = frozenset({"429", "503"})
_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `detail` is Vietnamese, for people.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": _NUMBER,
        "code": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "detail": _TEXT,
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "object",
            "description": "Path of the field -> sentences",
            "additionalProperties": {"type": "array", "items": _TEXT},
        },
        "retry_after": {"type": "integer", "description": "Seconds"},
    },
}
ACTING: Schema = {
    "in": "header",
    "name": "X-Acting",
    "description": "Membership id, or `citizen`. Default: the session's choice, else the only membership.",
    "schema": _TEXT,
}


class PortalSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """The cookie of the session, and the CSRF token beside it wherever something may change."""

    target_class = "portal.accounts.api_auth.PortalSessionAuthentication"
    name = [SESSION, CSRF]  # type: ignore[assignment]
    priority = 0

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[Schema]:
        reads = auto_schema.method.lower() in _READING
        signed_in: Schema = {SESSION: []} if reads else {SESSION: [], CSRF: []}
        is_public = getattr(auto_schema.view, "policy", None) == PUBLIC
        return [signed_in, {}] if is_public else [signed_in]

    def get_security_definition(self, auto_schema: AutoSchema) -> list[Schema]:
        return [
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": f"The value of the cookie `{settings.CSRF_COOKIE_NAME}`",
            },
        ]


def document_refusals(result: Schema, generator: Any, **kwargs: Any) -> Schema:
    """Postprocessing hook: problem+json answers, X-Acting, and Retry-After, by what each operation is."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {name: _build_response(status) for status, (name, _why) in _ERRORS.items()}
    components["parameters"] = {"Acting": ACTING}
    for path, method, operation in _list_operations(result):
        for status in sorted(_find_statuses(path, method, operation)):
            answer = {"$ref": f"#/components/responses/{_ERRORS[status][0]}"}
            operation["responses"].setdefault(status, answer)
        if not _is_public(operation):
            operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/Acting"})
    return result


def _list_operations(result: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            if "responses" in operation:
                yield path, method, operation


def _is_public(operation: Schema) -> bool:
    return {} in operation.get("security", [])


def _find_statuses(path: str, method: str, operation: Schema) -> set[str]:
    """Refusals that this operation can come to; the views say 409 and 429 where these hold."""
    statuses = set(_EVERYWHERE)
    if not _is_public(operation):
        statuses.add("401")
    if "{" in path:
        statuses.add("404")
    if method not in _READING:
        statuses |= _WITH_BODY
    if "/actions/" in path:
        statuses.add("409")
    return statuses | {str(status) for status in operation.pop("x-refusals", ())}


def _build_response(status: str) -> Schema:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    response: Schema = {"description": _ERRORS[status][1], "content": content}
    if status in _WAITING_HELPS:
        response["headers"] = _LATER
    return response
