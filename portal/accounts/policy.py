"""Who may call a view: decorators for function views, a permission for the API.

Each writes `view.policy` (portal.core.policy); the build fails on a route without one. Anonymous POSTs are
parked and led to the sign-in page, a wrong role is 403, a leader looking at a unit below may only read.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from portal.accounts import parked
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.accounts.requests import get_actor
from portal.core.errors import Forbidden
from portal.core.policy import PUBLIC, Policy

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED_IN = Policy("signed_in")


def officer_policy(*roles: Role | str) -> Policy:
    """Officers with any one of these roles; without roles every officer."""
    return Policy("officer", frozenset(str(role) for role in roles))


SITE_ADMIN = Policy("site_admin", frozenset({str(Role.SITE_ADMIN)}))
CATALOGUE_ADMIN = Policy("catalogue_admin", frozenset({str(Role.CATALOGUE_ADMIN)}))


def guarded(policy: Policy) -> Callable[[View], View]:
    """Decorator: enforce a policy on a function view and write it on the view."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if policy != PUBLIC and get_actor(request).is_anonymous:
                return ask_to_sign_in(request)
            check_policy(request, policy)
            if request.method == "POST":
                parked.forget(request)
            return view(request, *args, **kwargs)

        guard.policy = policy  # type: ignore[attr-defined]
        return guard  # type: ignore[return-value]

    return decorate


public = guarded(PUBLIC)
signed_in = guarded(SIGNED_IN)
site_admin = guarded(SITE_ADMIN)
catalogue_admin = guarded(CATALOGUE_ADMIN)


def officer(*roles: Role | str) -> Callable[[View], View]:
    """Decorator: only officers, with any one of these roles if some are named."""
    return guarded(officer_policy(*roles))


def policy_permission(policy: Policy) -> type[BasePermission]:
    """A DRF permission class that enforces a policy; 401 for visitors, 403 for a missing role."""

    class PolicyPermission(BasePermission):
        def has_permission(self, request: Request, view: Any) -> bool:
            if policy != PUBLIC and get_actor(request._request).is_anonymous:
                raise NotAuthenticated
            check_policy(request._request, policy)
            return True

    PolicyPermission.policy = policy  # type: ignore[attr-defined]
    return PolicyPermission


def api_policy(policy: Policy) -> Callable[[View], View]:
    """Decorator over `@api_view` functions and APIView classes: enforces the policy and writes it there."""

    def decorate(view: View) -> View:
        target: Any = getattr(view, "cls", view)
        target.permission_classes = [policy_permission(policy)]
        target.policy = policy
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return decorate


def check_policy(request: HttpRequest, policy: Policy) -> None:
    """Raises Forbidden where the actor of the request lacks what the policy asks."""
    error = getattr(request, "acting_error", None)
    if error is not None:
        raise error
    if policy not in (PUBLIC, SIGNED_IN):
        _check_officer(get_actor(request), policy, is_reading=request.method in SAFE_METHODS)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; what was posted is kept meanwhile."""
    response = HttpResponseRedirect("")
    if request.method in SAFE_METHODS:
        target = request.get_full_path()
    else:
        kept = request.method == "POST" and parked.park(request, response)
        target = reverse("accounts:kept") if kept else parked.find_page(request)
    address = f"{resolve_url('account_login')}?{urlencode({'next': target})}"
    response["Location"] = address
    if request.headers.get("HX-Request"):
        # HTMX follows redirects inside the fragment; this header makes it open the whole page.
        response.status_code = 200
        del response["Location"]
        response["HX-Redirect"] = address
    return response


def _check_officer(actor: Actor, policy: Policy, *, is_reading: bool) -> None:
    if not actor.is_officer:
        raise Forbidden("officer_only", _("Trang này dành cho cán bộ. Hãy chọn nơi làm việc ở đầu trang."))
    if policy.roles and not actor.has_role(*policy.roles):
        raise Forbidden("role_missing", _("Vai trò của bạn ở nơi làm việc này chưa làm được việc này."))
    if actor.is_read_only and not is_reading:
        raise Forbidden("read_only", _("Bạn đang xem một đơn vị cấp dưới. Ở đó chỉ xem, không sửa."))
