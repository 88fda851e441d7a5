"""Whether any answers at all lead to a place in a form: a search for a witness, judged by the real evaluator.

Candidates for each answer are drawn from its options, from what conditions compare it with, and from the
neighbours of those. An answer may be given only where its question is shown, so the chain of conditions counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from procedures.formschema.conditions import evaluate
from procedures.formschema.definition import CASE, Condition, Field, FormSchema, Term, row_types
from procedures.judging.candidates import Candidates, list_candidates

MOST_TRIES = 20_000


class Verdict(Enum):
    """UNKNOWN: too many answers to try, or answers compared with each other beyond what was tried."""

    REACHED = "reached"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Link:
    """One condition on the way; `group`: it stands in that group's rows."""

    condition: Condition
    group: Field | None = None


Chain = tuple[Link, ...]


@dataclass(frozen=True)
class _Question:
    """An answer that a chain depends on, and the chain to its own question."""

    name: tuple[str, str]
    question: Field | None
    chain: Chain


@dataclass
class _State:
    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)
    tries: int = 0


class OutOfTriesError(Exception):
    """The search was given up."""


class Reach:
    """Answers for one form. `cases`: keys of the procedure's cases; ages count at the day `on`."""

    def __init__(self, form: FormSchema, cases: Sequence[str], on: date) -> None:
        self.form = form
        self.cases = tuple(cases)
        self.on = on
        self._order: dict[tuple[str, str], _Question] = {}
        self._note(("", CASE), None, ())
        for page in form.pages:
            outer = _links(page.visible_if)
            for question in page.fields:
                chain = outer + _links(question.visible_if)
                self._note(("", question.key), question, chain)
                for column in question.fields:
                    inner = chain + _links(column.visible_if, question)
                    self._note((question.key, column.key), column, inner)

    def chain_to(self, question: Field, group: Field | None = None) -> Chain:
        """The conditions under which a question is shown."""
        return self._order[(group.key if group else "", question.key)].chain

    def find(self, chain: Chain, *, case: str | None = None) -> Verdict:
        """Whether all conditions of the chain can hold together, in one case or in any."""
        if not chain:
            return Verdict.REACHED
        needed = self._list_needed(chain)
        links = [*chain, *(link for question in needed for link in question.chain)]
        terms = [(link, term) for link in links for term in list_terms(link.condition)]
        choices = [
            self._candidates(each, [(self._key(link, term), term) for link, term in terms], case)
            for each in needed
        ]
        try:
            found = self._try(chain, needed, choices, _State())
        except OutOfTriesError:
            return Verdict.UNKNOWN
        if found:
            return Verdict.REACHED
        return Verdict.NEVER if all(choice.is_all for choice in choices) else Verdict.UNKNOWN

    def _note(self, name: tuple[str, str], question: Field | None, chain: Chain) -> None:
        self._order[name] = _Question(name, question, chain)

    def _list_needed(self, chain: Chain) -> list[_Question]:
        """All answers that decide about the chain, in the order they are asked."""
        found: set[tuple[str, str]] = set()
        waiting = list(chain)
        while waiting:
            link = waiting.pop()
            for term in list_terms(link.condition):
                for key in filter(None, (term.field, term.other)):
                    name = self._name(link, key)
                    if name not in found and name in self._order:
                        found.add(name)
                        waiting += self._order[name].chain
        return [question for name, question in self._order.items() if name in found]

    def _name(self, link: Link, key: str) -> tuple[str, str]:
        """Inside a group a key first means the same row."""
        if link.group is not None and key in row_types(link.group):
            return (link.group.key, key)
        return ("", key)

    def _key(self, link: Link, term: Term) -> dict[tuple[str, str], Term]:
        return {self._name(link, key): term for key in filter(None, (term.field, term.other))}

    def _candidates(
        self, needed: _Question, terms: list[tuple[dict[tuple[str, str], Term], Term]], case: str | None
    ) -> Candidates:
        if needed.question is None:
            return Candidates(tuple([case] if case is not None else self.cases or ("",)))
        about = [term for names, term in terms if needed.name in names]
        return list_candidates(needed.question, about, self.on)

    def _try(self, chain: Chain, needed: list[_Question], choices: list[Candidates], state: _State) -> bool:
        """Depth first; a way is left as soon as a link whose answers are all known does not hold."""
        state.tries += 1
        if state.tries > MOST_TRIES:
            raise OutOfTriesError
        if not all(self._holds(link, state) for link in chain if self._is_known(link, state)):
            return False
        if not needed:
            return True
        question, rest = needed[0], needed[1:]
        shown = all(self._holds(link, state) for link in question.chain)
        group, key = question.name
        scope = state.rows.setdefault(group, {}) if group else state.values
        state.known.add(question.name)
        for value in choices[0].values if shown else (None,):
            if value is None:
                scope.pop(key, None)
            else:
                scope[key] = value
            if self._try(chain, rest, choices[1:], state):
                return True
        scope.pop(key, None)
        state.known.discard(question.name)
        return False

    def _is_known(self, link: Link, state: _State) -> bool:
        keys = (key for term in list_terms(link.condition) for key in (term.field, term.other) if key)
        names = (self._name(link, key) for key in keys)
        return all(name in state.known or name not in self._order for name in names)

    def _holds(self, link: Link, state: _State) -> bool:
        group = link.group
        return evaluate(
            link.condition,
            state.values,
            self.form.types,
            on=self.on,
            row=state.rows.get(group.key, {}) if group else None,
            row_types=row_types(group) if group else None,
        )


def list_terms(condition: Condition) -> Iterator[Term]:
    """All comparisons of a condition, those one level down too."""
    for term in condition.terms:
        if isinstance(term, Condition):
            yield from list_terms(term)
        else:
            yield term


def _links(condition: Condition | None, group: Field | None = None) -> Chain:
    return (Link(condition, group),) if condition is not None else ()
