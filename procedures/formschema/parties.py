"""The people and organisations that answers name, ready to be written on a dossier."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procedures.formschema.definition import FormSchema, PartyMap
from procedures.formschema.walk import Walk, visible_answers


@dataclass(frozen=True)
class PartyDraft:
    """One party as it was written. Codes and shapes are those of the answers; absent parts are empty.

    `birth_date`: ISO, perhaps partial. `identity`: {type, number, issued_on, issued_by, country}.
    `address`: {province, commune, village, line}. `phone`: E.164.
    """

    role: str
    kind: str
    name: str
    birth_date: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    gender: str = ""
    nationality: str = ""
    ethnicity: str = ""
    tax_code: str = ""


def build_parties(
    form: FormSchema, answers: Mapping[str, Any], *, on: date | None = None, case: str = ""
) -> list[PartyDraft]:
    """Parties in the order of their maps, a group's in the order of its rows; nameless ones are left out.

    `answers`: canonical, as `clean_answers` gives them.
    """
    seen = visible_answers(form, answers, on=on, case=case)
    walk = Walk(form, on=on, case=case)
    walk.values.update(seen)
    drafts = []
    for party in form.parties:
        if walk.holds(party.visible_if):
            drafts += [draft for source in _sources(party, seen) if (draft := _build(party, source)).name]
    return drafts


def _sources(party: PartyMap, answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (answers.get(party.group) or ()) if party.group else (answers,)


def _build(party: PartyMap, source: Mapping[str, Any]) -> PartyDraft:
    values = {attribute: source.get(key) for attribute, key in party.map}
    identity, address = values.pop("identity", None), values.pop("address", None)
    if isinstance(identity, str):
        identity = {"type": "citizen_id", "number": identity}
    texts = {attribute: str(value or "") for attribute, value in values.items()}
    return PartyDraft(party.role, party.kind, **texts, identity=identity or {}, address=address or {})
