"""Every way through a check: used to find what no answer leads to, and by the tests that walk them all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from procedures.content import Content
from procedures.formschema.definition import Condition, Field, Term
from procedures.guide.definition import AGENCY, CHANNEL, UNSURE, Guide
from procedures.guide.walk import Step, Walk, may_be_unsure

ONE_DAY = timedelta(days=1)


def list_paths(
    content: Content,
    on: date,
    *,
    places: Sequence[tuple[str, str]] = (),
    with_doubts: bool = False,
    to_the_end: bool = True,
    most: int = 5000,
) -> list[Walk]:
    """Finished walks by every combination of answers, `most` at most.

    `with_doubts`: also “not sure”. `to_the_end`: False leaves out how and where to file.
    Numbers and days are tried at the borders that conditions name.
    """
    tries = _Tries(content, on, places, with_doubts, to_the_end)
    return list(islice(tries.walk({}), most))


class _Tries:
    def __init__(
        self, content: Content, on: date, places: Sequence[tuple[str, str]], doubts: bool, to_end: bool
    ) -> None:
        self.content, self.on, self.places, self.doubts, self.to_end = content, on, places, doubts, to_end

    def walk(self, given: Mapping[str, str]) -> Iterator[Walk]:
        walk = Walk(self.content, given, self.on, self.places).run()
        step = walk.current
        if step is None or (not self.to_end and step.key in (CHANNEL, AGENCY)):
            yield walk
            return
        for answers in self._list_answers(step, walk.guide):
            yield from self.walk({**given, **answers})

    def _list_answers(self, step: Step, guide: Guide) -> Iterator[dict[str, str]]:
        keys = [question.key for question in step.fields]
        for values in product(*(self._list_values(question, guide) for question in step.fields)):
            yield dict(zip(keys, values, strict=True))

    def _list_values(self, question: Field, guide: Guide) -> list[str]:
        unsure = [UNSURE] if self.doubts and may_be_unsure(question) else []
        if question.type == "boolean":
            return ["true", "false", *unsure]
        if question.type == "choice":
            values = [option.value for option in question.options]
            return values if self.doubts else [value for value in values if value != UNSURE]
        borders = [
            value for term in _list_terms(guide) if term.field == question.key for value in [term.value]
        ]
        return _numbers(question, borders) if question.type == "integer" else _days(borders, self.on)


def _list_terms(guide: Guide) -> Iterator[Term]:
    conditions: list[Condition | None] = [item.field.visible_if for item in guide.questions]
    conditions += [rule.condition for rule in guide.cases]
    conditions += [rule.condition for rule in guide.stops]
    conditions += [rule.condition for rule in guide.papers]
    for condition in conditions:
        yield from _terms(condition)


def _terms(condition: Condition | None) -> Iterator[Term]:
    for term in condition.terms if condition else ():
        if isinstance(term, Condition):
            yield from _terms(term)
        else:
            yield term


def _numbers(question: Field, borders: Sequence[Any]) -> list[str]:
    least = question.min if isinstance(question.min, int) else 0
    most = question.max if isinstance(question.max, int) else None
    tried = {least} | {value + step for value in borders if isinstance(value, int) for step in (-1, 0, 1)}
    return [str(value) for value in sorted(tried) if value >= least and (most is None or value <= most)]


def _days(borders: Sequence[Any], on: date) -> list[str]:
    named = [date.fromisoformat(value) for value in borders if isinstance(value, str)]
    return [(day + step).isoformat() for day in named for step in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)] or [
        on.isoformat()
    ]
