"""Views of every policy, for the tests of policies and parked forms only."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts import api, parked
from portal.accounts.admin import admin_site
from portal.accounts.choices import Role
from portal.accounts.parked import restores_parked
from portal.accounts.policy import (
    SIGNED_IN,
    api_policy,
    catalogue_admin,
    officer,
    officer_policy,
    public,
    signed_in,
    site_admin,
)


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"done {sorted(request.POST.dict().items())}")


@signed_in
@restores_parked
def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer(request)
    kept = parked.take(request)
    return HttpResponse(f"form {sorted(kept.lists())}" if kept else "form empty")


@api_policy(officer_policy(Role.RECEPTION))
@api_view(["GET", "POST"])
def api_reception(request: Request) -> Response:
    return Response("done")


@api_policy(SIGNED_IN)
class ApiSignedIn(APIView):
    def get(self, request: Request) -> Response:
        return Response("done")


urlpatterns = [
    path("accounts/", include("portal.accounts.signin.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("admin/", admin_site.urls),
    path("api/v1/me", api.me),
    path("t/public/", public(_answer)),
    path("t/signed_in/", signed_in(_answer)),
    path("t/officer/", officer()(_answer)),
    path("t/reception/", officer(Role.RECEPTION, Role.DESK_HEAD)(_answer)),
    path("t/site_admin/", site_admin(_answer)),
    path("t/catalogue_admin/", catalogue_admin(_answer)),
    path("t/form/", form),
    path("api/t/reception", api_reception),
    path("api/t/signed_in", ApiSignedIn.as_view()),
]
