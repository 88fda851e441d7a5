"""What people call things, as admins keep it: phrases said, official words and procedures meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from procedures.editing_choices import ConceptKind
from procedures.models import SearchConcept


@dataclass(frozen=True)
class Concept:
    """`says` as typed, `means` as the law writes it, `codes` meant outright, silent beside `unless`."""

    key: str
    kind: str
    says: tuple[str, ...]
    means: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """`concepts`: phrases looked for in a query; `questions`: how people ask for one procedure, read as its text."""

    concepts: tuple[Concept, ...] = ()
    questions: tuple[Concept, ...] = ()

    def list_all(self) -> tuple[Concept, ...]:
        return self.concepts + self.questions

    @cached_property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """Code -> the questions that ask for it."""
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for concept in self.questions:
            for code in concept.codes:
                found[code] += concept.says
        return dict(found)


def read_knowledge() -> Knowledge:
    """The words in use. One query."""
    rows = SearchConcept.objects.filter(is_active=True).order_by("key")
    return build_knowledge(
        Concept(row.key, row.kind, tuple(row.says), tuple(row.means), tuple(row.codes), tuple(row.unless))
        for row in rows
    )


def build_knowledge(concepts: Iterable[Concept]) -> Knowledge:
    """Questions apart from the other concepts."""
    every = tuple(concepts)
    questions = tuple(concept for concept in every if concept.kind == ConceptKind.QUESTION)
    others = tuple(concept for concept in every if concept.kind != ConceptKind.QUESTION)
    return Knowledge(others, questions)
