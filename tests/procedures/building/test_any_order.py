"""Whatever is done in whatever order: the form can be filed, or the step was refused and changed nothing."""

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.errors import RuleViolation
from procedures.building.checking import find_faults, read_schema
from procedures.building.forms import Document, Form
from procedures.building.operations import apply_operation
from procedures.building.types import KINDS
from procedures.formschema.answers import clean_answers
from procedures.formschema.json_schema import json_schema
from tests.procedures.building.samples import make_form_document, row

START = make_form_document()
OPS = ("filled", "empty", "is", "in", "less", "more@", "age_below")
WORDS = st.sampled_from(["Họ tên", "Ngày sinh", "A", "Số 1", "Ghi chú <b>", "Câu hỏi rất dài " * 9, ""])
STEP = st.tuples(
    st.sampled_from(
        ["add_question", "add_column", "save_question", "add_page", "duplicate", "move_up", "move_down", "move_to",
         "remove", "add_check", "add_party"]
    ),
    st.integers(0, 40), st.integers(0, 40), WORDS, st.sampled_from([kind.name for kind in KINDS]),
    st.sampled_from(OPS), st.sampled_from(["", "1", "co", "1/2/2000", "true"]), st.booleans(),
)  # fmt: skip


def list_spots(document: Document) -> list[str]:
    form = Form.open(document)
    spots = [f"page:{page['key']}" for page in form.pages]
    for field in form.questions():
        spots.append(f"field:{field['key']}")
        spots += [f"field:{field['key']}.{column['key']}" for column in field.get("fields", ())]
    return (
        spots
        + [f"check:{n}" for n in range(len(form.checks))]
        + [f"party:{n}" for n in range(len(form.parties))]
    )


def type_in(document: Document, step: tuple[Any, ...]) -> dict[str, Any]:
    _name, at, other, words, kind, op, value, flag = step
    spots = list_spots(document) or ["page:none"]
    keys = [spot.split(":")[1].split(".")[-1] for spot in spots]
    key = keys[other % len(keys)]
    return {
        "at": spots[at % len(spots)], "label": words, "title": words, "message": words, "type": kind,
        "options": "Một\nHai", "requirement": "don", "fields": [key], "page": key, "role": "owner",
        "source": spots[other % len(spots)], "map-name": key, "clear": "1" if flag else "",
        "if-count": "1" if flag else "0", **row(0, key, op, value),
    }  # fmt: skip


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEP, max_size=12))
def test_every_row_of_steps_leaves_a_form_that_can_be_filed(steps: list[tuple[Any, ...]]) -> None:
    document = START
    for step in steps:
        try:
            document = apply_operation(step[0], document, type_in(document, step)).document
        except RuleViolation as refusal:
            assert any(line for lines in refusal.errors.values() for line in lines)  # noqa: PT017
    assert find_faults(document) == {}
    schema = read_schema(document)
    if schema is not None:
        clean_answers(schema, dict.fromkeys(schema.by_key, "x"), case="moi")
        json_schema(schema)
