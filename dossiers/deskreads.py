"""Reads that only the counter needs: a scanned code, who holds what, a person seen before."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from dossiers.choices import Status
from dossiers.desk import revision_series
from dossiers.models import Assignment, Dossier, DossierParty, Step, SupplementRequest
from dossiers.parties import index_identity
from dossiers.rights import visible_to
from portal.accounts.actor import Actor
from portal.core.counters import READ_LAST
from procedures.formschema.parties import PartyDraft
from procedures.revision import READ_TOKEN

_READ_STATE = f"SELECT ({READ_LAST}), ({READ_TOKEN})"


def find_by_code(actor: Actor, code: str) -> UUID | None:
    """Id of the dossier with exactly this code that the actor may see. One query; its content is not read."""
    found = visible_to(actor).filter(code=code.strip().upper())
    return found.values_list("pk", flat=True).first()


def get_list_state(actor: Actor) -> tuple[int | None, UUID | None]:
    """What every page of a work list is made of: the revision of the agency's lists, the token of the catalogue.

    Two equal states, one page. One query, in SQL: every page asks.
    """
    series = revision_series(actor.scope_agency_id or 0)
    with connection.cursor() as cursor:
        cursor.execute(_READ_STATE, [series])
        revision, token = cursor.fetchone()
    return revision, token


def list_current_steps(dossier_ids: Collection[UUID]) -> Mapping[UUID, Step]:
    """The open step of each dossier with `assignments` (open ones, with their person). Two queries."""
    open_ones = Assignment.objects.filter(until=None).select_related("membership__user")
    steps = Step.objects.filter(dossier__in=dossier_ids, ended_at=None)
    return {step.dossier_id: step for step in steps.prefetch_related(Prefetch("assignments", open_ones))}


def find_known_person(actor: Actor, number: str) -> tuple[Dossier, PartyDraft] | None:
    """How somebody with this identity number was last written at the actor's agency, and on which dossier.

    Only among dossiers the actor may see. Found by the exact number (blind index), never by a part of it.
    """
    seen = visible_to(actor).exclude(status=Status.DRAFT).values("pk")
    rows = DossierParty.objects.filter(party__identity_index=index_identity(number), dossier__in=seen)
    row = rows.select_related("party", "dossier").order_by("-dossier__submitted_at", "-revision").first()
    if row is None:
        return None
    return row.dossier, PartyDraft(row.role, row.party.kind, row.party.name, **row.party.details)


def list_supplement_requests(dossier: Dossier) -> Sequence[SupplementRequest]:
    """Every request for what was missing, oldest first."""
    return list(SupplementRequest.objects.filter(dossier=dossier).order_by("asked_at", "pk"))
