"""The person behind an account, as a party of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dossiers.choices import PartyKind, PartyRole
from procedures.formschema.parties import PartyDraft

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from portal.accounts.models import User

CITIZEN_ID = "citizen_id"


def submitter_of(dossier: Dossier) -> PartyDraft:
    """The person whose account files this, as submitter, with what the account knows."""
    user = cast("User", dossier.filed_by)
    identity = {"type": CITIZEN_ID, "number": user.national_id} if user.national_id else {}
    return PartyDraft(
        role=PartyRole.SUBMITTER,
        kind=PartyKind.PERSON,
        name=user.full_name,
        birth_date=user.birth_date or "",
        identity=identity,
        phone=user.phone or "",
        email=user.email,
        address=user.address or {},
    )
