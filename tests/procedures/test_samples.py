"""The filled samples: of every shipped form, taken by the form's own rules, always the same."""

from datetime import date

import pytest

from procedures.content import parse_content
from procedures.formschema.answers import clean_answers
from procedures.samples import build_sample_answers
from tests.factories.catalogue import CODES, read_catalogue

DAYS = (date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29))


@pytest.mark.parametrize("code", CODES)
def test_every_shipped_form_takes_its_sample_whole(code: str) -> None:
    content = parse_content(read_catalogue(code))
    for case in [case.key for case in content.cases] or [""]:
        for on in DAYS if content.form else ():
            assert content.form is not None
            answers = build_sample_answers(content.form, case=case, on=on)
            cleaned = clean_answers(content.form, answers, case=case, on=on)
            assert (cleaned.errors, cleaned.warnings) == ({}, {}), (case, on)
            assert cleaned.answers == answers
            assert answers


def test_a_sample_is_always_the_same() -> None:
    form = parse_content(read_catalogue("1.004884")).form
    assert form is not None
    first, second = (build_sample_answers(form, case="ban_sao", on=DAYS[0]) for _ in range(2))
    assert first == second
    assert first["requester_name"] == "Nguyễn Văn Mẫu"
