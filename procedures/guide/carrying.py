"""Answers of the check that go with somebody into the filing, as suggestions; nothing of them is trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procedures.choices import Channel
from procedures.content import Content
from procedures.formschema.definition import Field, Term
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from procedures.guide.counting import find_form_field, list_counts
from procedures.guide.derive import guide_of
from procedures.guide.exempting import list_exemptions
from procedures.guide.walk import Walk


@dataclass(frozen=True)
class Carried:
    """`params`: names and values for the address; `answers`: suggested answers by question of the e-form."""

    params: tuple[tuple[str, str], ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


def list_filled(walk: Walk) -> dict[str, Any]:
    """Answers by the question of the e-form that they fill."""
    return {
        question.fills: walk.values[question.field.key]
        for question in walk.guide.questions
        if question.fills and question.field.key in walk.values
    }


def list_params(walk: Walk) -> tuple[tuple[str, str], ...]:
    """What the link to filing carries: case, place, and the answers that fill something."""
    keys = set(_targets(walk.content, walk.case, walk.on))
    pairs = [("case", walk.case or ""), ("agency", walk.agency)]
    pairs += [(item.field.key, item.raw) for item in walk.taken if item.field.key in keys]
    return tuple((name, value) for name, value in pairs if value)


def read_carried(content: Content, given: Mapping[str, str], on: date) -> Carried:
    """Reads them back from an address or a posted form; what is unknown or wrong is left out."""
    params, answers = [], dict[str, Any]()
    for key, (question, target) in _targets(content, given.get("case"), on).items():
        raw = given.get(key, "")
        try:
            value = field_types.get(question.type).clean(raw, question, on)
            found = {} if value is None else _suggest(content, target, value, on)
        except Refused:
            continue
        if found:
            params.append((key, raw))
            answers |= found
    return Carried(tuple(params), answers)


def _suggest(content: Content, target: Field, value: Any, on: date) -> dict[str, Any]:
    """The answer and the yes-or-no questions before it; the number 0 says no to them. Raises Refused."""
    openers = _list_openers(content, target)
    if value == 0 and target.type == "integer":
        return dict.fromkeys(openers, False)
    return dict.fromkeys(openers, True) | {target.key: field_types.get(target.type).clean(value, target, on)}


def _targets(content: Content, case: str | None, on: date) -> dict[str, tuple[Field, Field]]:
    """Question of the check and question of the e-form, by the key in the address."""
    guide = guide_of(content)
    found: dict[str, tuple[Field, Field]] = {}
    for question in guide.questions:
        target = find_form_field(content, question.fills) if question.fills else None
        if target is not None:
            found[question.field.key] = (question.field, target)
    for count in list_counts(content, guide, case or None, (Channel.ONLINE.value,), on):
        target = find_form_field(content, count.key)
        if target is not None and target.type == "integer":
            found[count.key] = (count, target)
    for asked in list_exemptions(content, guide, case or None, (Channel.ONLINE.value,), on):
        target = find_form_field(content, asked.key)
        if target is not None:
            found[asked.key] = (asked, target)
    return found


def _list_openers(content: Content, target: Field) -> list[str]:
    """Yes-or-no questions that must be answered with yes so that the target is asked at all."""
    condition = target.visible_if
    terms = condition.terms if condition is not None and condition.mode == "all" else ()
    return [term.field for term in terms if isinstance(term, Term) and _is_opener(content, term)]


def _is_opener(content: Content, term: Term) -> bool:
    field = find_form_field(content, term.field)
    return term.op == "is" and term.value is True and field is not None and field.type == "boolean"
