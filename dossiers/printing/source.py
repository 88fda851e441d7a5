"""What all printed forms of a dossier take their values from; each row is read once."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urljoin

from django.conf import settings

from dossiers import selectors
from dossiers.choices import PartyRole, Relation
from dossiers.models import Dossier, DossierEvent, Party
from dossiers.numbering import tracking_secret
from portal.accounts import selectors as accounts
from procedures import selectors as catalogue
from procedures.content import Content

if TYPE_CHECKING:
    from portal.accounts.models import Agency

_PLACE = re.compile(r"(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+(.+)$", re.IGNORECASE)


def name_place(agency_name: str) -> str:
    """ "Ủy ban nhân dân xã An Bình" -> "An Bình"; the whole name where no commune or province is in it."""
    found = _PLACE.search(agency_name)
    return found.group(1) if found else agency_name


class Source:
    """A dossier with its content, agency, parties and events. The secret is the one in force."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.content: Content = catalogue.get_content(dossier.procedure_version_id)
        self.agency = accounts.access_agency(cast("int", dossier.agency_id))
        self.parties = [(row.role, row.party) for row in selectors.list_parties(dossier)]
        self.events = selectors.list_events(dossier)
        self.secret = tracking_secret(dossier.pk, dossier.secret_version)

    @cached_property
    def returning(self) -> "Agency":
        """The agency that hands out the result."""
        found = next(
            (pk for pk, kind in selectors.relations_of(self.dossier) if kind == Relation.RETURNING), 0
        )
        return self.agency if found in (0, self.agency.pk) else accounts.access_agency(found)

    def agency_of(self, event: DossierEvent) -> "Agency":
        """Where whoever acted works; the receiving agency where nobody did."""
        return accounts.find_agency(event.actor_agency_id) or self.agency

    @property
    def submitter(self) -> Party | None:
        return self._first(PartyRole.SUBMITTER)

    @property
    def owner(self) -> Party | None:
        """Whose dossier it is: the owner as written, else who filed."""
        return self._first(PartyRole.OWNER) or self.submitter

    def _first(self, role: PartyRole) -> Party | None:
        return next((party for held, party in self.parties if held == role), None)

    def event(self, kind: str) -> DossierEvent | None:
        """The latest event of a kind."""
        return next((event for event in reversed(self.events) if event.kind == kind), None)

    @property
    def lookup_url(self) -> str:
        query = urlencode({"code": self.dossier.code or "", "secret": self.secret})
        return urljoin(settings.PUBLIC_URL, f"/track/?{query}")

    @property
    def place(self) -> str:
        """Where papers are signed: the name of the commune or province in the agency's name."""
        return name_place(self.agency.name)

    @property
    def parent_name(self) -> str:
        return self.agency.parent.name if self.agency.parent else ""
