"""Dossiers of a procedure as they were handed in: what a changed document is tried on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from dossiers.commands import ManifestEntry
from dossiers.deadlines import Pause as Stretch
from dossiers.models import Dossier, Filing, PaperItem, Pause
from portal.core.clock import to_local
from portal.core.jsontypes import Json

if TYPE_CHECKING:
    from portal.accounts.models import Agency


@dataclass(frozen=True, slots=True)
class Past:
    """One dossier by its last filing. `papers`: keys of the papers handed in, as files or on paper.

    `counted_from`: when its legal time began, or it was filed if it never did.
    """

    code: str
    case_key: str
    channel: str
    agency: "Agency"
    answers: Mapping[str, Json]
    manifest: tuple[ManifestEntry, ...]
    papers: frozenset[str]
    filed_on: date
    counted_from: datetime
    pauses: tuple[Stretch, ...]


def list_past(procedure_id: int, last: int) -> list[Past]:
    """The latest `last` filed dossiers, newest first. Four queries; opens sealed answers."""
    dossiers = list(
        Dossier.objects.filter(procedure_id=procedure_id, submitted_at__isnull=False)
        .select_related("agency__calendar")
        .defer("search")
        .order_by("-submitted_at", "-pk")[:last]
    )
    ids = [dossier.pk for dossier in dossiers]
    filings = _last_filings(ids)
    papers, pauses = _papers(ids), _pauses(ids)
    return [
        _past(dossier, dossier.agency, filings[dossier.pk], papers[dossier.pk], pauses[dossier.pk])
        for dossier in dossiers
        if dossier.pk in filings and dossier.agency is not None
    ]


def _past(
    dossier: Dossier, agency: "Agency", filing: Filing, papers: set[str], pauses: Sequence[Stretch]
) -> Past:
    manifest = tuple(
        ManifestEntry(
            UUID(row["attachment"]), row["requirement"], row["name"], int(row["size"]), row["sha256"]
        )
        for row in filing.manifest
    )
    return Past(
        code=dossier.code or "",
        case_key=dossier.case_key,
        channel=dossier.channel,
        agency=agency,
        answers=filing.answers,
        manifest=manifest,
        papers=frozenset(papers | {entry.requirement for entry in manifest}),
        filed_on=to_local(filing.filed_at).date(),
        counted_from=dossier.received_at or filing.filed_at,
        pauses=tuple(pauses),
    )


def _last_filings(ids: Sequence[UUID]) -> dict[UUID, Filing]:
    rows = Filing.objects.filter(dossier__in=ids).order_by("dossier_id", "-revision").distinct("dossier_id")
    return {row.dossier_id: row for row in rows}


def _papers(ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for dossier_id, key in PaperItem.objects.filter(dossier__in=ids).values_list("dossier_id", "requirement"):
        found[dossier_id].add(key)
    return found


def _pauses(ids: Sequence[UUID]) -> dict[UUID, list[Stretch]]:
    found: dict[UUID, list[Stretch]] = defaultdict(list)
    for row in Pause.objects.filter(dossier__in=ids).order_by("started_at"):
        found[row.dossier_id].append(Stretch(row.started_at, row.ended_at, row.reason))
    return found
