"""The person behind an account, as a party of a dossier."""

from typing import cast
from uuid import UUID

from dossiers.choices import PartyKind, PartyRole
from portal.accounts import selectors as accounts
from portal.accounts.actor import Actor
from procedures.formschema.parties import PartyDraft

CITIZEN_ID = "citizen_id"


def submitter_of(actor: Actor) -> PartyDraft:
    """The signed-in person as submitter, with what the account knows. Raises NotFound."""
    user = accounts.get_user(cast("UUID", actor.user_id))
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
