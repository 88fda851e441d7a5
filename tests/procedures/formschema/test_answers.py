"""What is kept of the answers, what is wrong with them, and whom they name."""

from datetime import date
from typing import Any

import jsonschema
import pytest

from portal.core.errors import RuleViolation
from procedures.formschema.answers import Cleaned, clean_answers
from procedures.formschema.display import display_rows
from procedures.formschema.json_schema import json_schema
from procedures.formschema.parties import PartyDraft, build_parties
from procedures.formschema.schema import parse_form
from procedures.formschema.walk import visible_pages
from tests.procedures.formschema.samples import BIRTH_ANSWERS, birth_form, question, vi

ON = date(2026, 11, 22)
FILES = {"giay_chung_sinh"}
FATHER = {"father_known": True, "father_name": "Trần Văn Đức", "father_born": "1988"}
SIBLING = {"name": "Trần Văn Minh", "born": "1/2/2020", "studies": "true", "school": "Mầm non Hoa Lư"}


def clean(*, form: Any = None, files: Any = FILES, **changes: Any) -> Cleaned:
    return clean_answers(form or birth_form(), {**BIRTH_ANSWERS, **changes}, on=ON, files=files)


def test_a_complete_form_is_taken_and_made_canonical() -> None:
    cleaned = clean()
    assert cleaned.errors == {}
    assert cleaned.answers["my_phone"] == "+84912345678"
    assert cleaned.answers["child_born"] == "2026-11-01"
    assert cleaned.answers["mother_id"] == {"type": "citizen_id", "number": "037190001234"}
    jsonschema.validate(cleaned.answers, json_schema(birth_form()))


def test_cleaning_its_own_result_changes_nothing() -> None:
    once = clean(**FATHER, siblings=[SIBLING])
    again = clean_answers(birth_form(), once.answers, on=ON, files=FILES)
    assert (again.answers, again.errors) == (once.answers, {})


def test_answers_to_hidden_questions_are_dropped() -> None:
    cleaned = clean(father_name="Trần Văn Đức", father_born="không nhớ", relation_words="bà nội")
    assert cleaned.errors == {}
    assert not {"father_name", "father_born", "relation_words"} & cleaned.answers.keys()


def test_a_hidden_page_takes_all_its_answers_with_it() -> None:
    assert "siblings" not in clean(siblings=[SIBLING]).answers
    assert "siblings" in clean(siblings=[SIBLING], **FATHER).answers


def test_a_question_that_depends_on_a_hidden_one_is_hidden_too() -> None:
    fields = [
        question("a", "boolean", "A?"),
        question("b", "boolean", "B?", visible_if={"all": [{"field": "a", "is": True}]}),
        question("c", "text", "C", required=True, visible_if={"all": [{"field": "b", "is": True}]}),
    ]
    form = parse_form({"pages": [{"key": "p", "title": vi("P"), "fields": fields}]})
    cleaned = clean_answers(form, {"a": False, "b": True, "c": "mật"}, on=ON)
    assert (cleaned.answers, cleaned.errors) == ({"a": False}, {})


