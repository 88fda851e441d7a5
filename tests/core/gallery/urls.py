"""Addresses the headers link to, and the gallery's own pages."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLResolver, include, path

from tests.core.gallery import samples

OFFICER = SimpleNamespace(
    user_id=1, name="Lê Thu Trang", membership_id=7, is_officer=True, roles=("reception",)
)


def _sign_in(request: HttpRequest) -> None:
    """What the accounts put on the request of an officer."""
    request.actor = OFFICER  # type: ignore[attr-defined]
    request.memberships = [SimpleNamespace(pk=7, agency=SimpleNamespace(name="UBND xã Bến Trăng"))]  # type: ignore[attr-defined]


def show_gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/page.html", samples.build())


def show_desk(request: HttpRequest) -> HttpResponse:
    _sign_in(request)
    return render(request, "gallery/desk.html", samples.build())


def extend_session(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


def show_done(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/done.html", samples.build())


def show_confirm(request: HttpRequest) -> HttpResponse:
    _sign_in(request)
    return render(request, "confirm.html", samples.CONFIRM)


def show_error(request: HttpRequest, name: str) -> HttpResponse:
    return render(
        request, f"errors/{name}.html", samples.ERRORS.get(name, {"request_id": "0198c0de7f3k2209"})
    )


def _pages(namespace: str, **routes: str) -> URLResolver:
    """Named addresses of one app; they all show the gallery."""
    return path(
        "", include(([path(route, show_gallery, name=name) for name, route in routes.items()], namespace))
    )


urlpatterns = [
    path("gallery/", show_gallery),
    path("accounts/session/", extend_session),
    path("gallery/desk/", show_desk),
    path("gallery/done/", show_done),
    path("gallery/confirm/", show_confirm),
    path("gallery/errors/<str:name>/", show_error),
    _pages("procedures", home="", search="procedures/"),
    _pages("dossiers", track="track/", mine="dossiers/"),
    _pages("onestop", desk="onestop/", intake="onestop/intake/"),
    _pages("accounts", switch="accounts/acting/", profile="accounts/profile/", extend="accounts/session/"),
    _pages("notifications", inbox="accounts/notices/"),
    path("accounts/login/", show_gallery, name="account_login"),
    path("accounts/logout/", show_gallery, name="account_logout"),
]
