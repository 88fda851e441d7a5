"""Reads of what the post collects for us: what waits, and what it still owes and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from payments.choices import PostStatus
from payments.models import PostCollection
from portal.core.clock import to_local
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from portal.accounts.actor import Actor

LATEST = 20
"""Transfers shown below what is still owed."""


@dataclass(frozen=True, slots=True)
class Owing:
    """What the post owes an agency: collected and not handed over, oldest first. `total` in đồng."""

    rows: tuple[PostCollection, ...]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def kind(self) -> str:
        """How the figure is shown: money that somebody else has stands out."""
        return "bad" if self.rows else "quiet"

    @property
    def since(self) -> date | None:
        """The day of the oldest money."""
        days = [to_local(row.collected_at).date() for row in self.rows if row.collected_at]
        return min(days, default=None)


def find_of_fee(fee_id: UUID) -> PostCollection | None:
    """The collection of a fee that was not cancelled. One query."""
    return PostCollection.objects.filter(fee_id=fee_id).exclude(status=PostStatus.CANCELLED).first()


def list_of_agency(actor: Actor) -> QuerySet[PostCollection]:
    """Rows of the agency the actor looks at, with dossier and fee."""
    return PostCollection.objects.filter(agency=actor.scope_agency_id).select_related("dossier", "fee")


def access_collection(actor: Actor, collection_id: UUID) -> PostCollection:
    """Raises NotFound for one of another agency."""
    return access_collections(actor, [collection_id])[0]


def access_collections(actor: Actor, collection_ids: Iterable[UUID]) -> list[PostCollection]:
    """In order of id. Raises NotFound when one of them is not of the agency."""
    wanted = set(collection_ids)
    found = list(list_of_agency(actor).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotFound
    return found


def list_waiting(actor: Actor) -> list[PostCollection]:
    """Not yet on the post's list, oldest first."""
    return list(list_of_agency(actor).filter(status=PostStatus.WAITING).order_by("noted_at", "pk"))


def find_owing(actor: Actor) -> Owing:
    """What the post collected and still has."""
    rows = list_of_agency(actor).filter(status=PostStatus.COLLECTED).order_by("collected_at", "pk")
    return Owing(tuple(rows))


def list_handed(actor: Actor) -> list[PostCollection]:
    """The latest that were handed over, newest first."""
    rows = list_of_agency(actor).filter(status=PostStatus.HANDED_OVER).order_by("-handed_over_at", "pk")
    return list(rows[:LATEST])