def test_unknown_keys_are_dropped() -> None:
    cleaned = clean(
        siblings=[{**SIBLING, "is_admin": True}], is_admin=True, birth_paper="x", child_note="y", **FATHER
    )
    assert cleaned.errors == {}
    assert not {"is_admin", "birth_paper", "child_note"} & cleaned.answers.keys()
    assert cleaned.answers["siblings"][0].keys() == {"name", "born", "studies", "school"}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"my_name": ""}, "my_name", "Nhập họ, chữ đệm, tên của bạn."),
        ({"my_home": None}, "my_home.province", "Chọn tỉnh, thành phố."),
        ({"my_home": {"province": "37", "line": "4"}}, "my_home.commune", "Chọn xã, phường thuộc Ninh Bình."),
        ({"child_born": "15/18/2026"}, "child_born", "Tháng phải từ 1 đến 12. Bạn đã gõ tháng 18."),
        ({"relation": "other"}, "relation_words", "Nhập quan hệ cụ thể."),
        ({"father_known": True}, "father_name", "Nhập họ tên cha."),
        ({"truth": False}, "truth", "Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."),
        ({"copies": 60}, "copies", "Số bản sao phải từ 0 đến 20. Bạn đã gõ 60."),
        ({"mother_born": "2027"}, "mother_born", "Ngày 2027 chưa đến. Hôm nay là 22/11/2026."),
        ({"mother_born": "2/11/2026"}, "mother_born", "Mẹ phải sinh trước con. Xem lại hai ngày sinh."),
        ({**FATHER, "siblings": [{**SIBLING, "name": ""}]}, "siblings.0.name", "Nhập họ tên."),
        ({**FATHER, "siblings": [SIBLING, {**SIBLING, "school": ""}]}, "siblings.1.school", "Nhập trường."),
        ({**FATHER, "siblings": [{}, {"name": "An"}]}, "siblings.1.born", "Nhập ngày sinh, ví dụ 15/8/1990."),
        ({**FATHER, "siblings": [SIBLING] * 4}, "siblings", "Phần này có tối đa 3 dòng."),
        ({**FATHER, "siblings": "x"}, "siblings", "Phần này có tối đa 3 dòng."),
        ({**FATHER, "siblings": ["x"]}, "siblings.0", "Phần này phải là một đối tượng gồm tên và giá trị."),
        (
            {**FATHER, "siblings": [{"name": "Trần Nguyễn Bảo An", "born": "1/11/2026"}]},
            "siblings.0.name",
            "Đây là chính đứa trẻ đang được khai sinh.",
        ),
    ],
)
def test_each_error_stands_at_its_question(changes: dict[str, Any], path: str, message: str) -> None:
    assert clean(**changes).errors == {path: [message]}


def test_all_faulty_parts_of_a_question_are_told_at_once() -> None:
    assert clean(
        my_home={"province": "37"}, mother_id={"type": "old_id", "number": "1", "issued_on": "x"}
    ).errors == {
        "my_home.commune": ["Chọn xã, phường thuộc Ninh Bình."],
        "my_home.village": ["Ghi tên thôn, xóm, tổ dân phố, hoặc số nhà và đường."],
        "mother_id.number": ["Chứng minh nhân dân cũ có 9 chữ số. Bạn đã gõ “1”."],
        "mother_id.issued_on": ["Chưa đọc được “x”. Ghi ngày, tháng, năm như 15/8/1990."],
    }


def test_an_opened_but_empty_row_is_left_out() -> None:
    cleaned = clean(**FATHER, siblings=[{}, SIBLING, {"name": " ", "studies": None}])
    assert [row["name"] for row in cleaned.answers["siblings"]] == ["Trần Văn Minh"]


def test_hidden_answers_of_a_row_are_dropped() -> None:
    cleaned = clean(**FATHER, siblings=[{**SIBLING, "studies": False}])
    assert "school" not in cleaned.answers["siblings"][0]


def test_a_missing_file_is_an_error_only_where_files_are_known() -> None:
    assert clean(files=set()).errors == {"birth_paper": ["Chọn tệp: giấy chứng sinh."]}
    assert clean(files=None).errors == {}


def test_a_page_reports_only_its_own_errors() -> None:
    cleaned = clean_answers(birth_form(), {"my_name": "5"}, page="requester", on=ON)
    assert set(cleaned.errors) == {"my_name", "my_id", "my_phone", "my_home.province", "relation"}


def test_a_draft_may_be_incomplete_but_not_wrong() -> None:
    cleaned = clean_answers(birth_form(), {"child_born": "45/1/2020"}, partial=True, on=ON)
    assert set(cleaned.errors) == {"child_born"}


