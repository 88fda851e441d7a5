"""The work lists of agencies: a line per dossier, and a number that rises with every change of a list.

Both are written with the dossier, in one transaction. What an officer may see is still decided by
`dossiers.rights`: a line only says what to look at, and in which order.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dossiers.choices import STAGES, Stage, Status
from dossiers.models import DeskEntry, Dossier, DossierAgency
from portal.core import counters


def write_entries(dossier: Dossier, agency_ids: Iterable[int]) -> None:
    """The lines of a dossier in the lists of exactly these agencies. At most two queries."""
    agencies = set(agency_ids)
    stage = STAGES.get(dossier.status)
    if stage is None or not agencies:
        return
    sort_at, is_promised = build_place(dossier)
    DeskEntry.objects.bulk_create(
        [
            DeskEntry(
                dossier=dossier, agency_id=agency, stage=stage, sort_at=sort_at, is_promised=is_promised
            )
            for agency in sorted(agencies)
        ],
        update_conflicts=True,
        unique_fields=["agency", "dossier"],
        update_fields=["stage", "sort_at", "is_promised"],
    )
    DeskEntry.objects.filter(dossier=dossier).exclude(agency__in=agencies).delete()


def build_place(dossier: Dossier) -> tuple[datetime, bool]:
    """Where a dossier stands in a list: the nearest moment, and whether the agency is late after it."""
    moments = [dossier.due_at]
    if dossier.status == Status.SUBMITTED:
        moments.append(dossier.check_by)
    promised = [at for at in moments if at is not None]
    is_promised = bool(promised) and STAGES[dossier.status] not in (Stage.RESULTS, Stage.CLOSED)
    return (min(promised) if is_promised else dossier.sort_at), is_promised


def announce(dossier_ids: Iterable[UUID]) -> None:
    """The lists of every agency that these dossiers stand or stood with have changed. Two queries.

    Comes last in a transaction, after every other number: all take them in this order.
    """
    rows = DossierAgency.objects.filter(dossier__in=list(dossier_ids))
    agencies = set(rows.values_list("agency_id", flat=True))
    if agencies:
        counters.next_numbers(revision_series(agency) for agency in agencies)


def revision_series(agency_id: int) -> str:
    """The counter that says how often the work list of an agency has changed."""
    return f"desk:{agency_id}"
