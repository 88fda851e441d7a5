"""Who will stand at the desk: asked only where the e-form itself does not ask, so nothing is typed twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dossiers.printing.words import describe_address
from onestop.intake import person as p
from portal.core.jsontypes import Json
from procedures.content import Content
from procedures.formschema.definition import Field
from procedures.formschema.parties import build_parties
from procedures.formschema.types.texts import LINE_LENGTH
from procedures.texts import EMPTY

_ASKS_WHO = "person.full_name"
_PERSON = "person"


def list_person_questions(content: Content) -> Sequence[Field]:
    """The person block, or nothing where the e-form asks the declarant's name."""
    asked = content.form.fields() if content.form else ()
    if any(question.prefill == _ASKS_WHO for question in asked):
        return ()
    questions = p.build_person_fields(content)
    return [
        replace(question, hint=EMPTY) if question.key == p.IDENTITY else question for question in questions
    ]


def find_submitter(content: Content, case: str, answers: Mapping[str, Any]) -> dict[str, Json]:
    """Answers of the desk's person block, out of canonical answers of the e-form; empty where nobody is named.

    Where no declarant answered (an organisation files), a person who represents it stands for it.
    """
    found = _from_declarant(content, answers) or _from_party(content, case, answers)
    return {key: value for key, value in found.items() if value}


def _from_declarant(content: Content, answers: Mapping[str, Any]) -> dict[str, Json]:
    said: dict[str, Any] = {}
    for question in content.form.fields() if content.form else ():
        if question.prefill.startswith("person.") and answers.get(question.key):
            said.setdefault(question.prefill, answers[question.key])
    if not said.get(_ASKS_WHO):
        return {}
    return {
        p.NAME: said[_ASKS_WHO],
        p.IDENTITY: said.get("person.identity", {}).get("number") or said.get("person.national_id"),
        p.BIRTH: said.get("person.birth_date"),
        p.PHONE: said.get("person.phone"),
        p.EMAIL: said.get("person.email"),
        p.ADDRESS: describe_address(said.get("person.address") or {})[:LINE_LENGTH],
    }


def _from_party(content: Content, case: str, answers: Mapping[str, Any]) -> dict[str, Json]:
    parties = build_parties(content.form, answers, case=case) if content.form else []
    people = [party for party in parties if party.kind == _PERSON and party.role == "representative"]
    people += [party for party in parties if party.kind == _PERSON and party.role == "owner"]
    if not people:
        return {}
    [party, *_others] = people
    return {
        p.NAME: party.name,
        p.IDENTITY: party.identity.get("number", ""),
        p.BIRTH: party.birth_date,
        p.PHONE: party.phone,
        p.EMAIL: party.email,
        p.ADDRESS: describe_address(party.address)[:LINE_LENGTH],
    }
