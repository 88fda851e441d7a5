"""What a guide is made of: frozen values, read from the `guide` part of a procedure's document."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from procedures.formschema.definition import CASE, Condition, Field
from procedures.texts import Text

TYPES = ("choice", "boolean", "integer", "date")
"""Kinds of answers that may stand in an address: nothing of it says who somebody is."""
UNSURE = "unsure"
"""The answer “I am not sure”: of yes-or-no questions always, of a choice where it is one of the options."""
CHANNEL, AGENCY = "channel", "agency"
RESERVED = frozenset({CASE, CHANNEL, AGENCY, "asked", "change", "find"})
"""Names of the check's own parameters, so no question has them."""


@dataclass(frozen=True)
class Question:
    """One plain question. `fills`: the question of the e-form that the answer is suggested to."""

    field: Field
    fills: str = ""


@dataclass(frozen=True)
class CaseRule:
    """The first rule that holds says which case it is."""

    condition: Condition
    case: str


@dataclass(frozen=True)
class Stop:
    """Why the procedure is not for this person, and the code of the one that is."""

    condition: Condition
    message: Text
    instead: str = ""


@dataclass(frozen=True)
class PaperRule:
    """A paper with rules is asked for when one of them holds, otherwise not."""

    condition: Condition
    requirement: str


@dataclass(frozen=True)
class Guide:
    """Questions in the order they are asked, and what follows from the answers.

    `about`: sentences shown over the first question.
    """

    questions: tuple[Question, ...] = ()
    cases: tuple[CaseRule, ...] = ()
    stops: tuple[Stop, ...] = ()
    papers: tuple[PaperRule, ...] = ()
    about: tuple[Text, ...] = ()

    @cached_property
    def types(self) -> dict[str, str]:
        """Type name by key, with the reserved key of the case."""
        return {CASE: "choice"} | {item.field.key: item.field.type for item in self.questions}


def list_keys(condition: Condition | None) -> Iterator[str]:
    """Keys that a condition asks about."""
    for term in condition.terms if condition else ():
        if isinstance(term, Condition):
            yield from list_keys(term)
        else:
            yield term.field
            if term.other:
                yield term.other
