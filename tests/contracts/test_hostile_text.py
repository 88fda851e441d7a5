"""Texts of 100,000 letters and every odd sort, at the functions that look inside them: a quick answer or refusal."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from dossiers.file_checks import safe_name
from dossiers.parties import index_identity
from dossiers.search import _query_words
from onestop.deskfilter import read_code
from onestop.intake.person import build_identity, read_card
from portal.accounts.identity import clean_phone, looks_like_national_id
from portal.core.errors import RuleViolation
from portal.core.text import clean_line, clean_text, fold, given_name_key, search_words, sort_key
from procedures.content import parse_content
from procedures.finding.words import squeeze
from procedures.formschema.answers import clean_answers
from procedures.formschema.definition import FormSchema
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_day, parse_partial_day
from tests.contracts import naughty
from tests.contracts.attack import is_vietnamese
from tests.factories.catalogue import read_catalogue

TODAY = date(2026, 1, 5)
LIMIT_S = 0.5
"""Of the processor, for one call: ten times what the slowest takes, far below what a runaway pattern needs."""
EVIL = (
    *naughty.TEXTS,
    "1" * 100_000, "0" * 50_000 + "a", "1." * 50_000, "a@" * 50_000, "+84" * 30_000, "a-" * 50_000 + "!",
    " " * 100_000 + "x", "\u0301" * 100_000, "ươ" * 50_000, "aw" * 50_000, "|" * 100_000, "/" * 100_000,
    "%" * 100_000, "code=" * 20_000, "." * 99_999 + "\n",
)  # fmt: skip
READERS: dict[str, Callable[[str], Any]] = {
    "clean_text": clean_text,
    "clean_line": clean_line,
    "fold": fold,
    "search_words": search_words,
    "sort_key": sort_key,
    "given_name_key": given_name_key,
    "squeeze": squeeze,
    "words of the desk": _query_words,
    "scanned code": read_code,
    "scanned card": read_card,
    "kind of identity": build_identity,
    "index of identity": index_identity,
    "national id": looks_like_national_id,
    "phone": clean_phone,
    "day": partial(parse_day, on=TODAY),
    "partial day": partial(parse_partial_day, on=TODAY),
    "file name": safe_name,
}


def read(reader: Callable[[str], Any], text: str) -> str | None:
    """The sentence it is refused with, or nothing."""
    try:
        reader(text)
    except (RuleViolation, Refused) as refusal:
        return refusal.message
    return None


@pytest.mark.parametrize("name", READERS)
def test_no_text_takes_long_or_breaks_a_reader(name: str) -> None:
    for text in EVIL:
        started = time.process_time()
        said = read(READERS[name], text)
        assert time.process_time() - started < LIMIT_S, text[:20]
        assert said is None or is_vietnamese(said), text[:20]


ODD_ANSWERS: tuple[Any, ...] = (
    *naughty.TEXTS, *naughty.VALUES, False, 0, 2**62, float("-1e300"), {"province": "x"}, {"type": None, "number": []},
    {"province": ["92"], "commune": {}}, ["x"] * 50, [{"a": 1}], [[["x"]]],
)  # fmt: skip


@pytest.mark.parametrize("code", ["1.001193", "1.001612", "1.004873", "1.013225"])
def test_no_answer_breaks_an_e_form(code: str) -> None:
    """Every question with every odd value: a canonical answer, or sentences; a second cleaning changes nothing."""
    form = parse_content(read_catalogue(code)).form
    assert form is not None

    for value in ODD_ANSWERS:
        for question in form.fields():
            answers: dict[str, Any] = {question.key: value}
            if question.type == "group":
                answers[question.key] = [{column.key: value for column in question.fields}]
            assert judge(form, answers) == "", f"{question.key} {value!r:.60}"


def judge(form: FormSchema, answers: dict[str, Any]) -> str:
    """What is wrong with the cleaning of these answers; nothing: an empty text."""
    try:
        cleaned = clean_answers(form, answers, on=TODAY, partial=True)
    except RuleViolation as refusal:
        return "" if is_vietnamese(refusal.message) else refusal.message
    if clean_answers(form, cleaned.answers, on=TODAY, partial=True).answers != cleaned.answers:
        return "cleaned twice it is another"
    lines = [line for lines in cleaned.errors.values() for line in lines]
    return next((line for line in lines if not is_vietnamese(line)), "")
