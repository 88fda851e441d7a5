"""Who may see a dossier: one rule for pages, lists, search, files and the API.

A citizen sees what was filed by the account or is owned by its verified identity. An officer sees dossiers
with an open relation to the agency in scope, and nothing else.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.models import Dossier, DossierAgency
from dossiers.roles import is_owner_side
from portal.accounts.actor import Actor
from portal.accounts.choices import ActorKind, Role
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from dossiers.work import Work


READING_ROLES = (Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER, Role.LEADER)
"""Site and catalogue admins see no dossier content."""


def visible_to(actor: Actor) -> "QuerySet[Dossier]":
    """Dossiers that this actor may see, drafts of others excluded."""
    dossiers = Dossier.objects.defer("search")
    if actor.kind == ActorKind.SYSTEM:
        return dossiers
    if actor.has_role(*READING_ROLES) and actor.scope_agency_id is not None:
        related = DossierAgency.objects.filter(
            dossier=OuterRef("pk"), agency_id=actor.scope_agency_id, until=None
        )
        return dossiers.filter(Exists(related))
    if actor.kind == ActorKind.CITIZEN and actor.user_id is not None:
        mine = Q(filed_by_id=actor.user_id)
        if actor.identity_index is not None:
            mine |= Q(verified_owners__contains=[bytes(actor.identity_index)]) & ~Q(status="draft")
        return dossiers.filter(mine)
    return dossiers.none()


def require_sight(work: "Work") -> None:
    """Raise NotFound unless the actor may see the locked dossier (a leader's wider scope only looks)."""
    actor, dossier = work.actor, work.dossier
    if actor.kind == ActorKind.SYSTEM:
        return
    if actor.has_role(*READING_ROLES):
        agencies = {agency for agency, _relation in work.relations}
        if actor.scope_agency_id in agencies or actor.agency_id in agencies:
            return
    elif actor.kind == ActorKind.CITIZEN and is_owner_side(dossier, actor):
        return
    raise NotFound