def test_a_number_that_does_not_fit_is_a_warning_and_no_refusal() -> None:
    cleaned = clean(mother_born="1985")
    assert cleaned.errors == {}
    assert cleaned.warnings == {
        "mother_id.number": ["Số định danh này thường là của người sinh năm 1990. Xem lại số hoặc ngày sinh."]
    }


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], "invalid_answers"),
        ("x", "invalid_answers"),
        ({"a": [[[[[[[1]]]]]]]}, "answers_too_large"),
        ({"a": ["x"] * 30_000}, "answers_too_large"),
        ({"a": "x" * 500_000}, "answers_too_large"),
    ],
)
def test_monsters_are_refused_with_a_message(answers: Any, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        clean_answers(birth_form(), answers, on=ON)
    assert refused.value.code == code
    assert refused.value.message


def test_depth_beyond_the_stack_is_refused_too() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RuleViolation):
        clean_answers(birth_form(), {"a": deep}, on=ON)


def test_the_case_decides_pages() -> None:
    abandoned = {"all": [{"field": "case", "is": "abandoned"}]}
    pages = [
        {"key": "p", "title": vi("P"), "fields": [question("a", "text", "A")]},
        {
            "key": "q",
            "title": vi("Q"),
            "visible_if": abandoned,
            "fields": [question("b", "text", "Nơi thấy trẻ", required=True)],
        },
    ]
    form = parse_form({"pages": pages})
    assert [page.key for page in visible_pages(form, {}, on=ON, case="abandoned")] == ["p", "q"]
    assert [page.key for page in visible_pages(form, {}, on=ON, case="plain")] == ["p"]
    assert clean_answers(form, {}, on=ON, case="abandoned").errors == {"b": ["Nhập nơi thấy trẻ."]}
    assert clean_answers(form, {"b": "x"}, on=ON, case="plain").answers == {}


def test_parties_are_built_from_pages_and_rows() -> None:
    answers = clean(**FATHER, siblings=[SIBLING, {**SIBLING, "name": "Trần Thị Mai"}]).answers
    parties = build_parties(birth_form(), answers, on=ON)
    assert [(party.role, party.name) for party in parties] == [
        ("child", "Trần Nguyễn Bảo An"),
        ("representative", "Nguyễn Thị Hạnh"),
        ("owner", "Nguyễn Thị Hạnh"),
        ("household_member", "Trần Văn Minh"),
        ("household_member", "Trần Thị Mai"),
    ]
    assert parties[0] == PartyDraft(
        "child", "person", "Trần Nguyễn Bảo An", birth_date="2026-11-01", gender="female", ethnicity="01"
    )
    assert parties[1].identity == {"type": "citizen_id", "number": "037190001234"}
    assert parties[1].phone == "+84912345678"
    assert parties[2].birth_date == "1990"


def test_nobody_is_built_from_a_hidden_page() -> None:
    answers = {**clean().answers, "siblings": [{"name": "Ai đó"}]}
    assert "household_member" not in {party.role for party in build_parties(birth_form(), answers, on=ON)}


def test_answers_are_read_back_as_people_write_them() -> None:
    answers = clean(**FATHER, siblings=[SIBLING]).answers
    rows = {row.path: row for page in display_rows(birth_form(), answers, on=ON) for row in page.rows}
    assert rows["child_born"].value == "01/11/2026"
    assert rows["my_id"].value == "037 190 001 234"
    assert rows["my_home"].value == "Số 4, Thôn Đông, phường Tây Hoa Lư, tỉnh Ninh Bình"
    assert rows["my_email"].value == ""
    assert rows["siblings.0.name"].group == "Người thứ 1"
    assert rows["siblings.0.name"].anchor == "id_siblings-0-name"
    assert rows["my_home"].anchor == "id_my_home-province"
    assert rows["relation"].anchor == "id_relation_0"
    assert "relation_words" not in rows
    assert "birth_paper" not in rows


def test_stored_values_of_older_lists_are_still_read_back() -> None:
    answers = {
        **clean().answers,
        "relation": "stepmother",
        "home_town": {"province": "36", "commune": "13633"},
    }
    rows = {row.path: row.value for page in display_rows(birth_form(), answers, on=ON) for row in page.rows}
    assert rows["relation"] == "stepmother"
    assert rows["home_town"] == "13633, 36"
