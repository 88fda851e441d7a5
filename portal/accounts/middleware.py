"""Says on every request who acts, from rows read in that request: a revoked right ends at once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.accounts import acting, caller, selectors
from portal.accounts.actor import ANONYMOUS
from portal.accounts.choices import Door
from portal.accounts.models import Agency, Membership, User
from portal.accounts.sessions import keep_alive
from portal.core.errors import Forbidden, PortalError

API_PREFIX = "/api/"
ACTING_HEADER = "X-Acting"


class ActorMiddleware:
    """Sets request.actor, request.memberships and request.acting_error (raised by the view's policy)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        attach_actor(request)
        if isinstance(request.user, User):
            keep_alive(request.session)
        return self.get_response(request)


def attach_actor(request: HttpRequest) -> None:
    """Read who acts: session and person are two queries, a leader's unit below a third; none for a visitor."""
    user = request.user
    memberships: tuple[Membership, ...] = ()
    actor, error = ANONYMOUS, None
    if isinstance(user, User) and user.is_active:
        memberships = caller.places_of(user)
        choice, error = _read_choice(request, memberships)
        membership = acting.find_membership(memberships, choice.membership)
        if membership is None:
            actor = acting.build_citizen(user, _find_door(request, officer=False))
        else:
            scope = _find_scope(membership, choice.scope_agency_id)
            actor = acting.build_officer(user, membership, _find_door(request, officer=True), scope)
    request.actor = actor  # type: ignore[attr-defined]
    request.memberships = memberships  # type: ignore[attr-defined]
    request.acting_error = error  # type: ignore[attr-defined]


def _read_choice(
    request: HttpRequest, memberships: tuple[Membership, ...]
) -> tuple[acting.Choice, PortalError | None]:
    """The session's choice, or that of X-Acting where the API is called; a foreign membership is an error."""
    header = request.headers.get(ACTING_HEADER, "").strip()
    if not header or not request.path.startswith(API_PREFIX):
        return acting.read_choice(request.session), None
    known = {acting.CITIZEN, *(str(membership.pk) for membership in memberships)}
    if header in known:
        return acting.Choice(header), None
    error = Forbidden("acting_not_yours", _("Bạn không làm việc ở nơi được chọn trong X-Acting."))
    return acting.Choice(acting.CITIZEN), error


def _find_scope(membership: Membership, agency_id: int | None) -> Agency | None:
    return membership.agency if agency_id == membership.agency_id else selectors.find_agency(agency_id)


def _find_door(request: HttpRequest, *, officer: bool) -> Door:
    if request.path.startswith(API_PREFIX):
        return Door.API
    return Door.DESK if officer else Door.WEB
