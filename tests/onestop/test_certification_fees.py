"""The sum of the quick screen: Python and the browser count alike, and by the catalogue's own rules."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from onestop.certification.kinds import KINDS, Offer
from onestop.certification.pricing import dump_rules, price, split
from onestop.certification.shape import find_shape
from procedures.content import Content, parse_content
from procedures.fees import Band, Counted, FeeRule
from procedures.texts import Text
from tests.factories.catalogue import make_document, read_catalogue
from tests.procedures.formschema.browser import open_page

VECTORS = json.loads((Path(__file__).parent / "certification_fee_vectors.json").read_text(encoding="utf-8"))
RUN = "all => all.map(v => MotCua.certificationFee(v.rules, v.rows))"
PER_PAGE = Counted("pages", Text("trang"), "papers", "copies")
PER_COPY = Counted("copies", Text("văn bản"), "papers")
BANDS = (Band(2, 2000), Band(None, 1000))


def _rule(key: str, **settings: Any) -> FeeRule:
    return FeeRule(key, "phi", "before", Text("Phí"), **settings)


RULES = {
    "copies": _rule("copies", counted=PER_PAGE, bands=BANDS, cap=200_000),
    "signatures": _rule("signatures", counted=PER_COPY, amount=10_000),
    "capped": _rule("capped", counted=PER_COPY, amount=10_000, cap=50_000),
    "flat": _rule("flat", amount=5_000),
    "once": _rule("once", counted=replace(PER_PAGE, times=""), bands=BANDS),
}


def offer(*names: str, content: Content | None = None) -> Offer:
    """The screen of copies, charged by these rules."""
    content = content or parse_content(read_catalogue("2.000815"))
    if names:
        content = replace(content, fees=tuple(RULES[name] for name in names))
    shape = find_shape(content)
    assert shape is not None
    return Offer(KINDS[0], content, shape)


def rows_of(vector: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"paper_name": "Giấy", "pages": pages, "copies": copies} for pages, copies in vector["rows"]]


def test_the_vectors_begin_with_the_rule_of_the_catalogue() -> None:
    assert dump_rules(offer()) == dump_rules(offer("copies"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_python_agrees_with_the_vectors(vector: dict[str, Any]) -> None:
    assert price(offer(*vector["rules"]), {"papers": rows_of(vector)}).total == vector["expect"]


@pytest.mark.browser
def test_javascript_agrees_with_the_vectors() -> None:
    asked = [
        {"rules": json.loads(dump_rules(offer(*vector["rules"]))), "rows": rows_of(vector)}
        for vector in VECTORS
    ]
    with open_page() as page:
        page.set_content("<p>Phí</p>")
        page.add_script_tag(path=settings.BASE_DIR / "static/js/certification.js")
        results = page.evaluate(RUN, asked)
    found = dict(zip((vector["name"] for vector in VECTORS), results, strict=True))
    assert found == {vector["name"]: vector["expect"] for vector in VECTORS}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_parts_of_the_originals_add_up(vector: dict[str, Any]) -> None:
    rows = rows_of(vector)
    if rows:
        parts = split(offer(*vector["rules"]), {"papers": rows})
        assert (len(parts), sum(parts)) == (len(rows), vector["expect"])


def test_what_the_province_sets_is_unknown_and_never_free() -> None:
    content = parse_content(read_catalogue("2.000815"))
    unknown = offer(content=replace(content, fees=(_rule("open", amount=None),)))
    assert price(unknown, {"papers": []}).total is None
    assert dump_rules(unknown) == ""


def test_a_rule_of_another_group_is_left_to_the_server() -> None:
    elsewhere = replace(RULES["copies"], counted=replace(PER_PAGE, group="others"))
    content = replace(parse_content(read_catalogue("2.000815")), fees=(elsewhere,))
    assert dump_rules(offer(content=content)) == ""


def test_a_form_that_must_know_more_is_not_for_the_quick_screen() -> None:
    assert find_shape(parse_content(read_catalogue("2.000815"))) is not None
    assert find_shape(parse_content(read_catalogue("1.001193"))) is None
    assert find_shape(parse_content(make_document())) is None
    asking = read_catalogue("2.000815")
    asking["form"]["pages"][0]["fields"].append(
        {"key": "purpose", "type": "text", "label": {"vi": "Để làm gì"}, "required": True}
    )
    assert find_shape(parse_content(asking)) is None


def test_without_a_form_one_document_is_certified() -> None:
    document = read_catalogue("2.000815")
    document["fees"] = []
    document["form"] = None
    shape = find_shape(parse_content({name: value for name, value in document.items() if value is not None}))
    assert shape is not None
    assert (shape.most_rows, shape.pages) == (1, "")
