"""Every address of the API, version 1."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from portal.accounts import api as accounts_api
from portal.core.policy import PUBLIC, state_policy

urlpatterns: list[URLPattern | URLResolver] = [
    path("me", accounts_api.me, name="me"),
    path("", include("procedures.api.urls")),
    path("", include("payments.api.urls")),
    path("", include("dossiers.api.urls")),
    path("schema/", state_policy(PUBLIC)(SpectacularAPIView.as_view()), name="api-schema"),
]
