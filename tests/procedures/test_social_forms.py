"""The e-forms of social protection, merit, schools and food safety: what they take, and what they refuse."""

from datetime import date
from typing import Any

import pytest

from procedures.blank_form import build_blank_form
from procedures.fees import assess
from procedures.formschema.answers import clean_answers
from procedures.formschema.walk import visible_pages
from tests.factories.answers_social import (
    CARER,
    DISABLED,
    FOOD,
    FUNERAL,
    FUNERAL_BY_OFFICE,
    MOVED,
    ORPHAN,
    PENSION,
    SAMPLES,
    SINGLE_MOTHER,
    STUDY,
    WORSHIP,
)
from tests.factories.samples import Sample
from tests.procedures.shipped import content_of, form_of

ON = date(2026, 3, 2)
samples = pytest.mark.parametrize("sample", SAMPLES, ids=str)


@samples
def test_every_case_is_a_case_of_the_procedure(sample: Sample) -> None:
    content = content_of(sample.code)
    assert content.case_or_none(sample.case) is not None or (not content.cases and not sample.case)


BAD: list[tuple[Sample, dict[str, Any], str, str]] = [
    (ORPHAN, {"beneficiary_name": ""}, "beneficiary_name", "Nhập họ và tên."),
    (
        ORPHAN,
        {"beneficiary_birth_date": "30/2/2019"},
        "beneficiary_birth_date",
        "Tháng 2 năm 2019 chỉ có 28 ngày",
    ),
    (ORPHAN, {"beneficiary_birth_date": "2009"}, "target_group", "Nhóm này dành cho trẻ dưới 16 tuổi"),
    (ORPHAN, {"target_group": "tre_duoi_3"}, "target_group", "Nhóm này dành cho trẻ dưới 3 tuổi"),
    (ORPHAN, {"target_group": "dang_hoc"}, "target_group", "từ đủ 16 đến hết 22 tuổi"),
    (ORPHAN, {"files_for": "chinh_toi"}, "target_group", "Nhóm này dành cho trẻ em"),
    (ORPHAN, {"relation": None}, "relation", "Trả lời câu này"),
    (ORPHAN, {"schooling": "dang_hoc", "school": None}, "school", "Nhập tên trường, lớp"),
    (ORPHAN, {"father_state": "con_song", "father_name": None}, "father_name", "Nhập họ và tên cha"),
    (ORPHAN, {"mother_state": "bo_di"}, "mother_state", "không có ở đây"),
    (ORPHAN, {"bank_number": None}, "bank_number", "Nhập số tài khoản"),
    (ORPHAN, {"pay_method": None}, "pay_method", "Trả lời câu này"),
    (ORPHAN, {"oath": False}, "oath", "đánh dấu"),
    (ORPHAN, {"requester_phone": "09123"}, "requester_phone", "10 chữ số"),
    (ORPHAN, {"requester_address": {"province": "92"}}, "requester_address.commune", "Chọn xã, phường"),
    (SINGLE_MOTHER, {"poverty": "khong"}, "poverty", "hộ nghèo hoặc hộ cận nghèo"),
    (SINGLE_MOTHER, {"children": []}, "children", "Thêm ít nhất một người"),
    (SINGLE_MOTHER, {"children": [{"child_name": "An"}]}, "children.0.child_birth_date", "Nhập ngày sinh"),
    (SINGLE_MOTHER, {"benefits": None}, "benefits", "Thêm ít nhất"),
    (
        SINGLE_MOTHER,
        {"benefits": [{"benefit_kind": "khac", "benefit_amount": 0}]},
        "benefits.0.benefit_amount",
        "từ 1 trở lên",
    ),
    (SINGLE_MOTHER, {"target_group": "cao_tuoi"}, "target_group", "từ đủ 60 tuổi"),
    (DISABLED, {"is_disabled": False}, "is_disabled", "1.001699"),
    (DISABLED, {"disability_level": "nhe"}, "disability_level", "chưa thuộc nhóm"),
    (DISABLED, {"income": "nhiều"}, "income", "Ghi bằng chữ số"),
    (DISABLED, {"is_pregnant": None}, "is_pregnant", "Trả lời câu này"),
    (CARER, {"care_since": "2010"}, "care_since", "sau ngày sinh"),
    (CARER, {"carer_convicted": True}, "carer_convicted", "chưa được nhận hỗ trợ"),
    (CARER, {"cared_name": "Y Blăm 2"}, "cared_name", "Tên không có chữ số"),
    (MOVED, {"new_address": None}, "new_address.province", "Chọn tỉnh"),
    (MOVED, {"decision_number": "1" * 51}, "decision_number", "Dài quá 50"),
    (PENSION, {"elder_birth_date": "1970"}, "elder_birth_date", "từ đủ 70 tuổi"),
    (PENSION, {"elder_birth_date": "1954"}, "poverty", "Dưới 75 tuổi"),
    (PENSION, {"pension_amount": -1}, "pension_amount", "từ 1 trở lên"),
    (
        PENSION,
        {"elder_identity": {"type": "citizen_id", "number": "123"}},
        "elder_identity.number",
        "12 chữ số",
    ),
    (FUNERAL, {"died_on": "1/1/1930"}, "died_on", "sau ngày sinh"),
    (FUNERAL, {"died_on": "5/1/2027"}, "died_on", "chưa đến"),
    (FUNERAL, {"buried_on": "4/1/2026"}, "buried_on", "không thể trước ngày mất"),
    (FUNERAL, {"died_at": "25:00"}, "died_at", "từ 0 đến 23"),
    (FUNERAL, {"allowance_kind": None}, "allowance_kind", "Trả lời câu này"),
    (FUNERAL_BY_OFFICE, {"organisation_name": ""}, "organisation_name", "Nhập tên cơ quan, tổ chức"),
    (FUNERAL_BY_OFFICE, {"requester_email": "song"}, "requester_email", "dấu @"),
    (WORSHIP, {"martyr_died": "1940"}, "martyr_died", "sau ngày sinh"),
    (WORSHIP, {"martyr_died": "1960"}, "martyr_died", "không thể trước ngày nhập ngũ"),
    (WORSHIP, {"has_monthly": True}, "has_monthly", "chưa xét"),
    (WORSHIP, {"relatives": None}, "relatives", "Thêm ít nhất"),
    (STUDY, {"pupil_birth_date": "1/1/1980"}, "pupil_birth_date", "sau ngày sinh của cha, mẹ"),
    (STUDY, {"school_level": "mam_non"}, "school_level", "dưới 7 tuổi"),
    (STUDY, {"repeats": True, "repeat_reason": "ky_luat"}, "repeat_reason", "chưa được hỗ trợ"),
    (FOOD, {"business_tax_code": "12"}, "business_tax_code", "10, 12 hoặc 13"),
    (FOOD, {"meals_a_day": 0}, "meals_a_day", "từ 1 đến 100.000"),
    (
        FOOD,
        {"workers": [{**FOOD.answers["workers"][0], "trained_on": "1/1/1980"}]},
        "workers.0.trained_on",
        "sau ngày sinh",
    ),
    (FOOD, {"agrees_visit": None}, "agrees_visit", "đánh dấu"),
]


