"""Both evaluators, in Python and in the browser, agree with one file of vectors."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from procedures.formschema.conditions import dump_condition, evaluate
from procedures.formschema.definition import Condition, Term
from tests.procedures.formschema.browser import open_page

VECTORS = json.loads((Path(__file__).parent.parent / "condition_vectors.json").read_text(encoding="utf-8"))
RUN = "all => all.map(v => MotCua.evaluate(v.condition, v.answers, v.types, v.on, v.row, v.row_types))"


def build(document: dict[str, Any]) -> Condition:
    mode = "all" if "all" in document else "any"
    return Condition(
        mode, tuple(build(part) if "field" not in part else term(part) for part in document[mode])
    )


def term(document: dict[str, Any]) -> Term:
    op = next(key for key in document if key != "field")
    value = document[op]
    if isinstance(value, dict):
        return Term(document["field"], op, None, value["field"])
    return Term(document["field"], op, value)


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 80


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_python_agrees_with_the_vectors(vector: dict[str, Any]) -> None:
    result = evaluate(
        build(vector["condition"]),
        vector["answers"],
        vector["types"],
        on=date.fromisoformat(vector["on"]),
        row=vector.get("row"),
        row_types=vector.get("row_types"),
    )
    assert result is vector["expect"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_condition_is_sent_to_the_browser_as_it_was_written(vector: dict[str, Any]) -> None:
    assert dump_condition(build(vector["condition"])) == vector["condition"]


def test_no_condition_always_holds() -> None:
    assert evaluate(None, {}, {}, on=date(2026, 11, 22))


@pytest.mark.browser
def test_javascript_agrees_with_the_vectors() -> None:
    with open_page() as page:
        page.set_content("<p>Điều kiện</p>")
        page.add_script_tag(path=settings.BASE_DIR / "static/js/conditions.js")
        results = page.evaluate(RUN, VECTORS)
    wrong = [
        vector["name"]
        for vector, result in zip(VECTORS, results, strict=True)
        if result is not vector["expect"]
    ]
    assert wrong == []
