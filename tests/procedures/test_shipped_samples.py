"""Every sample of a shipped e-form: taken whole, its people, in words, and by the schema of the API."""

from datetime import date

import jsonschema
import pytest

from procedures.formschema.answers import clean_answers
from procedures.formschema.display import display_rows
from procedures.formschema.json_schema import json_schema
from procedures.formschema.parties import build_parties
from procedures.formschema.walk import visible_pages
from tests.factories import answers_land, answers_social
from tests.factories.samples import Sample
from tests.procedures.shipped import form_of

ON = date(2026, 3, 2)
samples = pytest.mark.parametrize("sample", [*answers_land.SAMPLES, *answers_social.SAMPLES], ids=str)


@samples
def test_the_form_takes_its_sample_and_keeps_all_of_it(sample: Sample) -> None:
    cleaned = clean_answers(form_of(sample.code), sample.answers, on=ON, case=sample.case)
    assert cleaned.errors == {}
    assert cleaned.warnings == {}
    assert cleaned.answers == sample.answers
    again = clean_answers(form_of(sample.code), cleaned.answers, on=ON, case=sample.case)
    assert again.answers == cleaned.answers


@samples
def test_it_makes_exactly_the_people_of_the_dossier(sample: Sample) -> None:
    parties = build_parties(form_of(sample.code), sample.answers, on=ON, case=sample.case)
    assert tuple((party.role, party.kind, party.name) for party in parties) == sample.parties


@samples
def test_answers_read_back_in_words(sample: Sample) -> None:
    form = form_of(sample.code)
    pages = display_rows(form, sample.answers, on=ON, case=sample.case)
    shown = visible_pages(form, sample.answers, on=ON, case=sample.case)
    assert [page.key for page in pages] == [page.key for page in shown]
    rows = [row for page in pages for row in page.rows]
    assert {row.path.split(".")[0] for row in rows if row.value} == set(sample.answers)
    assert not [row for row in rows if "{" in row.value + row.printed or "None" in row.value + row.printed]


@samples
def test_the_schema_of_the_api_takes_the_sample(sample: Sample) -> None:
    schema = json_schema(form_of(sample.code))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(sample.answers, schema)
