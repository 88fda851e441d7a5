"""Answers of an invented person to an e-form, for the filled sample marked "MẪU".

Derived from the questions alone, always the same for the same form, case and day: each question has some
plausible values; what the form's own checks refuse is answered with the next one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from procedures.formschema.answers import clean_answers
from procedures.formschema.definition import Field, FormSchema
from procedures.sample_values import SampleValues

_MOST_ROUNDS = 400
_MOST_FOR_WARNINGS = 40
Answers = dict[str, Any]


def build_sample_answers(form: FormSchema, *, case: str, on: date) -> Answers:
    """Canonical answers to every visible question that the form takes without an error.

    `on`: the day that ages and "today" mean. Where the checks leave no way out, the answers still refused
    are left out.
    """
    values = SampleValues(form, on)
    turns: dict[str, int] = {}
    fewest, best = _MOST_ROUNDS, dict[str, Any]()
    for turn in range(_MOST_ROUNDS):
        cleaned = clean_answers(form, _answer(form, values, turns), on=on, case=case)
        faults = len(cleaned.errors) * _MOST_ROUNDS + len(cleaned.warnings)
        if faults < fewest or not best:
            fewest, best = faults, cleaned.answers
        if not faults or (cleaned.is_valid and turn > _MOST_FOR_WARNINGS):
            return best
        _turn_one(cleaned.errors or cleaned.warnings, turns, turn)
    return best


def _turn_one(faults: Mapping[str, object], turns: dict[str, int], turn: int) -> None:
    """Give one of the refused questions its next value; which one changes from round to round."""
    paths = sorted(faults)
    for key in paths[turn % len(paths)].split("."):
        turns[key] = turns.get(key, 0) + 1


def _answer(form: FormSchema, values: SampleValues, turns: Mapping[str, int]) -> Answers:
    answers: Answers = {}
    for question in form.fields():
        if question.type == "group":
            answers[question.key] = [
                _answer_row(question, values, turns, n) for n in range(max(int(question.min or 0), 1))
            ]
        else:
            answers[question.key] = _pick(question, values, turns)
    return answers


def _answer_row(group: Field, values: SampleValues, turns: Mapping[str, int], n: int) -> Answers:
    return {column.key: _pick(column, values, turns, n) for column in group.fields}


def _pick(question: Field, values: SampleValues, turns: Mapping[str, int], row: int = 0) -> Any:
    choices = values.list_values(question, row)
    return choices[turns.get(question.key, 0) % len(choices)] if choices else None
