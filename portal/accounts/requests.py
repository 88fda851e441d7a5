"""A request after ActorMiddleware: it knows who acts."""

from django.http import HttpRequest

from portal.accounts.actor import ANONYMOUS, Actor
from portal.accounts.models import Membership
from portal.core.errors import PortalError


class PortalRequest(HttpRequest):
    """For the type checker only; the middleware sets these on the ordinary request."""

    actor: Actor
    memberships: tuple[Membership, ...]
    acting_error: PortalError | None


def get_actor(request: HttpRequest) -> Actor:
    """Who acts in this request; anonymous where the middleware did not run."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return actor
