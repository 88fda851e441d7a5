"""The catalogue alone: its pages, its part of the API, and the address its filing button leads to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _start(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(code)


urlpatterns = [
    path("api/v1/", include("procedures.api.urls")),
    path("dossiers/", include(([path("new/<str:code>/", _start, name="start")], "dossiers"))),
    path("", include("procedures.urls")),
]
