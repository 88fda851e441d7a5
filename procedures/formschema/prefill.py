"""Values offered before anything is typed: from the profile, from earlier dossiers, from papers."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.jsontypes import Json
from procedures.formschema.definition import Field


@dataclass(frozen=True)
class PrefillValue:
    """A canonical value, the sentence that says where it came from, and whether it may be changed here."""

    value: Json
    source: str
    locked: bool = False


Prefill = Mapping[str, PrefillValue]
"""By prefill key, for example "person.full_name", or by `BY_QUESTION` and the key of one question."""
BY_QUESTION = "question:"


def find_offer(question: Field, prefill: Prefill) -> PrefillValue | None:
    """What is offered to this very question goes before what its prefill key stands for."""
    return prefill.get(BY_QUESTION + question.key) or prefill.get(question.prefill)
