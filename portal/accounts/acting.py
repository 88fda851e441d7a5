"""Under which membership a signed-in person acts: chosen, checked again, built into an Actor."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from portal.accounts.actor import Actor
from portal.accounts.choices import ActorKind, Door, Role
from portal.accounts.models import Agency, Membership, User

CITIZEN = "citizen"
CHOICE_KEY = "acting"
SCOPE_KEY = "acting_scope"


@dataclass(frozen=True)
class Choice:
    """What was chosen: a membership id as text, `citizen`, or nothing yet; and a unit below, for leaders."""

    membership: str = ""
    scope_agency_id: int | None = None


def read_choice(session: SessionBase) -> Choice:
    return Choice(str(session.get(CHOICE_KEY, "")), session.get(SCOPE_KEY))


def store_choice(session: SessionBase, choice: Choice) -> None:
    session[CHOICE_KEY] = choice.membership
    session[SCOPE_KEY] = choice.scope_agency_id


def find_membership(memberships: Sequence[Membership], choice: str) -> Membership | None:
    """The chosen membership; without a valid choice the only one there is; None means as a citizen."""
    if choice == CITIZEN:
        return None
    for membership in memberships:
        if str(membership.pk) == choice:
            return membership
    return memberships[0] if len(memberships) == 1 else None


def build_citizen(user: User, door: Door) -> Actor:
    return Actor(
        kind=ActorKind.CITIZEN,
        user_id=user.pk,
        name=user.get_full_name(),
        door=door,
        identity_level=user.identity_level,
        identity_index=_identity_index(user),
    )


def build_officer(user: User, membership: Membership, door: Door, scope: Agency | None) -> Actor:
    """An officer at one agency. A leader who looks at a unit below keeps no other role there."""
    agency_id = membership.agency_id
    scope_id = scope.pk if scope and can_look_at(membership, scope) else agency_id
    roles = frozenset(membership.roles) if scope_id == agency_id else frozenset({str(Role.LEADER)})
    return Actor(
        kind=ActorKind.OFFICER,
        user_id=user.pk,
        name=user.get_full_name(),
        membership_id=membership.pk,
        agency_id=agency_id,
        scope_agency_id=scope_id,
        roles=roles,
        door=door,
        identity_level=user.identity_level,
        identity_index=_identity_index(user),
    )


def can_look_at(membership: Membership, unit: Agency) -> bool:
    """A leader may look at the own agency and at every unit below it, by the stored path."""
    return Role.LEADER in membership.roles and unit.path.startswith(membership.agency.path)


def _identity_index(user: User) -> bytes | None:
    if not user.is_verified or user.national_id_index is None:
        return None
    return bytes(user.national_id_index)
