"""Conditions as rows: every condition of the shipped catalogue comes back as it was; controls fit the question."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from procedures.building.checking import find_faults, read_schema
from procedures.building.conditions import build_condition, list_ops, read_rows, show_condition
from procedures.building.forms import Form
from procedures.building.operations import apply_operation, known_to_check
from procedures.building.reach import list_known
from procedures.building.references import find_group
from procedures.building.spots import Spot
from procedures.editing.builder.conditions import build_editor
from procedures.editing.builder.showing import show_question
from procedures.formschema.definition import Field, Option
from procedures.texts import Text
from tests.factories.catalogue import CODES, read_catalogue
from tests.procedures.building.samples import row

FORMS = [code for code in CODES if read_catalogue(code).get("form")]


def list_conditions(document: dict[str, Any]) -> Iterator[tuple[Any, Sequence[Field]]]:
    schema, form = read_schema(document), Form.open(document)
    assert schema is not None
    for page in form.pages:
        yield page.get("visible_if"), list_known(document, schema, Spot("page", page["key"]))
        for question in page["fields"]:
            yield question.get("visible_if"), list_known(document, schema, Spot("field", question["key"]))
            for column in question.get("fields", ()):
                spot = Spot("field", column["key"], question["key"])
                yield column.get("visible_if"), list_known(document, schema, spot)
    for check in form.checks:
        group = find_group(form, check["fields"])
        yield check["if"], known_to_check(document, schema, group["key"] if group else "")


def sort_terms(condition: dict[str, Any]) -> dict[str, list[str]]:
    return {
        mode: sorted(json.dumps(term, sort_keys=True) for term in terms) for mode, terms in condition.items()
    }


@pytest.mark.parametrize("code", FORMS)
def test_a_shipped_condition_comes_back_as_it_was(code: str) -> None:
    document = read_catalogue(code)
    assert find_faults(document) == {}
    for condition, known in list_conditions(document):
        if condition:
            again = build_condition(show_condition(condition, known), known)
            assert again is not None
            assert sort_terms(again) == sort_terms(condition)


@pytest.mark.parametrize("code", FORMS[:6])
def test_a_shipped_question_comes_back_as_it_was(code: str) -> None:
    document = read_catalogue(code)
    schema = read_schema(document)
    assert schema is not None
    for question in Form.open(document).questions():
        stored = replace(schema.by_key[question["key"]], visible_if=None)
        typed = {**show_question(question), "at": f"field:{question['key']}", "if-count": "0"}
        again = read_schema(apply_operation("save_question", document, typed).document)
        assert again is not None
        assert again.by_key[stored.key] == stored


CHOICE = Field("kind", "choice", Text("Loại"), options=(Option("a", Text("A")), Option("b", Text("B"))))
BORN, MOVED = Field("born", "date", Text("Sinh ngày")), Field("moved", "partial_date", Text("Chuyển đến"))
PLAIN, PLACE = Field("name", "text", Text("Tên")), Field("place", "address", Text("Nơi ở"))
KNOWN = (CHOICE, BORN, MOVED, PLAIN, PLACE)


@pytest.mark.parametrize(
    ("key", "op", "values", "control"),
    [
        ("kind", "is", ("a",), "select"),
        ("kind", "in", ("a", "b"), "ticks"),
        ("born", "less", ("1/2/2000",), "line"),
        ("born", "less@", ("moved",), "select"),
        ("born", "age_at_least", ("18",), "line"),
        ("name", "in", ("x", "y"), "lines"),
        ("name", "empty", (), "none"),
        ("place", "filled", (), "none"),
    ],
)
def test_the_control_of_a_value_fits(key: str, op: str, values: tuple[str, ...], control: str) -> None:
    rows = read_rows({"if-count": "1", **row(0, key, op, *values)})
    editor = build_editor(rows, KNOWN)
    first, blank = editor.rows
    assert (first.row.op, first.control, first.values, blank.row.field) == (op, control, values, "")
    condition = build_condition(rows, KNOWN)
    assert build_condition(show_condition(condition, KNOWN), KNOWN) == condition


def test_a_comparison_that_fits_no_more_gives_way_to_one_that_does() -> None:
    editor = build_editor(read_rows({"if-count": "1", **row(0, "kind", "less", "1/1/2000")}), KNOWN)
    assert (editor.rows[0].row.op, editor.rows[0].values) == ("is", ())


def test_an_inner_set_has_a_way_of_joining_of_its_own() -> None:
    typed = {
        "if-count": "3", "if-mode": "all", "if-in-1-mode": "any", "if-1-in": "1", "if-2-in": "1",
        **row(0, "name", "filled"), **row(1, "kind", "is", "a"), **row(2, "kind", "is", "b"),
    }  # fmt: skip
    condition = build_condition(read_rows(typed), KNOWN)
    assert condition == {
        "all": [
            {"field": "name", "filled": True},
            {"any": [{"field": "kind", "is": "a"}, {"field": "kind", "is": "b"}]},
        ]
    }
    editor = build_editor(show_condition(condition, KNOWN), KNOWN, add_nest=True)
    assert [(nest.mode, len(nest.rows)) for nest in editor.nests] == [("any", 3), ("any", 1)]


def test_answers_of_several_parts_are_only_there_or_not() -> None:
    assert [op for op, _words in list_ops(PLACE)] == ["filled", "empty"]