@pytest.mark.parametrize(
    ("sample", "changes", "path", "words"), BAD, ids=[f"{row[0]}-{row[2]}-{n}" for n, row in enumerate(BAD)]
)
def test_what_is_wrong_is_told_where_it_stands(
    sample: Sample, changes: dict[str, Any], path: str, words: str
) -> None:
    errors = clean_answers(
        form_of(sample.code), {**sample.answers, **changes}, on=ON, case=sample.case
    ).errors
    assert words in " ".join(errors.get(path, ())), errors


def test_each_kind_of_allowance_asks_its_own_questions() -> None:
    form, answers = form_of("1.001776"), dict(ORPHAN.answers)
    asked = {
        group: [
            page.key
            for page in visible_pages(form, {**answers, "target_group": group}, on=ON, case="tro_cap")
        ]
        for group in ("tre_hiv", "don_than", "cao_tuoi", "khuyet_tat")
    }
    around = ["requester", "beneficiary", "target"]
    own = {"tre_hiv": "parents", "don_than": "children", "cao_tuoi": "elderly", "khuyet_tat": "disabled"}
    assert asked == {group: [*around, page, "payment", "papers"] for group, page in own.items()}


@pytest.mark.parametrize("code", ["1.001776", "1.014027", "1.001731", "1.010803", "1.014336", "1.013855"])
def test_papers_to_hand_in_have_their_place(code: str) -> None:
    content, form = content_of(code), form_of(code)
    files = {field.requirement for field in form.fields() if field.type == "file"}
    wanted = {p.key for p in content.requirements if p.is_submitted and p.required and not p.filled_online}
    assert wanted <= files


@pytest.mark.parametrize("code", ["1.001699", "1.011607", "2.002854"])
def test_procedures_of_level_two_have_a_sheet_to_fill_in(code: str) -> None:
    content = content_of(code)
    sheet = build_blank_form(content, content.cases[0].key if content.cases else "")
    assert len(sheet.sections) >= 3
    assert not content.takes_online


def test_a_school_performs_the_change_of_school() -> None:
    content = content_of("2.002854")
    assert (content.performed_by, content.tiers) == (("school",), ("other",))
    limits = [content.limit_for(case, "desk") for case in ("trong_tinh", "khac_tinh")]
    assert [limit and limit.value for limit in limits] == [5, 8]


def test_the_food_fee_is_a_demo_amount_and_the_work_permit_fee_is_unknown() -> None:
    [food] = assess(
        content_of("1.013855").fees, case="an_uong", channel="online", answers=FOOD.answers, on=ON
    )
    assert (food.amount, food.mode) == (700_000, "before")
    assert "mức thu minh họa" in food.lines[0].explanation
    [permit] = assess(content_of("1.014199").fees, case="moi_chuyen_gia", channel="desk", answers={}, on=ON)
    assert permit.amount is None


def test_the_work_permit_lists_the_papers_of_each_of_its_fourteen_cases() -> None:
    content = content_of("1.014199")
    counts = {case.key: len(content.requirements_for(case.key)) for case in content.cases}
    assert (len(counts), content.form, min(counts.values()) >= 6, max(counts.values()) >= 18) == (
        14,
        None,
        True,
        True,
    )
