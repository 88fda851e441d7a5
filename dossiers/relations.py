"""Which agencies see a locked dossier, and which once did: read once, and kept in step with what is written.

All writes to DossierAgency go through here, under the dossier's lock, so nothing has to be read a second time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from dossiers.models import Dossier, DossierAgency


class Relations:
    """The relations of one dossier. `is_new`: its row is not written yet, so there are none to read."""

    def __init__(self, dossier: Dossier, *, is_new: bool) -> None:
        self._dossier = dossier
        self._known: list[DossierAgency] | None = [] if is_new else None
        self.has_ended = False
        """Has one ended in this write? Then a work list may have to lose its line."""

    def list_open(self) -> list[tuple[int, str]]:
        """Open (agency id, relation) pairs. One query the first time."""
        return [(row.agency_id, row.relation) for row in self._rows if row.until is None]

    def list_agencies(self) -> set[int]:
        """Every agency that sees the dossier or once did."""
        return {row.agency_id for row in self._rows}

    def begin(self, agency_id: int, relations: Iterable[str], *, since: datetime) -> None:
        """Let an agency see the dossier, for these reasons."""
        begun = [
            DossierAgency(dossier=self._dossier, agency_id=agency_id, relation=relation, since=since)
            for relation in relations
        ]
        known = self._rows
        DossierAgency.objects.bulk_create(begun)
        known += begun

    def end(self, relations: Iterable[str], *, until: datetime) -> None:
        """Close the open relations of these kinds, whichever agency holds them."""
        ending = [row for row in self._rows if row.until is None and row.relation in set(relations)]
        DossierAgency.objects.filter(pk__in=[row.pk for row in ending]).update(until=until)
        for row in ending:
            row.until = until
        self.has_ended = self.has_ended or bool(ending)

    def pass_on(self, successors: Mapping[int, int], *, at: datetime) -> bool:
        """What merged agencies hold here goes to their successors. False if they hold nothing."""
        ending = [row for row in self._rows if row.until is None and row.agency_id in successors]
        kept = set(self.list_open()) - {(row.agency_id, row.relation) for row in ending}
        passed = {(successors[row.agency_id], row.relation) for row in ending} - kept
        DossierAgency.objects.filter(pk__in=[row.pk for row in ending]).update(until=at)
        for row in ending:
            row.until = at
        for agency_id, relation in sorted(passed):
            self.begin(agency_id, [relation], since=at)
        self.has_ended = self.has_ended or bool(ending)
        return bool(ending)

    @property
    def _rows(self) -> list[DossierAgency]:
        if self._known is None:
            self._known = list(DossierAgency.objects.filter(dossier=self._dossier))
        return self._known
