"""Every address of the installation."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from portal.accounts.admin import admin_site
from portal.core import health

handler400 = "portal.core.errorpages.bad_request"
handler403 = "portal.core.errorpages.permission_denied"
handler404 = "portal.core.errorpages.page_not_found"
handler500 = "portal.core.errorpages.server_error"

PAGES = {
    "accounts/": ["portal.accounts.signin.urls", "portal.accounts.urls"],
    "accounts/notices/": ["portal.notifications.urls"],
    "api/v1/": ["portal.api_urls"],
    "catalogue/": ["procedures.catalogue_urls"],
    "verify/": ["dossiers.verify_urls"],
    "onestop/": ["onestop.urls"],
    "payments/": ["payments.urls"],
    "demo/": ["portal.demo.urls"] if settings.DEMO else [],
    "": ["dossiers.urls", "procedures.urls"],
}
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin_site.urls),
    *(path(prefix, include(name)) for prefix, names in PAGES.items() for name in names if find_spec(name)),
]
