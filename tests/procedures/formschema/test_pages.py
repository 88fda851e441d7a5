"""A page of an e-form as people use it: typing, saving, adding rows, choosing a province, with no script."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from procedures.formschema.definition import FormSchema
from procedures.formschema.page_layout import FileView
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.prefill import PrefillValue
from procedures.formschema.schema import parse_form
from tests.procedures.formschema.samples import BIRTH_ANSWERS, birth_form, question, vi

ON = date(2026, 11, 22)
KNOWN = {"father_known": True}
REQUESTER = {
    "my_name": "Nguyễn Thị Hạnh",
    "my_id": "037 190 001 234",
    "my_phone": "0912 345 678",
    "my_email": "",
    "my_home-province": "37",
    "my_home-commune": "14533",
    "my_home-village": "Thôn Đông",
    "my_home-line": "",
    "relation": "mother",
}
ROW = {"siblings-rows": "1", "siblings-0-name": "Trần Văn Minh", "siblings-0-born": "15/18/2020"}


def open_form(page: str, answers: dict[str, Any] | None = None, data: Any = None, **setting: Any) -> PageForm:
    check = setting.pop("check", False)
    form: FormSchema = setting.pop("form", None) or birth_form()
    return build_page_form(
        form, page, answers or {}, setting=PageSetting(ON, **setting), data=data, check=check
    )


def test_a_page_is_saved_in_canonical_form() -> None:
    form = open_form("requester", data=REQUESTER)
    assert form.is_valid(), form.errors
    assert form.draft_answers == {
        "my_name": "Nguyễn Thị Hạnh",
        "my_id": "037190001234",
        "my_phone": "+84912345678",
        "my_home": {"province": "37", "commune": "14533", "village": "Thôn Đông"},
        "relation": "mother",
    }


def test_answers_of_other_pages_are_kept() -> None:
    form = open_form("requester", {"child_name": "An", "my_email": "cu@thu.vn"}, REQUESTER)
    assert form.draft_answers["child_name"] == "An"
    assert "my_email" not in form.draft_answers


def test_wrong_answers_are_told_beside_their_controls_and_kept_as_typed() -> None:
    form = open_form("requester", data={**REQUESTER, "my_id": "123", "my_home-commune": "", "relation": ""})
    assert not form.is_valid()
    assert form.summary == [
        {"id": "id_my_id", "text": "Số định danh có 12 chữ số. Bạn đã gõ 3."},
        {"id": "id_my_home-commune", "text": "Nơi cư trú của bạn: Chọn xã, phường thuộc Ninh Bình."},
        {"id": "id_relation_0", "text": "Trả lời câu này: “Bạn là gì của trẻ?”"},
    ]
    assert form["my_id"].value() == "123"
    assert form.draft_answers["my_id"] == "123"
    assert form.draft_answers["my_home"]["village"] == "Thôn Đông"


def test_what_was_typed_wrongly_comes_back_from_the_draft() -> None:
    form = open_form("requester", {"my_id": "123", "my_home": {"province": "37", "commune": ""}})
    assert not form.is_bound
    assert (form["my_id"].value(), form["my_home-province"].value()) == ("123", "37")


def test_the_overview_sends_people_back_to_see_what_is_wrong() -> None:
    form = open_form("requester", {"my_id": "123"}, check=True)
    assert form.errors["my_id"] == ["Số định danh có 12 chữ số. Bạn đã gõ 3."]


def test_a_question_that_the_answer_opens_is_asked_before_going_on() -> None:
    form = open_form("requester", data={**REQUESTER, "relation": "other"})
    assert not form.is_valid()
    assert form.errors == {}
    assert form.asked == [{"id": "id_relation_words", "text": "Quan hệ cụ thể"}]


@pytest.mark.parametrize(("words", "valid"), [("bà nội", True), ("", False)])
def test_once_it_was_shown_it_must_be_answered(words: str, valid: bool) -> None:
    data = {**REQUESTER, "relation": "other", "shown": "relation_words", "relation_words": words}
    form = open_form("requester", data=data)
    assert form.asked == []
    assert form.is_valid() is valid
    assert ("relation_words" in form.errors) is not valid


def test_an_optional_question_is_asked_once_too() -> None:
    data = {"mother_name": "Hạnh", "mother_born": "1990", "mother_id-type": "none", "father_known": "true"}
    form = open_form("parents", data=data)
    assert [asked["id"] for asked in form.asked] == ["id_father_name", "id_father_born"]
    shown = QueryDict("shown=father_name&shown=father_born&father_name=Đức&father_born=", mutable=True)
    shown.update(data)
    assert open_form("parents", data=shown).is_valid()


def test_questions_that_were_hidden_on_the_screen_keep_their_draft() -> None:
    before = {"relation": "other", "relation_words": "bà nội"}
    form = open_form("requester", before, REQUESTER)
    assert form.is_valid()
    assert form.draft_answers["relation_words"] == "bà nội"
    assert "relation_words" not in form.answers


def test_adding_a_row_saves_what_is_typed_and_complains_of_nothing() -> None:
    form = open_form("siblings", KNOWN, {**ROW, "group-siblings-add": "1"})
    assert form.command is not None
    assert (form.command.kind, form.command.anchor) == ("group_add", "id_group-siblings-end")
    assert not form.is_valid()
    assert form.errors == {}
    assert form.draft_answers["siblings"] == [{"name": "Trần Văn Minh", "born": "15/18/2020"}, {}]
    again = open_form("siblings", form.draft_answers)
    assert "siblings-1-name" in again.fields
    assert again["siblings-0-born"].value() == "15/18/2020"


def test_no_more_rows_than_the_group_may_have() -> None:
    rows = [{"name": "A", "born": "1/1/2020"}] * 3
    form = open_form(
        "siblings", {**KNOWN, "siblings": rows}, {"siblings-rows": "3", "group-siblings-add": "1"}
    )
    assert len(form.draft_answers["siblings"]) == 3


def test_taking_a_row_away_keeps_the_others() -> None:
    data = {
        "siblings-rows": "2",
        "siblings-0-name": "Một",
        "siblings-1-name": "Hai",
        "group-siblings-remove-0": "1",
    }
    form = open_form("siblings", KNOWN, data)
    assert form.command is not None
    assert form.command.kind == "group_remove"
    assert form.draft_answers["siblings"] == [{"name": "Hai"}]


def test_a_row_without_an_answer_does_not_stop_anybody() -> None:
    form = open_form("siblings", {**KNOWN, "siblings": [{}]}, {"siblings-rows": "1", "siblings-0-name": ""})
    assert form.is_valid()


def test_errors_of_a_row_stand_in_the_row() -> None:
    form = open_form("siblings", KNOWN, ROW)
    assert not form.is_valid()
    assert form.summary == [
        {"id": "id_siblings-0-born", "text": "Người thứ 1: Tháng phải từ 1 đến 12. Bạn đã gõ tháng 18."}
    ]


def test_a_group_with_a_least_number_opens_its_rows() -> None:
    group = {
        **question("g", "group", "Thành viên", required=True, max=3),
        "fields": [question("n", "text", "Tên", required=True)],
    }
    schema = parse_form({"pages": [{"key": "p", "title": vi("P"), "fields": [group]}]})
    assert "g-0-n" in open_form("p", form=schema).fields
    form = open_form("p", form=schema, data={"g-rows": "1", "g-0-n": ""})
    assert form.errors == {"g-0-n": ["Nhập tên."]}


def test_a_province_fills_the_list_of_communes_by_a_plain_submit() -> None:
    form = open_form("requester", data={"my_home-province": "37", "address-my_home-province": "1"})
    assert form.command is not None
    assert (form.command.kind, form.command.key, form.command.anchor) == (
        "province",
        "my_home",
        "id_my_home-commune",
    )
    again = open_form("requester", form.draft_answers)
    communes = [value for value, _label in again.fields["my_home-commune"].widget.choices]
    assert "14533" in communes
    assert "00070" not in communes


def test_prefilled_values_come_with_their_source() -> None:
    prefill = {"person.full_name": PrefillValue("Nguyễn Thị Hạnh", "Lấy từ tài khoản của bạn")}
    form = open_form("requester", prefill=prefill)
    assert form["my_name"].value() == "Nguyễn Thị Hạnh"
    assert form["my_name"].aria_describedby == "id_my_name_source"
    changed = open_form("requester", {"my_name": "Hạnh"}, prefill=prefill)
    assert changed["my_name"].value() == "Hạnh"
    assert not changed["my_name"].aria_describedby


def test_a_locked_value_is_never_taken_from_the_browser() -> None:
    prefill = {"person.national_id": PrefillValue("037190001234", "Lấy từ VNeID", locked=True)}
    form = open_form("requester", data={**REQUESTER, "my_id": "001205001234"}, prefill=prefill)
    assert form.draft_answers["my_id"] == "037190001234"
    assert form.fields["my_id"].widget.attrs["readonly"] is True


def test_a_required_file_is_asked_for_until_it_is_there() -> None:
    answers = {
        key: BIRTH_ANSWERS[key] for key in BIRTH_ANSWERS if key.startswith("child") or key == "home_town"
    }
    missing = open_form("child", answers, check=True)
    assert missing.summary == [{"id": "id_file-giay_chung_sinh", "text": "Chọn tệp: giấy chứng sinh."}]
    there = {"giay_chung_sinh": [FileView("7", "anh.jpg", "1,8 MB", "Đã nhận")]}
    assert open_form("child", answers, check=True, files=there).errors == {}
    refused = {"giay_chung_sinh": [FileView("8", "a.exe", "1 MB", "Không nhận loại tệp này", is_bad=True)]}
    assert open_form("child", answers, check=True, files=refused).errors != {}


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("file-upload-giay_chung_sinh", "file_upload", "giay_chung_sinh"),
        ("file-remove-0198-ab", "file_remove", "0198-ab"),
    ],
)
def test_file_buttons_are_commands(name: str, kind: str, key: str) -> None:
    form = open_form("child", data={"child_name": "An", name: "1"})
    assert form.command is not None
    assert (form.command.kind, form.command.key) == (kind, key)
    assert form.draft_answers == {"child_name": "An"}


def test_a_tick_that_is_taken_back_is_taken_back() -> None:
    form = open_form("copies", {"truth": True}, {"copies": "2"})
    assert form.errors == {"truth": ["Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."]}
    assert "truth" not in form.draft_answers


@pytest.mark.parametrize("rows", ["-1", "x", "999", "٣", ""])
def test_odd_numbers_of_rows_do_no_harm(rows: str) -> None:
    assert open_form("siblings", KNOWN, {"siblings-rows": rows}).is_valid()
