"""What an actor is towards one dossier."""

from collections.abc import Iterable

from dossiers.choices import ActingRole, Relation
from dossiers.models import Dossier
from dossiers.workflow import Action
from portal.accounts.actor import Actor
from portal.accounts.choices import ActorKind, Role

_RELATIONS: dict[ActingRole, frozenset[str]] = {
    ActingRole.RECEPTION: frozenset({Relation.RECEIVING}),
    ActingRole.DESK_HEAD: frozenset({Relation.RECEIVING}),
    ActingRole.CASE_OFFICER: frozenset({Relation.HANDLING}),
    ActingRole.APPROVER: frozenset({Relation.HANDLING}),
    ActingRole.LEADER: frozenset({Relation.RECEIVING, Relation.HANDLING}),
}
_OFFICER_ROLES: dict[str, ActingRole] = {
    Role.RECEPTION: ActingRole.RECEPTION,
    Role.DESK_HEAD: ActingRole.DESK_HEAD,
    Role.CASE_OFFICER: ActingRole.CASE_OFFICER,
    Role.APPROVER: ActingRole.APPROVER,
    Role.LEADER: ActingRole.LEADER,
}


def acting_roles(
    dossier: Dossier, actor: Actor, relations: Iterable[tuple[int, str]], action: Action | None = None
) -> frozenset[ActingRole]:
    """Roles of the state table that the actor holds here (for `action`, where that makes a difference).

    `relations` are the open (agency id, relation) pairs of the dossier. An officer acts only by relations of
    the agency of the membership in force; a leader looking at a unit below holds no role (read-only). The
    result is returned by the desk of the returning agency, which need not be the one that received. Until somebody
    handles the dossier, the competent agency does.
    """
    if actor.kind == ActorKind.SYSTEM:
        return frozenset({ActingRole.SYSTEM})
    if actor.kind == ActorKind.CITIZEN:
        return frozenset({ActingRole.OWNER_SIDE}) if is_owner_side(dossier, actor) else frozenset()
    if not actor.is_officer:
        return frozenset()
    pairs = list(relations)
    held = {relation for agency_id, relation in pairs if agency_id == actor.agency_id}
    if Relation.COMPETENT in held and not any(relation == Relation.HANDLING for _agency, relation in pairs):
        held.add(Relation.HANDLING)
    roles = (_OFFICER_ROLES[role] for role in actor.roles if role in _OFFICER_ROLES)
    return frozenset(role for role in roles if _needed(role, action) & held)


def _needed(role: ActingRole, action: Action | None) -> frozenset[str]:
    if action is Action.RETURN_RESULT and role is ActingRole.RECEPTION:
        return frozenset({Relation.RETURNING})
    return _RELATIONS[role]


def is_owner_side(dossier: Dossier, actor: Actor) -> bool:
    """Did this citizen file it, or is the verified identity one of an owner, co-owner or representative?"""
    if actor.user_id is not None and dossier.filed_by_id == actor.user_id:
        return True
    if actor.identity_index is None:
        return False
    return bytes(actor.identity_index) in {bytes(index) for index in dossier.verified_owners}
