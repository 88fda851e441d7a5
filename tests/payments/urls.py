"""The addresses that payments stand on, without the pages of the other apps."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from payments.views.receipts import verify
from portal.accounts.policy import public


@public
def _page(request: HttpRequest, dossier_id: object) -> HttpResponse:
    return HttpResponse(f"dossier {dossier_id}")


def _pages(name: str) -> tuple[list[URLPattern], str]:
    return [path("<uuid:dossier_id>/", _page, name=name)], "pages"


urlpatterns = [
    path("accounts/", include("portal.accounts.signin.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("payments/", include("payments.urls")),
    path("verify/", verify, name="verify"),
    path("api/v1/", include("payments.api.urls")),
    path("onestop/dossiers/", include(_pages("dossier"), namespace="onestop")),
    path("dossiers/", include(_pages("detail"), namespace="dossiers")),
]
