"""What base.html and desk.html need on every page: the place, the help line, the links and who acts.

Costs no query for a visitor without a session.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NavLink:
    """One link of a header, and whether the page stands under it."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Acting:
    """Where the signed-in person works: their memberships, and the name of the agency they act for now."""

    memberships: Sequence[Any] = ()
    label: str = ""
    switch_href: str = ""


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor; everything that may cost a query is read only when a template asks."""
    return {
        "province_name": settings.PROVINCE_NAME,
        "help_phone": settings.HELP_PHONE,
        "demo": settings.DEMO,
        "actor": getattr(request, "actor", None),
        "acting": build_acting(request),
        "home_href": get_href("procedures:home") or "/",
        "desk_href": get_href("onestop:desk"),
        "profile_href": get_href("accounts:profile"),
        "inbox_href": get_href("notifications:inbox"),
        "sign_in_href": build_sign_in_href(request),
        "sign_out_href": get_href("account_logout"),
        "extend_href": get_href("accounts:extend"),
        "nav_links": SimpleLazyObject(lambda: build_nav(request.path)),
        "desk_links": SimpleLazyObject(lambda: build_desk_nav(request.path, takes_in=_takes_in(request))),
        "session_seconds": SimpleLazyObject(lambda: _get_session_seconds(request)),
    }


def build_acting(request: HttpRequest) -> Acting:
    """Read from the request, where the accounts put it; nothing for a visitor or a plain citizen."""
    memberships = getattr(request, "memberships", ())
    if not memberships:
        return Acting()
    chosen = [row for row in memberships if row.pk == request.actor.membership_id]  # type: ignore[attr-defined]
    return Acting(memberships, chosen[0].agency.name if chosen else "", get_href("accounts:switch"))


def build_nav(path: str) -> list[NavLink]:
    """Links of the public header; a page this installation does not have gets none."""
    links = [
        _link(_("Thủ tục"), "procedures:search", path),
        _link(_("Tra cứu"), "dossiers:track", path),
        _link(_("Hồ sơ của tôi"), "dossiers:mine", path),
        NavLink(_("Trợ giúp"), "#help"),
    ]
    return [link for link in links if link.href]


def build_desk_nav(path: str, *, takes_in: bool) -> list[NavLink]:
    """Links of the staff header; intake is for those who receive dossiers."""
    intake = _link(_("Tiếp nhận"), "onestop:intake", path)
    desk = _link(_("Hồ sơ"), "onestop:desk", path, not_under=intake.href)
    return [link for link in ((desk, intake) if takes_in else (desk,)) if link.href]


def _takes_in(request: HttpRequest) -> bool:
    """Does whoever acts hold the reception role? (core knows the actor as a value only)"""
    actor = getattr(request, "actor", None)
    return bool(actor) and "reception" in getattr(actor, "roles", ())


def build_sign_in_href(request: HttpRequest) -> str:
    """The sign-in page, with the way back to this page where it can be opened again."""
    href = get_href("account_login")
    is_account_page = request.path.startswith(href.removesuffix("login/"))
    if not href or is_account_page or request.method != "GET":
        return href
    return f"{href}?{urlencode({'next': request.get_full_path()})}"


def get_href(name: str) -> str:
    """Address of a named page, or nothing where it is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _link(label: str, name: str, path: str, not_under: str = "") -> NavLink:
    href = get_href(name)
    is_under = bool(href) and path.startswith(href) and not (not_under and path.startswith(not_under))
    return NavLink(label, href, is_under)


def _get_session_seconds(request: HttpRequest) -> int:
    """Seconds until the session ends unless a page is opened before; 0 without an account."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return 0
    return request.session.get_expiry_age()
