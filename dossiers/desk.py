"""The work lists of agencies: a line per dossier, and a number that rises with every change of a list.

Both are written with the dossier, in one transaction. What an officer may see is still decided by
`dossiers.rights`: a line only says what to look at, and in which order.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dossiers.choices import STAGES, Stage, Status
from dossiers.models import DeskEntry, Dossier
from portal.core import counters

UNCOLLECTED_AFTER = timedelta(days=90)
"""After this long a result that nobody collected is something to look at."""


def write_entries(dossier: Dossier, agency_ids: Iterable[int], *, has_ended: bool) -> None:
    """The lines of a dossier in the lists of exactly these agencies. One query, two if a relation has ended."""
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
    if has_ended:
        DeskEntry.objects.filter(dossier=dossier).exclude(agency__in=agencies).delete()


def build_place(dossier: Dossier) -> tuple[datetime, bool]:
    """Where a dossier stands in a list: the nearest moment, and whether the agency is late after it.

    A result that waits to be collected stands behind what is still owed, and comes forward once nobody came for long.
    """
    moments = [dossier.due_at]
    if dossier.status == Status.SUBMITTED:
        moments.append(dossier.check_by)
    promised = [at for at in moments if at is not None]
    is_promised = bool(promised) and STAGES[dossier.status] not in (Stage.RESULTS, Stage.CLOSED)
    if is_promised:
        return min(promised), True
    waits_for_people = STAGES[dossier.status] == Stage.RESULTS
    return dossier.sort_at + (UNCOLLECTED_AFTER if waits_for_people else timedelta()), False


def announce(agency_ids: Iterable[int]) -> None:
    """The lists of these agencies, where a dossier stands or stood, have changed. One query.

    Comes last in a transaction, after every other number: all take them in this order.
    """
    agencies = set(agency_ids)
    if agencies:
        counters.next_numbers(revision_series(agency) for agency in agencies)


def revision_series(agency_id: int) -> str:
    """The counter that says how often the work list of an agency has changed."""
    return f"desk:{agency_id}"
