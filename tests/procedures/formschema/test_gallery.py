"""All types in one form: every hostile value is either taken in a canonical shape or refused in plain words."""

import json
import re
from datetime import date
from typing import Any

import jsonschema
import pytest

from portal.core.errors import RuleViolation
from procedures.formschema.answers import clean_answers
from procedures.formschema.definition import Field
from procedures.formschema.display import display_rows
from procedures.formschema.json_schema import json_schema
from procedures.formschema.parties import build_parties
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from tests.procedures.formschema.gallery import ANSWERS, ANSWERS_BY_TYPE, LABELS, ROWS, SWITCHES, gallery_form

ON = date(2026, 11, 22)
SIXTY = "Hờ'" * 20
MARKS = "N\u0323\u0302\u0303\u0309" * 15
POOL: list[Any] = [
    "", "  ", "a", "true", "on", "1", "12", "-3", "0", "1.234", "75,5", "12.5", "1e5", "9" * 16, "9" * 5000,
    "١٢", "²", "1_000", "+5", "5 triệu", "15/8/1990", "1990-08-15", "1990-08", "1990", "1990-13-01",
    "1990-02-30", "0990-01-01", "2200-01-01", "07:30", "24:00", "an@b.vn", "an@b", "ạn@b.vn", "037190001234",
    "０３７１９０００１２３４", "123456789", "0912345678", "+84912345678", "+1", "01", "99", "kinh", "VN", "ZZ",
    "0100233488", "0100233488-001", "0100233489", "Hạnh", "K'Brể", "Y", SIXTY, MARKS, "Hạnh2", "...", "x" * 201,
    "x" * 4001, "a\x00b", "\ud800", "a\u202eb", "a\nb", "a\x1bb", "😀", "<script>alert(1)</script>",
    None, True, False, 0, 1, -1, 7, 7.5, 1e300, 10**15, 10**400, float("inf"), float("nan"),
    [], ["a"], ["a", "a"], ["zz"], [1], [None], [["a"]], ["a"] * 50, {}, {"a": 1}, {"": ""}, [{}],
    {"province": "37", "commune": "14533", "line": "4"}, {"province": "37"}, {"line": "x"}, {"province": 37},
    {"province": "99", "line": "Boston"}, {"province": "37", "commune": "00070", "line": "4"},
    {"province": "35", "commune": "00001", "line": "Xã đã sáp nhập"}, {"province": "37", "commune": "00001"},
    {"province": ["37"]}, {"province": {"a": 1}}, {"province": "37", "commune": "14533", "line": "a\x00"},
    {"province": "37", "commune": "14533", "line": ""}, {"province": "37", "commune": "14533", "line": "x" * 201},
    {"type": "citizen_id", "number": "037190001234"}, {"type": "citizen_id", "number": "1"}, {"type": "none"},
    {"type": "citizen_id"}, {"type": "zz", "number": "1"}, {"type": ["a"]}, {"number": 1}, {"type": None},
    {"type": "passport", "number": "B1234567", "country": "ZZ"}, {"type": "old_id", "number": "037190001234"},
    {"type": "citizen_id", "number": "037190001234", "issued_on": "2020-02-30"},
    {"type": "birth_certificate", "number": "\ud800"},
]  # fmt: skip
# What no shape can say: the calendar, membership of places, check digits, letters of other scripts.
SEMANTIC = (
    "Mã xã này không còn", "Xã, phường này không thuộc", "chỉ có 28 ngày", "sai một chữ số", "Tên không có chữ số",
    "chưa đến", "Số này không dùng được", "Chọn xã, phường thuộc",
)  # fmt: skip
PLAIN = sorted(LABELS)
MOST_WORDS = 20


def question(kind: str) -> Field:
    return gallery_form().by_key[f"t_{kind}"]


def test_the_gallery_holds_every_type_alone_in_rows_and_behind_conditions() -> None:
    form = gallery_form()
    assert {field.type for field in form.fields()} == set(field_types)
    assert {column.type for column in form.by_key["t_group"].fields} == set(field_types) - {"group", "file"}
    assert {kind for kind, *_rest in SWITCHES} == set(field_types) - set(ROWS) == set(ANSWERS_BY_TYPE)


def test_full_answers_are_kept_as_they_are() -> None:
    cleaned = clean_answers(gallery_form(), ANSWERS, on=ON)
    assert cleaned.errors == {}
    assert cleaned.answers == ANSWERS
    jsonschema.validate(cleaned.answers, json_schema(gallery_form()))


def judge(asked: Field, validator: jsonschema.Draft202012Validator, raw: Any) -> None:
    """Taken in a canonical shape that fits the schema, or refused in short sentences that the schema shares."""
    kind = field_types.get(asked.type)
    try:
        value = kind.clean(raw, asked, ON)
    except Refused as refused:
        told = " ".join(refused.parts.values())
        long = [sentence for sentence in re.split(r"[.:] ", told) if len(sentence.split()) > MOST_WORDS]
        fits = validator.is_valid(raw) and not any(words in told for words in SEMANTIC)
        assert (long, fits) == ([], False), (ascii(raw), told)
        return
    if value is not None:
        assert validator.is_valid(value), (ascii(raw), value)
        assert json.loads(json.dumps(value, allow_nan=False)) == value
        json.dumps(value, ensure_ascii=False).encode()
        assert kind.clean(value, asked, ON) == value


