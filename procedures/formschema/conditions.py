"""Conditions of e-forms. `static/js/conditions.js` is the same evaluator; one file of vectors tests both.

Nothing is coerced: an answer of the wrong shape is no answer. An unanswered or hidden field makes every
comparison but `empty` false. A partial date stands for every day it may mean, and a comparison is true
only when it holds for all of them.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from procedures.formschema.definition import Condition, Term

KINDS = {
    "integer": "number", "decimal": "number", "money": "number", "date": "date", "partial_date": "date",
    "time": "time", "choices": "list", "boolean": "boolean", "declaration": "boolean",
    "address": "composite", "identity_document": "composite", "group": "composite",
}  # fmt: skip
"""How a type is compared; every type not named here is text."""
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TIME = re.compile(r"\d\d:\d\d")


def evaluate(
    condition: Condition | None,
    answers: Mapping[str, Any],
    types: Mapping[str, str],
    *,
    on: date,
    row: Mapping[str, Any] | None = None,
    row_types: Mapping[str, str] | None = None,
) -> bool:
    """Whether the condition holds. No condition always holds.

    `answers`: of visible fields only. `types`: type name by key. `row`, `row_types`: inside a group, where a
    key first means the same row. `on`: the day that ages are counted at.
    """
    if condition is None:
        return True
    scope, kinds = {**answers, **(row or {})}, {**types, **(row_types or {})}
    if row_types:
        scope.update({key: None for key in row_types if key not in (row or {})})
    return _evaluate(condition, scope, kinds, on.isoformat())


def _evaluate(part: "Condition | Term", scope: Mapping[str, Any], types: Mapping[str, str], on: str) -> bool:
    if isinstance(part, Term):
        return _holds(part, scope, types, on)
    results = (_evaluate(term, scope, types, on) for term in part.terms)
    return all(results) if part.mode == "all" else any(results)


def _holds(term: Term, scope: Mapping[str, Any], types: Mapping[str, str], on: str) -> bool:
    kind = get_kind(types.get(term.field, ""))
    answer = _answer(scope.get(term.field), kind)
    if term.op in ("filled", "empty"):
        return (answer is None) == (term.op == "empty")
    value: Any = term.value
    if term.other:
        value = _answer(scope.get(term.other), get_kind(types.get(term.other, "")))
    return answer is not None and value is not None and _matches(term.op, answer, value, kind, on)


def _matches(op: str, answer: Any, value: Any, kind: str, on: str) -> bool:
    if op in ("age_at_least", "age_below"):
        return kind == "date" and has_kind(value, "number") and _age(op, answer, value, on)
    if op in ("in", "not_in"):
        return isinstance(value, list) and _is_in(op, answer, value, kind)
    if not has_kind(value, "text" if kind == "list" else kind):
        return False
    if kind == "list":
        return op in ("is", "is_not") and (value in answer) == (op == "is")
    return _compare(op, answer, value, kind)


def get_kind(type_name: str) -> str:
    """How answers of a type are compared."""
    return KINDS.get(type_name, "text")


def has_kind(value: object, kind: str) -> bool:
    """Whether a value has the shape that a kind compares."""
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "list":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind == "composite":
        return isinstance(value, list | dict)
    pattern = {"date": ISO, "time": TIME}.get(kind)
    return isinstance(value, str) and (pattern is None or pattern.fullmatch(value) is not None)


def _answer(value: Any, kind: str) -> Any:
    """The value, or None when it answers nothing."""
    if not has_kind(value, kind) or value in ("", [], {}):
        return None
    if isinstance(value, dict) and all(part in (None, "") for part in value.values()):
        return None
    return value


def _is_in(op: str, answer: Any, values: list[Any], kind: str) -> bool:
    chosen = answer if kind == "list" else [answer]
    known = [value for value in values if has_kind(value, "text" if kind == "list" else kind)]
    found = any(_compare("is", item, value, kind) for item in chosen for value in known)
    if op == "in":
        return found
    return all(_compare("is_not", item, value, kind) for item in chosen for value in known)


def _compare(op: str, a: Any, b: Any, kind: str) -> bool:
    if op == "is":
        return bool(a == b)
    if kind not in ("number", "date", "time"):
        return op == "is_not" and bool(a != b)
    (a_first, a_last), (b_first, b_last) = _span(a, kind), _span(b, kind)
    if op == "is_not":
        return bool(a_last < b_first or b_last < a_first)
    if op == "less":
        return bool(a_last < b_first)
    if op == "at_most":
        return bool(a_last <= b_first)
    return bool(a_first > b_last) if op == "more" else op == "at_least" and bool(a_first >= b_last)


def _span(value: Any, kind: str) -> tuple[Any, Any]:
    """First and last moment a value may mean; texts of days compare as the days do."""
    if kind != "date":
        return value, value
    return (value + "-01-01"[len(value) - 4 :], value + "-12-31"[len(value) - 4 :])


def _age(op: str, born: str, years: float, on: str) -> bool:
    """Born on 29 February, one comes of age on 1 March: the year ends with 28 February (BLDS Điều 148)."""
    first, last = _span(born, "date")
    if op == "age_at_least":
        return _years_later(last, years) <= on
    return _years_later(first, years) > on


def _years_later(day: str, years: float) -> str:
    return f"{int(day[:4]) + int(years):04d}{day[4:]}"


def dump_condition(condition: Condition) -> dict[str, Any]:
    """The condition as the document writes it, for the browser."""
    terms = [dump_condition(term) if isinstance(term, Condition) else _dump(term) for term in condition.terms]
    return {condition.mode: terms}


def _dump(term: Term) -> dict[str, Any]:
    return {"field": term.field, term.op: {"field": term.other} if term.other else term.value}
