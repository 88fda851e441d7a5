"""The catalogue speaks plainly: short sentences, everyday names, demo amounts labelled."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from procedures.content import parse_content
from procedures.formschema.schema import FormSchema
from tests.factories.catalogue import CODES, read_catalogue

MOST_WORDS = 20
# Official names and titles of laws are not ours to shorten.
OFFICIAL = {"legal_basis", "name", "official", "basis"}


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        if "vi" in value and name not in OFFICIAL:
            yield value["vi"]
        for key, item in value.items():
            if key not in OFFICIAL:
                yield from _texts(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, name)


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_short(code: str) -> None:
    sentences = [
        sentence for text in _texts(read_catalogue(code)) for sentence in re.split(r"(?<=[.?!:])\s", text)
    ]
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("code", ["1.004873", "1.001612", "1.013225"])
def test_amounts_of_the_council_are_labelled_as_demo(code: str) -> None:
    assert all(rule.illustrative for rule in parse_content(read_catalogue(code)).fees)


@pytest.mark.parametrize("code", ["1.001193", "1.004873", "1.001612", "1.013225"])
def test_required_papers_have_their_place_in_the_form(code: str) -> None:
    content = parse_content(read_catalogue(code))
    form = content.form
    assert isinstance(form, FormSchema)
    files = {field.requirement for field in form.fields() if field.type == "file"}
    wanted = {
        paper.key
        for paper in content.requirements
        if paper.is_submitted and paper.required and not paper.filled_online
    }
    assert wanted <= files
