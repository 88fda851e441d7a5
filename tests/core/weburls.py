"""Addresses that fail in every way, to see what people get."""

from collections.abc import Callable
from typing import Any

import psycopg2
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework import exceptions, serializers
from rest_framework.decorators import api_view, parser_classes, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import errors
from portal.core.health import healthz, readyz
from portal.core.json_parser import StrictJSONParser


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


ERRORS: dict[str, Exception] = {
    "not-found": errors.NotFound(),
    "forbidden": errors.Forbidden(),
    "conflict": errors.Conflict("conflict", "Chị Hà đã sửa lúc 10:21.", changed_by="Hà"),
    "rule": errors.RuleViolation(errors={"name": ["Thiếu họ tên."]}),
    "rate": errors.RateLimited(retry_after=17),
    "lock": errors.LockTimeout(),
    "external": errors.ExternalServiceError(permanent=True),
    "seal": errors.SealBroken(),
    "http404": Http404("secret reason"),
    "denied": PermissionDenied("secret reason"),
    "away": OperationalError("could not connect to server: secret host"),
    "closed": InterfaceError("connection already closed"),
    "commit": caused(
        DatabaseError("server closed"), psycopg2.DatabaseError("server closed the secret connection")
    ),
    "foreign": caused(IntegrityError("secret"), psycopg2.IntegrityError("duplicate key")),
    "bug": ZeroDivisionError("password=hunter2"),
    "drf-anonymous": exceptions.NotAuthenticated(),
    "drf-denied": exceptions.PermissionDenied(),
    "drf-csrf": exceptions.PermissionDenied("CSRF Failed: token missing"),
    "drf-throttled": exceptions.Throttled(wait=3.5),
    "drf-validation": exceptions.ValidationError({"items": [{}, {"reason": ["Thiếu lý do."]}]}),
}


class RaisingMiddleware:
    """Stands for any middleware that meets an error before the view is reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise ERRORS[request.headers["X-Raise"]]


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


def echo(request: HttpRequest) -> HttpResponse:
    shown = {
        "get": {key: request.GET.getlist(key) for key in request.GET},
        "post": {key: request.POST.getlist(key) for key in request.POST},
        "files": [upload.name for _, uploads in request.FILES.lists() for upload in uploads],
        "cookies": sorted(request.COOKIES),
    }
    return JsonResponse(shown)


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("posted")


def cached_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page", headers={"Cache-Control": "public, max-age=60"})


def lock_and_wait(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("never")


@api_view(["GET"])
@permission_classes([AllowAny])
def api_fail(request: Request, kind: str) -> Response:
    raise ERRORS[kind]


@api_view(["POST"])
@permission_classes([AllowAny])
@parser_classes([StrictJSONParser])
def api_echo(request: Request) -> Response:
    sent: Any = request.data
    if "wrong" in sent:
        serializers.IntegerField().run_validation(sent["wrong"])
    return Response(sent)


def no_policy(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("fail/<kind>/", fail),
    path("echo/", csrf_exempt(echo)),
    path("guarded/", echo),
    path("only-post/", csrf_exempt(only_post)),
    path("cached/", cached_page),
    path("killed/", lock_and_wait),
    path("api/v1/fail/<kind>", api_fail),
    path("api/v1/plain-fail/<kind>", fail),
    path("api/v1/echo", api_echo),
    path("text/<str:word>/", no_policy),
    path("healthz", healthz),
    path("readyz", readyz),
]
handler400 = "portal.core.errorpages.bad_request"
handler403 = "portal.core.errorpages.permission_denied"
handler404 = "portal.core.errorpages.page_not_found"
handler500 = "portal.core.errorpages.server_error"
