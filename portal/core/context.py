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
from django.utils.translation import get_language
from django.utils.translation import gettext as _

DESK, CATALOGUE, ADMIN = "desk", "catalogue", "admin"
_MONEY = tuple(f"/payments/{room}/" for room in ("refunds", "differences", "books", "statements", "till"))
_DESK_ROLES = frozenset({"reception", "desk_head", "case_officer", "approver", "leader"})


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


@dataclass(frozen=True)
class LanguageSwitch:
    """The way to the other language, in its own words; `back` is the address to return to."""

    href: str
    code: str
    label: str
    back: str


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor; everything that may cost a query is read only when a template asks."""
    return {
        "province_name": settings.PROVINCE_NAME,
        "help_phone": settings.HELP_PHONE,
        "demo": settings.DEMO,
        "training": settings.TRAINING,
        "actor": getattr(request, "actor", None),
        "acting": build_acting(request),
        "home_href": get_href("procedures:home") or "/",
        "desk_href": _get_desk_href(request),
        "figures_href": get_href("reporting:statistics"),
        "verify_href": get_href("verify"),
        "profile_href": get_href("accounts:profile"),
        "inbox_href": get_href("notifications:inbox"),
        "sign_in_href": build_sign_in_href(request),
        "sign_out_href": get_href("account_logout"),
        "extend_href": get_href("accounts:extend"),
        "language_switch": build_language_switch(request),
        "nav_links": SimpleLazyObject(lambda: build_nav(request.path)),
        "desk_links": SimpleLazyObject(
            lambda: build_desk_nav(request.path, takes_in=_takes_in(request), rooms=_list_rooms(request))
        ),
        "session_seconds": SimpleLazyObject(lambda: _get_session_seconds(request)),
    }


def build_acting(request: HttpRequest) -> Acting:
    """Read from the request, where the accounts put it; nothing for a visitor or a plain citizen."""
    memberships = getattr(request, "memberships", ())
    if not memberships:
        return Acting()
    chosen = [row for row in memberships if row.pk == request.actor.membership_id]  # type: ignore[attr-defined]
    return Acting(memberships, chosen[0].agency.name if chosen else "", get_href("accounts:switch"))


def build_language_switch(request: HttpRequest) -> LanguageSwitch | None:
    """For everybody but officers at work. Behind a posted form stands the page it was on."""
    href, actor = get_href("accounts:language"), getattr(request, "actor", None)
    if not href or getattr(actor, "is_officer", False):
        return None
    is_read = request.method in ("GET", "HEAD")
    back = request.get_full_path() if is_read else request.headers.get("Referer", request.path)
    code, label = next(pair for pair in settings.LANGUAGES if pair[0] != get_language())
    return LanguageSwitch(href, code, label, back)


def build_nav(path: str) -> list[NavLink]:
    """Links of the public header; a page this installation does not have gets none."""
    links = [
        _link(_("Thủ tục"), "procedures:search", path),
        _link(_("Tra cứu"), "dossiers:track", path),
        _link(_("Hồ sơ của tôi"), "dossiers:mine", path),
        NavLink(_("Trợ giúp"), "#help"),
    ]
    return [link for link in links if link.href]


def build_desk_nav(path: str, *, takes_in: bool, rooms: Sequence[str] = (DESK,)) -> list[NavLink]:
    """Links of the staff header; intake is for those who receive dossiers. `rooms`: desk, catalogue, admin."""
    intake = _link(_("Tiếp nhận"), "onestop:intake", path)
    certification = _link(_("Chứng thực"), "onestop:certification", path)
    register = _link(_("Sổ theo dõi"), "onestop:register", path)
    money = NavLink(_("Tiền"), get_href("payments:refunds"), path.startswith(_MONEY))
    desk = _link(_("Hồ sơ"), "onestop:desk", path, not_under=(intake.href, certification.href, register.href))
    links = (desk, intake, certification, register, money) if takes_in else (desk, register, money)
    catalogue = _link(_("Danh mục"), "catalogue:index", path)
    notices = _link(_("Tin gửi đi"), "notices:overview", path)
    contracts = _link(_("Hợp đồng"), "payments:accounts", path)
    shown = (
        *(links if DESK in rooms else ()),
        *((catalogue,) if CATALOGUE in rooms else ()),
        *((contracts, notices) if ADMIN in rooms else ()),
    )
    return [link for link in shown if link.href]


def _list_rooms(request: HttpRequest) -> tuple[str, ...]:
    """The desk for everybody but those who only keep the catalogue; what is kept for those who keep it."""
    roles = getattr(getattr(request, "actor", None), "roles", ())
    kept = (ADMIN,) if "site_admin" in roles else ()
    if "catalogue_admin" not in roles:
        return (DESK, *kept)
    return (DESK, CATALOGUE, *kept) if _DESK_ROLES.intersection(roles) else (CATALOGUE, *kept)


def _get_desk_href(request: HttpRequest) -> str:
    """Where this officer works; its list takes words to search by as `q`."""
    return get_href("onestop:desk" if DESK in _list_rooms(request) else "catalogue:index")


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


def _link(label: str, name: str, path: str, not_under: tuple[str, ...] = ()) -> NavLink:
    href = get_href(name)
    is_under = bool(href) and path.startswith(href) and not path.startswith(tuple(filter(None, not_under)))
    return NavLink(label, href, is_under)


def _get_session_seconds(request: HttpRequest) -> int:
    """Seconds until the session ends unless a page is opened before; 0 without an account."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return 0
    return request.session.get_expiry_age()
