"""The administration site: only site admins, only what is registered here, signed in by our own page."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import Role
from portal.accounts.policy import SITE_ADMIN, check_policy
from portal.accounts.requests import get_actor
from portal.core.policy import PUBLIC


class PortalAdminSite(AdminSite):
    """Django's admin for the few tables an operator edits by hand."""

    site_header = _("Quản trị Một Cửa")
    site_title = _("Quản trị Một Cửa")
    index_title = _("Dữ liệu của hệ thống")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return get_actor(request).has_role(Role.SITE_ADMIN)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our sign-in page; who is signed in without the role gets 403, not a second sign-in."""
        if not get_actor(request).is_anonymous:
            check_policy(request, SITE_ADMIN)
        target = request.GET.get("next") or resolve_url("admin:index")
        return HttpResponseRedirect(f"{resolve_url('account_login')}?{urlencode({'next': target})}")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Passwords are changed on our own page only."""
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        urls = super().get_urls()
        _state_policies(urls)
        return urls

    login.policy = PUBLIC  # type: ignore[attr-defined]


def _state_policies(urls: Iterable[URLPattern | URLResolver]) -> None:
    """Every address of the admin asks for a site admin, by AdminSite.admin_view; here it also says so."""
    for url in urls:
        if isinstance(url, URLResolver):
            _state_policies(url.url_patterns)
        elif not hasattr(url.callback, "policy"):
            url.callback.policy = SITE_ADMIN  # type: ignore[attr-defined]


admin_site = PortalAdminSite(name="admin")
