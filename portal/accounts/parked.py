"""What was typed is kept while its sender signs in again.

A POST whose session has ended is parked: its fields (no files, no passwords) are sealed in the database for
24 hours, under a random cookie. After sign-in the page `accounts:kept` gives them back. A view that can show
its form filled says so with `@restores_parked` and reads `take()` in GET; every other form is sent again.
Whoever signed in last in this browser is the only one who gets them; the view's own right
decides beside that.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import ParkedForm, User
from portal.accounts.signin import limits
from portal.core import clock, throttle
from portal.core.errors import RateLimited

COOKIE = "parked"
OWNER_COOKIE = "parkedowner"
KEPT_FOR = timedelta(hours=24)
OWNER_KNOWN_FOR = timedelta(days=30)
MAX_CHARACTERS = 400_000
_SALT = "accounts.parked.owner"

View = TypeVar("View", bound=Callable[..., Any])


def restores_parked(view: View) -> View:
    """Say that this view shows parked fields in its own form: it calls `take()` when it is opened by GET."""
    view.restores_parked = True  # type: ignore[attr-defined]
    return view


def remember_owner(response: HttpResponse, user_id: UUID) -> None:
    """Note in the browser, signed, who signed in last: what is parked later belongs to that person."""
    _set_cookie(response, OWNER_COOKIE, signing.dumps(str(user_id), salt=_SALT), OWNER_KNOWN_FOR)


def park(request: HttpRequest, response: HttpResponse) -> bool:
    """Keep the fields of this POST under a cookie in the response; False if nothing was kept."""
    fields = _collect_fields(request)
    if not fields or not _may_park(request):
        return False
    token, moment = secrets.token_urlsafe(32), clock.now()
    ParkedForm.objects.create(
        token_sha256=_hash(token),
        user_id=_read_owner(request),
        path=request.get_full_path()[:2000],
        page=find_page(request)[:2000],
        fields=fields,
        created_at=moment,
        expires_at=moment + KEPT_FOR,
    )
    _set_cookie(response, COOKIE, token, KEPT_FOR)
    return True


def find(request: HttpRequest) -> ParkedForm | None:
    """The form parked by this browser for the person now signed in; nothing for anybody else."""
    token = request.COOKIES.get(COOKIE)
    if not token or not isinstance(request.user, User):
        return None
    rows = ParkedForm.objects.filter(token_sha256=_hash(token), expires_at__gt=clock.now())
    return rows.filter(Q(user=request.user) | Q(user__isnull=True)).first()


def take(request: HttpRequest, path: str | None = None) -> QueryDict | None:
    """What was parked for this page, once. `path` is the request's own by default.

    Call it after the view's access check: it is the check that these fields may be seen.
    """
    row = find(request)
    wanted = request.path if path is None else path
    if row is None or wanted not in (urlsplit(row.path).path, urlsplit(row.page).path):
        return None
    fields = build_querydict(row)
    row.delete()
    return fields


def forget(request: HttpRequest) -> None:
    """The same address was posted to by its owner: what was parked for it is no longer needed."""
    if COOKIE in request.COOKIES:
        row = find(request)
        if row is not None and urlsplit(row.path).path == request.path:
            row.delete()


def forget_old() -> int:
    """Delete forms nobody came back for; returns how many."""
    return ParkedForm.objects.filter(expires_at__lte=clock.now()).delete()[0]


def build_querydict(row: ParkedForm) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in row.fields.items():
        query.setlist(name, values)
    return query


def find_page(request: HttpRequest) -> str:
    """The page the form stood on: by HTMX or the referrer where it is ours, else the address posted to."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    hosts = {request.get_host()}
    if not page or not url_has_allowed_host_and_scheme(page, hosts, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _collect_fields(request: HttpRequest) -> dict[str, list[str]]:
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
    }
    characters = sum(len(name) + len(value) for name, values in fields.items() for value in values)
    return fields if characters <= MAX_CHARACTERS else {}


def _may_park(request: HttpRequest) -> bool:
    """Visitors may fill the table only so fast."""
    try:
        throttle.hit(limits.PARK, limits.find_address(request))
    except RateLimited:
        return False
    return True


def _read_owner(request: HttpRequest) -> UUID | None:
    try:
        text = signing.loads(request.COOKIES.get(OWNER_COOKIE, ""), salt=_SALT, max_age=OWNER_KNOWN_FOR)
        owner = UUID(text)
    except (signing.BadSignature, ValueError):
        return None
    return owner if User.objects.filter(pk=owner).exists() else None


def _set_cookie(response: HttpResponse, name: str, value: str, lives: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lives.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
