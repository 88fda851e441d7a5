"""What merged agencies still have, and what a merger would move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from dossiers.choices import END_STATUSES, Status
from dossiers.models import Dossier, DossierAgency
from portal.accounts import mergers
from portal.accounts.mergers import Merger

if TYPE_CHECKING:
    from portal.accounts.models import Agency


@dataclass(frozen=True)
class Load:
    """What one agency brings along: people, units below it, and its dossiers by what becomes of them."""

    agency: Agency
    people: int
    units: tuple[str, ...]
    open: int
    drafts: int
    ended: int


def weigh(merger: Merger) -> list[Load]:
    """What would move, agency by agency. Four queries, however many agencies."""
    ids = [source.pk for source in merger.sources]
    people, units = mergers.count_people(ids), mergers.list_units_to_move(ids)
    filed, drafts = _count_filed(ids), _count_drafts(ids)
    return [
        Load(
            source,
            people=people.get(source.pk, 0),
            units=tuple(units.get(source.pk, ())),
            open=filed.get((source.pk, False), 0),
            drafts=drafts.get(source.pk, 0),
            ended=filed.get((source.pk, True), 0),
        )
        for source in merger.sources
    ]


def count_left(agency_ids: Iterable[int]) -> dict[int, int]:
    """How many dossiers and drafts each of these agencies still has. Two queries."""
    ids = list(agency_ids)
    filed, drafts = _count_filed(ids), _count_drafts(ids)
    return {pk: filed.get((pk, False), 0) + filed.get((pk, True), 0) + drafts.get(pk, 0) for pk in ids}


def count_waiting(agency_ids: Iterable[int]) -> int:
    """How many dossiers and drafts these agencies still have."""
    ids = list(agency_ids)
    return filed_with(ids).count() + drafts_for(ids).count()


def list_waiting(agency_ids: Iterable[int], limit: int) -> list[tuple[UUID, bool]]:
    """Dossiers that these agencies still have, and whether each is a draft: open ones first, ended ones last."""
    filed, drafts = filed_with(agency_ids), drafts_for(agency_ids)
    found = [(pk, False) for pk in _first(filed.exclude(status__in=END_STATUSES), limit)]
    found += [(pk, True) for pk in _first(drafts, limit - len(found))]
    return found + [(pk, False) for pk in _first(filed.filter(status__in=END_STATUSES), limit - len(found))]


def filed_with(agency_ids: Iterable[int]) -> QuerySet[Dossier]:
    """Dossiers that one of these agencies may see, whatever became of them."""
    relations = DossierAgency.objects.filter(dossier=OuterRef("pk"), until=None, agency__in=list(agency_ids))
    return Dossier.objects.filter(Exists(relations))


def drafts_for(agency_ids: Iterable[int]) -> QuerySet[Dossier]:
    """What citizens are still typing for these agencies."""
    return Dossier.objects.filter(status=Status.DRAFT, agency__in=list(agency_ids))


def _first(dossiers: QuerySet[Dossier], limit: int) -> Iterable[UUID]:
    return dossiers.order_by("sort_at", "pk").values_list("pk", flat=True)[:limit] if limit > 0 else ()


def _count_filed(agency_ids: list[int]) -> dict[tuple[int, bool], int]:
    """By agency, and whether the dossiers have ended."""
    relations = DossierAgency.objects.filter(until=None, agency__in=agency_ids)
    has_ended = ExpressionWrapper(Q(dossier__status__in=END_STATUSES), output_field=BooleanField())
    rows = relations.annotate(has_ended=has_ended).values_list("agency_id", "has_ended")
    return {(agency, ended): n for agency, ended, n in rows.annotate(n=Count("dossier", distinct=True))}


def _count_drafts(agency_ids: list[int]) -> dict[int, int]:
    rows = drafts_for(agency_ids).values_list("agency_id").annotate(n=Count("pk"))
    return {agency: n for agency, n in rows if agency is not None}
