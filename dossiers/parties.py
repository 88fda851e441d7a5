"""Parties of a filing: frozen as written, found again by blind index only."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from dossiers.choices import OWNER_SIDE_ROLES, PartyRole
from dossiers.models import Dossier, DossierParty, Party
from portal.accounts.actor import Actor
from portal.accounts.identity import clean_phone, index_national_id, index_phone, looks_like_national_id
from portal.core.errors import Forbidden, RuleViolation
from portal.core.jsontypes import Json
from portal.core.sealed import blind_index
from procedures.formschema.definition import FormSchema
from procedures.formschema.parties import PartyDraft

_OWN_COLUMNS = frozenset({"role", "kind", "name"})


def save_parties(dossier: Dossier, drafts: Sequence[PartyDraft], revision: int) -> None:
    """Freeze the parties of one filing and note owner's name and verified-owner indexes on the dossier.

    Must run under the dossier's lock. A party's row is never changed afterwards.
    """
    parties = [_party(draft) for draft in drafts]
    Party.objects.bulk_create(parties)
    counts: dict[str, int] = {}
    links = []
    for draft, party in zip(drafts, parties, strict=True):
        position = counts.get(draft.role, 0)
        counts[draft.role] = position + 1
        links.append(
            DossierParty(dossier=dossier, party=party, role=draft.role, position=position, revision=revision)
        )
    DossierParty.objects.bulk_create(links)
    dossier.owner_name = _owner_name(drafts)
    dossier.verified_owners = [
        party.identity_index
        for draft, party in zip(drafts, parties, strict=True)
        if draft.role in OWNER_SIDE_ROLES and party.identity_index is not None
    ]


def drafts_beside_form(dossier: Dossier, form: FormSchema | None) -> tuple[PartyDraft, ...]:
    """Parties of the latest filing that no answers name (the submitter, an owner typed at the desk)."""
    from_form = {party.role for party in form.parties} if form else set()
    rows = DossierParty.objects.filter(dossier=dossier).select_related("party")
    latest = rows.aggregate(Max("revision"))["revision__max"]
    kept = rows.filter(revision=latest).exclude(role__in=from_form).order_by("role", "position")
    return tuple(PartyDraft(row.role, row.party.kind, row.party.name, **row.party.details) for row in kept)


def own_party(dossier: Dossier, actor: Actor) -> UUID:
    """The owner's party of a signed-in owner, by verified identity. Raises Forbidden."""
    rows = DossierParty.objects.filter(
        dossier=dossier, role__in=OWNER_SIDE_ROLES, party__identity_index=actor.identity_index
    )
    found = rows.order_by("-revision").values_list("party_id", flat=True).first()
    if actor.identity_index is None or found is None:
        raise Forbidden("not_this_owner", _("Chỉ chính chủ hồ sơ mới xác nhận được."))
    return found


def _party(draft: PartyDraft) -> Party:
    details: dict[str, Json] = {k: v for k, v in asdict(draft).items() if k not in _OWN_COLUMNS and v}
    return Party(
        kind=draft.kind,
        name=draft.name[:400],
        details=details,
        identity_index=_identity_index(draft.identity),
        phone_index=_phone_index(draft.phone),
        tax_index=blind_index(draft.tax_code, "tax_code") if draft.tax_code else None,
    )


def _identity_index(document: Mapping[str, Json] | None) -> bytes | None:
    number = (document or {}).get("number")
    return index_identity(number) if isinstance(number, str) and number else None


def _phone_index(phone: str) -> bytes | None:
    """Foreign numbers, which accounts cannot hold, are found as they are written."""
    if not phone:
        return None
    try:
        return index_phone(clean_phone(phone))
    except RuleViolation:
        return index_phone(phone)


def index_identity(number: str) -> bytes:
    """Blind index of any identity document's number; a national ID has the index that accounts use."""
    kept = "".join(number.split()).upper()
    return index_national_id(kept) if looks_like_national_id(kept) else blind_index(kept, "identity_number")


def _owner_name(drafts: Sequence[PartyDraft]) -> str:
    owners = [d.name for d in drafts if d.role in (PartyRole.OWNER, PartyRole.CO_OWNER)]
    names = owners or [d.name for d in drafts if d.role == PartyRole.SUBMITTER]
    return ", ".join(names)[:400]
