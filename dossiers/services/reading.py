"""Opening a dossier: the right is checked, and a reading by staff is written down."""

from uuid import UUID

from django.db.models import Prefetch

from dossiers.models import Dossier, DossierAgency
from dossiers.rights import visible_to
from portal.accounts.actor import Actor
from portal.audit import services as audit
from portal.core.errors import NotFound


def open_dossier(dossier_id: UUID, *, actor: Actor, what: str) -> Dossier:
    """The dossier, with its procedure and agency. `what` names the page or file for the log of readings.

    Raises NotFound when it does not exist or is not the reader's to see. Two queries, and one insert for staff.
    """
    relations = Prefetch("agencies", DossierAgency.objects.filter(until=None), to_attr="open_agencies")
    dossiers = visible_to(actor).select_related("procedure", "agency").prefetch_related(relations)
    found = dossiers.filter(pk=dossier_id).first()
    if found is None:
        raise NotFound
    if actor.is_officer and actor.user_id is not None:
        audit.log_read(
            dossier_id=found.pk,
            user_id=actor.user_id,
            membership_id=actor.membership_id,
            agency_id=actor.agency_id,
            door=str(actor.door),
            what=what,
        )
    return found
