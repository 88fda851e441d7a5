"""A section that is posted as it was shown leaves the document equal, whatever stands in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from procedures.editing.applying import apply_typed
from procedures.editing.feeform import FeeCell, FeeForm, RuleForm
from procedures.editing.form import Block, build_blocks
from procedures.editing.inputs import Input
from procedures.editing.layout import LAYOUT
from tests.contracts.formread import read_forms
from tests.factories.catalogue import CODES, make_document, read_catalogue

Document = dict[str, Any]
Posted = Iterator[tuple[str, list[str]]]
# Exceptions by case and way, units, bands, a rule with a last day.
ODD_ONES = ("1.001456", "1.004194", "2.000815", "2.001583")
GUIDED = ("1.000656", "1.004222", "1.014199")
GARBAGE: Document = {
    "schema": 1,
    "code": "1.909990",
    "name": "chữ trần",
    "everyday_name": {"vi": 7, "fr": "x"},
    "summary": None,
    "level": "bốn",
    "tiers": ["commune", 5, "khac"],
    "performed_by": "commune",
    "cases": [None, {"key": 4, "label": {"vi": "A"}}, {"key": "b", "label": "B", "lạ": [1]}],
    "requirements": [{"key": "a", "cases": {"x": 1}, "originals": "ba", "required": "có"}, 5],
    "limits": [{"value": "x", "unit": "week"}, 4, {"case": "mất", "value": 2, "unit": "hour"}],
    "fees": [
        {"key": "k", "amount": "x", "until": "mai"},
        "hai",
        {"unit": {"price": None}},
        {"key": "k", "bands": [3, {"up_to": "x"}], "per": 7},
        {"key": "k", "case": 5, "amount": None, "bands": {}},
    ],
    "conditions": ["chữ", {"vi": None}],
    "supplement": "RESET",
    "agencies": {"competent": {"en": "only"}},
    "aliases": "một",
    "guide": {
        "questions": [
            {"key": "a", "type": "choice", "visible_if": {"all": [{"field": "mất", "in": ["x"]}]}},
            7,
        ],
        "cases": [{"if": {"any": "x"}}, {"if": [], "case": 4}, {"if": {"all": [{"field": "a", "is": "lạ"}]}}],
        "stops": {"if": 1},
        "papers": [{"if": {"all": [{"field": "a"}]}, "requirement": "không có"}],
    },
    "legal_basis": {"number": "1"},
    "check_hours": True,
    "same_day": "có",
    "không biết": {"giữ": "lại"},
}


def never_used(_name: str) -> set[str]:
    return set()


def post(section: str, document: Document, posted: Posted) -> Document:
    fields = QueryDict(mutable=True)
    for name, values in posted:
        fields.setlist(name, [*fields.getlist(name), *values])
    return apply_typed(section, document, fields.getlist, never_used)


def read_page(blocks: list[Block]) -> Posted:
    """What a browser sends when the page is sent back as it is."""
    html = "".join(render_to_string("catalogue/edit/block.html", {"block": block}) for block in blocks)
    yield from read_forms(f'<form method="post">{html}</form>', "/")[0].fields.items()


def read_blocks(blocks: list[Block]) -> Posted:
    """The same without drawing the page, which is slow for forty documents."""
    for block in blocks:
        rows = [block.inputs, *(row.inputs for row in block.items)]
        yield from (pair for inputs in rows for item in inputs for pair in read_input(item))
        if block.rows:
            yield f"{block.rows.name}.rows", [str(row.index) for row in block.items]
        for line in block.limits.lines if block.limits else ():
            for cell in line.cells:
                yield from ((f"{cell.name}.value", [cell.value]), (f"{cell.name}.unit", [cell.unit]))
        for choice in block.level.choices if block.level else ():
            yield "level", [choice.value] if choice.is_chosen else []
        if block.performers:
            yield "performed_by_kinds", [value for value, _words, is_on in block.performers.kinds if is_on]
            yield "performed_by_codes", [block.performers.codes]
        yield from read_fees(block.fees) if block.fees else ()


def read_input(item: Input) -> Posted:
    yield from ((item.name + ending, values) for ending, values in item.shown.items())


def read_fees(fees: FeeForm) -> Posted:
    for charge in fees.charges:
        yield "fees.rows", [str(charge.head.index)]
        yield from (pair for line in charge.lines for cell in line.cells for pair in read_cell(cell))
        for rule in (charge.head, *charge.exceptions, *charge.dated):
            yield from read_rule(rule)


def read_cell(cell: FeeCell) -> Posted:
    if not cell.words:
        yield cell.name, [cell.value]


def read_rule(rule: RuleForm) -> Posted:
    yield from (pair for item in (*rule.inputs, rule.cap) for pair in read_input(item))
    yield from ((f"fees[{rule.index}].{name}", [value]) for name, value in rule.counted.items())
    yield f"fees[{rule.index}].up_to", [limit for limit, _price in rule.bands]
    yield f"fees[{rule.index}].price", [price for _limit, price in rule.bands]
    yield from read_cell(rule.cell) if rule.cell else ()


@pytest.mark.parametrize("code", CODES)
def test_every_section_of_a_shipped_document_comes_back_equal(code: str) -> None:
    document = read_catalogue(code)
    for section in LAYOUT:
        blocks = build_blocks(section, document, {})
        assert post(section, document, read_blocks(blocks)) == document, section


@pytest.mark.parametrize("code", ODD_ONES)
def test_the_page_itself_sends_back_what_it_shows(code: str) -> None:
    document = read_catalogue(code)
    for section in LAYOUT:
        assert post(section, document, read_page(build_blocks(section, document, {}))) == document, section


@pytest.mark.parametrize("document", [GARBAGE, {}, {"code": "1.909991"}, make_document()])
def test_a_draft_of_any_shape_can_be_opened_and_is_kept(document: Document) -> None:
    for section in LAYOUT:
        # To save the page of fees without any says that nothing is collected.
        kept = {"fees": [], **document} if section == "fees" else document
        assert post(section, document, read_page(build_blocks(section, document, {}))) == kept, section


def test_an_empty_post_changes_only_what_boxes_say() -> None:
    document = make_document()
    for section in set(LAYOUT) - {"audience", "ways"}:
        assert post(section, document, iter(())) == document, section


@pytest.mark.parametrize("code", GUIDED)
def test_a_guide_comes_back_equal_with_its_conditions(code: str) -> None:
    document = read_catalogue(code)
    assert document["guide"]["questions"]
    assert post("guide", document, read_page(build_blocks("guide", document, {}))) == document
