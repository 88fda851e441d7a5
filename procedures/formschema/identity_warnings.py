"""Warnings about identity numbers that do not fit the sex or year of birth given for the same person."""

from collections.abc import Iterator, Mapping
from typing import Any

from procedures.formschema.definition import FormSchema, PartyMap
from procedures.formschema.identity_numbers import build_warnings


def build_identity_warnings(form: FormSchema, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Path -> sentences, for every person whose number, sex and birth date the party maps bring together."""
    found: dict[str, list[str]] = {}
    for party in form.parties:
        key = party.source("identity")
        for prefix, source in _sources(party, answers):
            value = source.get(key) if key else None
            number = value.get("number", "") if isinstance(value, dict) else value
            lines = build_warnings(
                str(number or ""),
                str(source.get(party.source("gender")) or ""),
                str(source.get(party.source("birth_date")) or ""),
            )
            if lines:
                found[f"{prefix}{key}.number" if isinstance(value, dict) else f"{prefix}{key}"] = lines
    return found


def _sources(party: PartyMap, answers: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not party.group:
        yield "", answers
        return
    for n, row in enumerate(answers.get(party.group) or ()):
        yield f"{party.group}.{n}.", row
