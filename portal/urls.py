"""Every address of the installation."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from payments.views.receipts import verify
from portal.accounts.admin import admin_site
from portal.core import health

handler400 = "portal.core.errorpages.bad_request"
handler403 = "portal.core.errorpages.permission_denied"
handler404 = "portal.core.errorpages.page_not_found"
handler500 = "portal.core.errorpages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("portal.accounts.signin.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("accounts/notices/", include("portal.notifications.urls")),
    path("notices/receipts/", include("portal.notifications.receipts.urls")),
    path("notices/", include("portal.accounts.noticepages.urls")),
    path("onestop/", include("onestop.urls")),
    path("procedures/<str:code>/prepare/", include("onestop.preparing.urls")),
    path("payments/", include("payments.urls")),
    path("verify/", verify, name="verify"),
    path("statistics/", include("reporting.urls")),
    path("catalogue/", include("dossiers.replay.urls")),
    path("catalogue/", include("procedures.editing.urls")),
    path("api/v1/", include("portal.api_urls")),
    path("admin/", admin_site.urls),
    path("", include("dossiers.urls")),
    path("", include("procedures.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("portal.demo.urls")))
