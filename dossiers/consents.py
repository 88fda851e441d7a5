"""Which owners have agreed to a filing, and which are still asked (procedures where every owner must agree)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dossiers.choices import PartyRole
from dossiers.models import Consent, DossierParty, Filing

OWNERS = (PartyRole.OWNER, PartyRole.CO_OWNER)


@dataclass(frozen=True, slots=True)
class OwnerConsent:
    """One owner of a filing. `at` is None until they agree; `how` as in ConsentManner."""

    party_id: UUID
    name: str
    identity_index: bytes | None
    at: datetime | None = None
    how: str = ""

    @property
    def has_agreed(self) -> bool:
        return self.at is not None

    def is_identity(self, index: bytes | None) -> bool:
        """Is it the person of this verified identity?"""
        return index is not None and self.identity_index == bytes(index)


def list_consents(filing: Filing) -> list[OwnerConsent]:
    """Every owner of a filing in the order they were written, with their consent. Two queries."""
    given = {consent.party_id: consent for consent in Consent.objects.filter(filing=filing)}
    links = DossierParty.objects.filter(
        dossier=filing.dossier_id, revision=filing.revision, role__in=OWNERS
    ).select_related("party")
    found = []
    for link in links.order_by("role", "position"):
        consent, index = given.get(link.party_id), link.party.identity_index
        found.append(
            OwnerConsent(
                party_id=link.party_id,
                name=link.party.name,
                identity_index=None if index is None else bytes(index),
                at=consent.at if consent else None,
                how=str(consent.how) if consent else "",
            )
        )
    return found


def list_awaited(filing: Filing) -> list[OwnerConsent]:
    """The owners who have not agreed yet. Two queries."""
    return [owner for owner in list_consents(filing) if not owner.has_agreed]