@pytest.mark.parametrize("kind", PLAIN)
def test_hostile_values_are_made_canonical_or_refused_in_words(kind: str) -> None:
    asked = question(kind)
    schema = field_types.get(kind).json_schema(asked)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for raw in POOL:
        judge(asked, validator, raw)


def list_errors(answers: dict[str, Any]) -> set[str]:
    """Paths that are wrong; what is kept can be read back and made into people."""
    try:
        cleaned = clean_answers(gallery_form(), answers, on=ON)
    except RuleViolation as refused:
        return {refused.code}
    display_rows(gallery_form(), cleaned.answers, on=ON)
    build_parties(gallery_form(), cleaned.answers, on=ON)
    return set(cleaned.errors)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_hostile_answer_in_the_form_and_in_a_row_is_told_at_its_path(kind: str) -> None:
    opened = {"partial_date": {"t_date"}, "boolean": {"t_group.0.g_why"}}
    allowed = {"answers_too_large", *opened.get(kind, ())}
    for raw in POOL:
        row = {"g_name": "Y Blăm", f"g_{kind}": raw}
        for path in list_errors({**ANSWERS, f"t_{kind}": raw, "t_group": [row]}) - allowed:
            assert path.startswith((f"t_{kind}", f"t_group.0.g_{kind}")), (path, ascii(raw))
        display_rows(gallery_form(), {f"t_{kind}": raw, "t_group": [row]}, on=ON)


GROUPS: list[tuple[Any, str]] = [
    ("x", "t_group"), (5, "t_group"), ({"0": {}}, "t_group"), ([1], "t_group.0"), ([None], "t_group.0"),
    ([[]], "t_group.0"), ([{}] * 4, "t_group"), ([{}], "t_group.0.g_name"), ([], "t_group"), (None, "t_group"),
    ([{"g_name": {"a": 1}}], "t_group.0.g_name"), ([{"g_name": "K'Brể"}], "t_group.0.g_name"),
    ([{"g_name": "An", "g_boolean": True}], "t_group.0.g_why"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "path"), GROUPS, ids=[f"{n}-{row[1]}" for n, row in enumerate(GROUPS)])
def test_rows_of_a_wrong_shape_are_told_at_their_path(rows: Any, path: str) -> None:
    errors = clean_answers(gallery_form(), {**ANSWERS, "t_group": rows}, on=ON).errors
    assert path in errors, errors
    assert set(errors) <= {path}


@pytest.mark.parametrize(("kind", "condition", "opens", "closes"), SWITCHES, ids=[row[0] for row in SWITCHES])
def test_a_condition_on_each_type_asks_or_drops(
    kind: str, condition: dict[str, Any], opens: str, closes: str
) -> None:
    def value(typed: str) -> Any:
        if kind == "choices":
            return [typed]
        if kind == "address":
            return {"province": typed, "commune": "14533" if typed else "", "line": "4" if typed else ""}
        return {"type": typed} if kind == "identity_document" else typed

    asked = clean_answers(gallery_form(), {**ANSWERS, f"s_{kind}": value(opens), f"o_{kind}": ""}, on=ON)
    assert f"o_{kind}" in asked.errors
    dropped = clean_answers(
        gallery_form(), {**ANSWERS, f"s_{kind}": value(closes), f"o_{kind}": "giấu"}, on=ON
    )
    assert dropped.errors == {}
    assert f"o_{kind}" not in dropped.answers


def test_answers_of_pages_and_groups_out_of_sight_are_dropped() -> None:
    hidden = clean_answers(gallery_form(), {**ANSWERS, "t_choice": "a", "has_pets": False}, on=ON)
    assert hidden.errors == {}
    assert not {"warehouse", "pets"} & set(hidden.answers)
    nested = {**ANSWERS, "t_choice": "a", "t_money": 2 * 10**9, "t_boolean": True}
    assert "warehouse" in clean_answers(gallery_form(), nested, on=ON).answers


def test_every_answer_is_read_back_and_printed_in_words() -> None:
    rows = [row for page in display_rows(gallery_form(), ANSWERS, on=ON) for row in page.rows]
    shown = {row.path: (row.value, row.printed) for row in rows}
    assert shown["t_text"] == ("Quán cơm K'Brể “Ngon & rẻ” <b>",) * 2
    assert shown["t_integer"] == ("12", "12")
    assert shown["t_decimal"] == ("75,5", "75,5")
    assert shown["t_money"] == ("1.234.567 đ",) * 2
    assert shown["t_date"] == ("29/02/2024",) * 2
    assert shown["t_partial_date"] == ("1950", "1950")
    assert shown["t_choices"] == ("Bán lẻ, Dịch vụ",) * 2
    assert shown["t_boolean"] == ("Không", "Không")
    assert shown["t_national_id"] == ("037 190 001 234", "037190001234")
    assert shown["t_phone"] == ("0912 345 678",) * 2
    assert shown["t_group.0.g_ethnicity"] == ("Cơ-ho", "Cơ-ho")
    assert shown["t_group.1.g_name"] == ("Y Blăm", "Y Blăm")
    told = [row for row in rows if row.value]
    assert {row.path.split(".")[0] for row in told} == set(ANSWERS)
    assert not [row for row in told if "{" in row.value or "None" in row.value or "[" in row.value]
