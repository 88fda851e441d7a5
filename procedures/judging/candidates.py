"""Answers worth trying for one question: its options, what it is compared with, and the neighbours of that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from procedures.formschema.conditions import get_kind
from procedures.formschema.definition import Field, Term
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused

_FEW_OPTIONS = 5
_NUMBERS = (0, 1, 2, 5, 10, 1000)
_DAYS = ("1950-01-01", "1990-06-15", "2000-01-01", "2020-01-01")
_SOMETHING = {"number": 1, "date": "2000-01-01", "time": "09:00", "boolean": True, "list": ["x"], "text": "x"}


@dataclass(frozen=True)
class Candidates:
    """`values`: None is no answer. `is_all`: whatever else is answered counts like one of these."""

    values: tuple[Any, ...]
    is_all: bool = True


def list_candidates(question: Field, terms: Sequence[Term], on: date) -> Candidates:
    """`terms`: every comparison this question takes part in. A required question has an answer when it is shown."""
    kind = get_kind(question.type)
    if question.type == "boolean":
        found: list[Any] = [True, False]
    elif question.type == "declaration":
        found = [True]
    elif kind == "list":
        found = list(_list_sets([option.value for option in question.options]))
    elif question.options:
        found = [option.value for option in question.options]
    elif kind == "composite":
        found = [[{"x": "x"}] if question.type == "group" else {"x": "x"}]
    else:
        found = list(_list_values(question, kind, terms, on))
    values = [] if question.required else [None]
    is_all = not any(term.other for term in terms) and (
        kind != "list" or len(question.options) <= _FEW_OPTIONS
    )
    return Candidates((*found, *values), is_all)


def _list_sets(options: list[str]) -> Iterator[list[str]]:
    """Every set of a few options; of many the single ones, the pairs and all."""
    sizes: Iterable[int] = range(1, len(options) + 1)
    if len(options) > _FEW_OPTIONS:
        sizes = (1, 2, len(options))
    for size in sizes:
        yield from (list(chosen) for chosen in combinations(options, size))


def _list_values(question: Field, kind: str, terms: Sequence[Term], on: date) -> Iterator[Any]:
    """Canonical values that the question takes; the type itself says which of them it refuses."""
    seen: set[Any] = set()
    for raw in (*_list_raw(question, kind, terms, on), *_list_plain(kind, on)):
        value = _take(question, raw, on)
        if value is not None and value not in seen:
            seen.add(value)
            yield value
    if kind == "text" or not seen:
        yield _SOMETHING[kind]


def _take(question: Field, raw: Any, on: date) -> Any:
    try:
        return field_types.get(question.type).clean(raw, question, on)
    except Refused:
        return None


def _list_raw(question: Field, kind: str, terms: Sequence[Term], on: date) -> Iterator[Any]:
    constants = [
        item for term in terms for item in (term.value if isinstance(term.value, list) else [term.value])
    ]
    if kind == "date":
        ages = [term.value for term in terms if term.op.startswith("age_") and isinstance(term.value, int)]
        days = [day for day in (*constants, question.min, question.max) if isinstance(day, str)]
        for day in [*(_years_before(on, age) for age in ages), *map(_read_day, days), on]:
            if day is not None:
                yield from ((day + timedelta(days=step)).isoformat() for step in (0, -1, 1))
    elif kind == "number":
        for number in (*constants, question.min, question.max):
            if isinstance(number, int | float) and not isinstance(number, bool):
                yield from (number, number - 1, number + 1)
    else:
        yield from (item for item in constants if isinstance(item, str))


def _list_plain(kind: str, on: date) -> tuple[Any, ...]:
    if kind == "number":
        return _NUMBERS
    return (*_DAYS, on.isoformat()) if kind == "date" else ()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _years_before(on: date, years: int) -> date | None:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28) if on.year > years else None
