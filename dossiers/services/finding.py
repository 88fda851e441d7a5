"""Finding the dossiers of somebody who lost the receipt: that is no obstacle, and every look is written down."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from dossiers.choices import Status
from dossiers.models import Dossier, DossierParty
from dossiers.parties import index_identity
from dossiers.rights import visible_to
from dossiers.search import matching
from portal.accounts.actor import Actor
from portal.audit import services as audit
from portal.core.text import fold

MOST_SHOWN = 10
_MOST_NAMESAKES = 200


def find_of_person(actor: Actor, *, number: str = "", name: str = "", birth: str = "") -> list[Dossier]:
    """Dossiers of the actor's agency that name this person, newest first, at most MOST_SHOWN.

    By the exact number of an identity paper (blind index), or by the owner's whole name with the birth date
    ("1990", "1990-05" or "1990-05-12"). Each one found is written to the log of readings.
    """
    seen = visible_to(actor).exclude(status=Status.DRAFT).select_related("procedure")
    if number:
        rows = DossierParty.objects.filter(party__identity_index=index_identity(number))
        found = seen.filter(pk__in=rows.values("dossier"))
    elif name and birth and actor.scope_agency_id is not None:
        found = seen.filter(pk__in=_namesakes(seen, name, birth, actor.scope_agency_id))
    else:
        return []
    dossiers = list(found.order_by("-submitted_at")[:MOST_SHOWN])
    _log(dossiers, actor)
    return dossiers


def _namesakes(seen: "QuerySet[Dossier]", name: str, birth: str, agency_id: int) -> set[UUID]:
    """Birth dates are sealed: who has the name is opened and looked at."""
    same_words = matching(seen, name, agency_id).order_by("-submitted_at").values("pk")[:_MOST_NAMESAKES]
    rows = DossierParty.objects.filter(dossier__in=same_words).select_related("party")
    return {row.dossier_id for row in rows if _is_same(row, fold(name), birth)}


def _is_same(row: DossierParty, name: str, birth: str) -> bool:
    """Part of a birth date is enough where no more is known."""
    written = str(row.party.details.get("birth_date") or "")
    same_day = bool(written) and (written.startswith(birth) or birth.startswith(written))
    return same_day and " ".join(fold(row.party.name).split()) == " ".join(name.split())


def _log(dossiers: Iterable[Dossier], actor: Actor) -> None:
    if actor.user_id is None:
        return
    for dossier in dossiers:
        audit.log_read(
            dossier_id=dossier.pk,
            user_id=actor.user_id,
            membership_id=actor.membership_id,
            agency_id=actor.agency_id,
            door=str(actor.door),
            what="desk:find",
        )
