# ruff: noqa: E501  (rows of a table read better on one line)
"""Civil status, certification and judicial records: what their e-forms take, refuse, name and cost."""

from datetime import date
from typing import Any

import jsonschema
import pytest

from procedures.formschema.answers import Cleaned, clean_answers
from procedures.formschema.display import display_rows
from procedures.formschema.json_schema import json_schema
from procedures.formschema.parties import PartyDraft, build_parties
from tests.factories.answers_civil import (
    ANSWERS,
    CASES,
    GIRL_NUMBER,
    MAN_NUMBER,
    OLD_MAN_NUMBER,
    WOMAN_NUMBER,
)
from tests.procedures.shipped import content_of, form_of

ON = date(2026, 11, 22)
MARRIAGE, DEATH, EXTRACT, CHANGE, RECORD = "1.000894", "1.000656", "2.000635", "1.004859", "3.000333"
COPIES, RECOGNITION, BIRTH_AGAIN, BUNDLE = "2.000815", "1.000689", "1.004884", "2.000986"
SIGNATURE, DEED = "2.000884", "2.001035"
CODES = list(ANSWERS)
ONLINE = (MARRIAGE, DEATH, EXTRACT, CHANGE, RECORD, RECOGNITION, BUNDLE)
GONE = object()
"""In a table: the question is left unanswered."""


def bend(code: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**ANSWERS[code], **changes}.items() if value is not GONE}


def clean(code: str, changes: dict[str, Any] | None = None, case: str = "", **more: Any) -> Cleaned:
    answers = bend(code, changes or {})
    return clean_answers(form_of(code), answers, on=ON, case=case or CASES.get(code, ""), **more)


def parties_of(code: str, changes: dict[str, Any] | None = None, case: str = "") -> list[PartyDraft]:
    cleaned = clean(code, changes, case)
    assert cleaned.errors == {}
    return build_parties(form_of(code), cleaned.answers, on=ON, case=case or CASES.get(code, ""))


# ---------- every sample ----------


@pytest.mark.parametrize("code", CODES)
def test_the_sample_is_taken_as_it_is(code: str) -> None:
    cleaned = clean(code)
    assert (cleaned.errors, cleaned.warnings) == ({}, {})
    assert cleaned.answers == ANSWERS[code]


@pytest.mark.parametrize("code", CODES)
def test_the_json_schema_accepts_the_sample(code: str) -> None:
    jsonschema.validate(ANSWERS[code], json_schema(form_of(code)), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("code", CODES)
def test_every_answer_is_read_back(code: str) -> None:
    pages = display_rows(form_of(code), ANSWERS[code], on=ON, case=CASES.get(code, ""))
    rows = {row.path: row for page in pages for row in page.rows}
    told = {path.split(".")[0] for path, row in rows.items() if row.value and row.printed}
    assert told == set(ANSWERS[code])
    assert all(row.label for row in rows.values())


@pytest.mark.parametrize("code", CODES)
def test_what_is_missing_is_asked_for_in_words(code: str) -> None:
    errors = clean_answers(form_of(code), {}, on=ON, case=CASES.get(code, "")).errors
    assert errors
    assert all(line.endswith((".", "”")) and "%(" not in line for lines in errors.values() for line in lines)


@pytest.mark.parametrize("code", ONLINE)
def test_required_papers_have_their_place_in_the_form(code: str) -> None:
    files = {field.requirement for field in form_of(code).fields() if field.type == "file"}
    papers = content_of(code).requirements
    wanted = {
        paper.key for paper in papers if paper.is_submitted and paper.required and not paper.filled_online
    }
    assert wanted <= files


@pytest.mark.parametrize(
    ("code", "case", "changes", "requirement"),
    [
        (MARRIAGE, "dang_o_nuoc_ngoai", {}, "xac_nhan_co_quan_dai_dien"),
        (MARRIAGE, "", {"second_divorced_abroad": True}, "ghi_chu_ly_hon"),
        (DEATH, "qua_han", {}, "giay_bao_tu"),
        (DEATH, "chet_da_lau", {}, "chung_cu_chet"),
        (DEATH, "", {"relation": "duoc_uy_quyen"}, "van_ban_uy_quyen"),
        (EXTRACT, "uy_quyen", {}, "van_ban_uy_quyen"),
        (CHANGE, "", {}, "giay_to_can_cu"),
        (CHANGE, "", {"relation": "nguoi_khac"}, "van_ban_uy_quyen"),
        (RECORD, "duoc_giam", {}, "giay_giam_mien"),
        (RECOGNITION, "", {}, "ket_qua_giam_dinh"),
        (BUNDLE, "tre_bi_bo_roi", {}, "bien_ban_bo_roi"),
    ],
)
def test_a_paper_of_the_case_is_asked_for(
    code: str, case: str, changes: dict[str, Any], requirement: str
) -> None:
    assert f"file_{requirement}" in clean(code, changes, case, files=()).errors
    assert f"file_{requirement}" not in clean(code, changes, case, files=(requirement,)).errors


# ---------- refusals ----------

CHILD = {"subject_birth_date": "2015-06-01", "subject_gender": "nu"}
MOTHER_OF_NOBODY = {"mother_known": False}
BAD: list[tuple[str, str, dict[str, Any], str, str]] = [
    (MARRIAGE, "", {"second_name": GONE}, "second_name", "Nhập họ, chữ đệm, tên."),
    (MARRIAGE, "", {"oath": False}, "oath", "Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."),
    (MARRIAGE, "", {"first_birth_date": "2008-11-23"}, "first_birth_date", "Nữ từ đủ 18 tuổi mới được kết hôn."),
    (MARRIAGE, "", {"second_birth_date": "2006-11-23"}, "second_birth_date", "Nam từ đủ 20 tuổi mới được kết hôn."),
    (MARRIAGE, "", {"first_birth_date": "1905-01-01"}, "first_birth_date", "Xem lại ngày sinh: người này đã quá 120 tuổi."),
    (MARRIAGE, "", {"first_birth_date": "2027-01-01"}, "first_birth_date", "Ngày 01/01/2027 chưa đến. Hôm nay là 22/11/2026."),
    (MARRIAGE, "", {"second_national_id": WOMAN_NUMBER}, "second_national_id", "Hai bên đang khai cùng một người. Xem lại phần của bên thứ hai."),
    (MARRIAGE, "", {"second_name": "Lý Thị Bông", "second_birth_date": "1995-03-08"}, "second_name", "Hai bên đang khai cùng một người. Xem lại phần của bên thứ hai."),
    (MARRIAGE, "", {"second_gender": "nu"}, "second_gender", "Pháp luật không thừa nhận kết hôn giữa những người cùng giới tính."),
    (MARRIAGE, "", {"second_nationality": "FR"}, "second_nationality", "Có người nước ngoài thì làm thủ tục 2.000806, kết hôn có yếu tố nước ngoài."),
    (MARRIAGE, "", {"second_marriage_time": 1}, "second_marriage_time", "Đã từng kết hôn thì đây là lần thứ 2 trở đi."),
    (MARRIAGE, "", {"first_marriage_time": 2}, "first_marriage_time", "Chưa kết hôn lần nào thì đây là lần thứ 1."),
    (MARRIAGE, "", {"second_divorce_court": GONE}, "second_divorce_court", "Nhập tòa án đã giải quyết ly hôn."),
    (MARRIAGE, "", {"first_national_id": "09219500123"}, "first_national_id", "Số định danh có 12 chữ số. Bạn đã gõ 11."),
    (MARRIAGE, "", {"copies": 0}, "copies", "Số bản sao phải từ 1 đến 50. Bạn đã gõ 0."),
    (DEATH, "", {"deceased_name": GONE}, "deceased_name", "Nhập họ, chữ đệm, tên."),
    (DEATH, "", {"death_date": "1944-12-31", "notice_date": "2026-11-18"}, "death_date", "Ngày mất không thể trước ngày sinh."),
    (DEATH, "", {"death_date": "2026-11-23"}, "death_date", "Ngày 23/11/2026 chưa đến. Hôm nay là 22/11/2026."),
    (DEATH, "", {"notice_date": "2026-11-17"}, "notice_date", "Giấy báo tử không thể cấp trước ngày mất."),
    (DEATH, "", {"notice_number": GONE}, "notice_number", "Nhập số của giấy."),
    (DEATH, "", {"deceased_national_id": MAN_NUMBER}, "deceased_national_id", "Người đi khai không thể là người đã mất. Xem lại số định danh."),
    (DEATH, "", {"deceased_name": "Trần Văn Sông", "deceased_birth_date": "1990-08-15"}, "deceased_name", "Người đi khai không thể là người đã mất. Xem lại tên và ngày sinh."),
    (DEATH, "", {"requester_birth_date": "1944-12-31"}, "requester_birth_date", "Con không thể sinh trước hoặc cùng ngày với cha, mẹ đã mất."),
    (DEATH, "", {"relation": "cha_me"}, "requester_birth_date", "Cha, mẹ không thể sinh sau con đã mất."),
    (DEATH, "", {"requester_birth_date": "1900-01-01", "relation": "nguoi_than"}, "requester_birth_date", "Xem lại ngày sinh: người đi khai đã quá 120 tuổi."),
    (DEATH, "", {"death_time": "25:00"}, "death_time", "Giờ phải từ 0 đến 23. Bạn đã gõ 25 giờ."),
    (EXTRACT, "", {"record_agency": GONE}, "record_agency", "Trả lời câu này: “Đã đăng ký tại đâu?”"),
    (EXTRACT, "", {"copies": 51}, "copies", "Số bản sao cần cấp phải từ 1 đến 50. Bạn đã gõ 51."),
    (EXTRACT, "", {"subject_national_id": MAN_NUMBER}, "subject_national_id", "Đây là số định danh của bạn. Ghi số của người được cấp bản sao."),
    (EXTRACT, "", {"record_date": "1965"}, "record_date", "Ngày đăng ký không thể trước ngày sinh."),
    (EXTRACT, "", {"relation": "chinh_toi", "record_kind": "khai_tu"}, "record_kind", "Bản sao khai tử không xin cho chính mình được. Chọn lại quan hệ."),
    (EXTRACT, "co_quan", {}, "org_name", "Nhập tên cơ quan, tổ chức."),
    (CHANGE, "", {"reason": GONE}, "reason", "Nhập lý do."),
    (CHANGE, "", {"changes": GONE}, "changes", "Thêm ít nhất một người hoặc một mục: những chỗ cần sửa."),
    (CHANGE, "", {"changes": [{"what": "que_quan", "old_text": "Cà Mau", "new_text": "Cà Mau"}]}, "changes.0.new_text", "Nội dung đề nghị ghi giống hệt nội dung đang ghi."),
    (CHANGE, "thay_doi", {}, "changes.0.what", "Chỉ đổi được họ tên, hoặc cha mẹ khi nhận con nuôi. Sửa chỗ sai thì chọn cải chính."),
    (CHANGE, "thay_doi", {"changes": [{"what": "ho_ten", "old_text": "Anh", "new_text": "An"}]}, "child_agrees", "Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."),
    (CHANGE, "bo_sung", {"record_date": "2015-05-30"}, "record_date", "Ngày đăng ký không thể trước ngày sinh."),
    (CHANGE, "xac_dinh_lai_dan_toc", {"ethnicity_from": "kinh", "ethnicity_to": "kinh", "ethnicity_of": "me"}, "ethnicity_to", "Hai dân tộc giống nhau. Chọn dân tộc muốn xác định lại."),
    (CHANGE, "", {"subject_national_id": WOMAN_NUMBER}, "subject_national_id", "Đây là số định danh của bạn. Ghi số của người cần sửa thông tin."),
    (CHANGE, "", {"relation": "chinh_toi", "requester_birth_date": "2009-01-01", "requester_gender": "nu", "requester_ethnicity": "kinh", "requester_nationality": "VN"}, "requester_birth_date", "Người chưa đủ 18 tuổi thì cha, mẹ hoặc người giám hộ đứng ra yêu cầu."),
    (RECORD, "", {"birth_place": GONE}, "birth_place", "Nhập nơi sinh."),
    (RECORD, "", {"history": GONE}, "history", "Thêm ít nhất một người hoặc một mục: quá trình cư trú."),
    (RECORD, "", {"history": [{"from_date": "2012", "until_date": "2011", "lived_at": "Xã Minh Họa"}]}, "history.0.from_date", "Ngày cuối phải sau ngày đầu."),
    (RECORD, "", {"record_kind": "so_2", "relation": "nguoi_khac"}, "relation", "Phiếu số 2 không làm thay được, trừ cha, mẹ làm cho con chưa đủ 18 tuổi."),
    (RECORD, "", {"relation": "con_chua_thanh_nien", "subject_birth_date": "2008-11-22"}, "subject_birth_date", "Người từ đủ 18 tuổi tự xin phiếu, hoặc ủy quyền xin phiếu số 1."),
    (RECORD, "", {"father_birth_date": "1991"}, "father_birth_date", "Ngày sinh của cha phải trước ngày sinh của người được cấp phiếu."),
    (RECORD, "", {"has_conviction": True}, "conviction_detail", "Nhập bản án, tòa án và ngày tuyên án."),
    (RECORD, "", {"requester_birth_date": "1900-05-05", "father_birth_date": "1860"}, "requester_birth_date", "Xem lại ngày sinh: người này đã quá 120 tuổi."),
    (COPIES, "", {"papers": GONE}, "papers", "Thêm ít nhất một người hoặc một mục: danh sách giấy tờ."),
    (COPIES, "", {"papers": [{"paper_name": "Bằng", "pages": 0, "copies": 1}]}, "papers.0.pages", "Số trang của bản chính phải từ 1 đến 2.000. Bạn đã gõ 0."),
    (RECOGNITION, "", {"parent_national_id": WOMAN_NUMBER}, "parent_national_id", "Cha và mẹ đang khai cùng một người. Xem lại số định danh."),
    (RECOGNITION, "", {"child_birth_date": "1990-01-01"}, "child_birth_date", "Ngày sinh của trẻ phải sau ngày sinh của cha, mẹ."),
    (RECOGNITION, "", {"copies": 0, "recognition_copies": 0}, "copies", "Số bản sao cần từ 1 trở lên, hoặc chọn không nhận bản sao."),
    (RECOGNITION, "cam_doan", {"witnesses": [{"witness_name": "Bông", "witness_national_id": WOMAN_NUMBER, "witness_address": "Xã"}, {"witness_name": "Ba", "witness_national_id": GIRL_NUMBER, "witness_address": "Xã"}]}, "witnesses.0.witness_national_id", "Cha hoặc mẹ của trẻ không làm chứng cho việc này được."),
    (RECOGNITION, "cam_doan", {"witnesses": [{"witness_name": "Ba", "witness_national_id": GIRL_NUMBER, "witness_address": "Xã"}]}, "witnesses", "Phần này cần ít nhất 2 dòng."),
    (BIRTH_AGAIN, "", {"person_birth_date": "2016-01-01", "old_date": GONE, "person_national_id": GONE}, "person_birth_date", "Sinh từ ngày 01/01/2016 thì sổ đã có trên máy. Hãy xin bản sao."),
    (BIRTH_AGAIN, "", MOTHER_OF_NOBODY, "father_known", "Ghi ít nhất cha hoặc mẹ. Không rõ cả hai thì hỏi cán bộ tại quầy."),
    (BIRTH_AGAIN, "", {"old_date": "1989"}, "old_date", "Ngày đăng ký không thể trước ngày sinh."),
    (BUNDLE, "", {"child_birth_date": "2020-11-22"}, "child_birth_date", "Trẻ từ đủ 6 tuổi thì làm riêng từng thủ tục."),
    (BUNDLE, "", {"father_national_id": WOMAN_NUMBER}, "father_national_id", "Cha và mẹ đang khai cùng một người. Xem lại số định danh."),
    (BUNDLE, "", {"parents_known": "mother_only"}, "residence_with", "Trẻ chỉ thường trú cùng người cha đã khai ở trên."),
    (BUNDLE, "", {"residence_with": "nguoi_khac"}, "host_agrees", "Đọc rồi đánh dấu vào ô này thì mới nộp được hồ sơ."),
    (SIGNATURE, "", {"requester_birth_date": "1900-01-01"}, "requester_birth_date", "Xem lại ngày sinh: người này đã quá 120 tuổi."),
    (DEED, "", {"deed_copies": 1}, "deed_copies", "Số bản hợp đồng phải từ 2 đến 20. Bạn đã gõ 1."),
    (DEED, "", {"receivers": GONE}, "receivers", "Thêm ít nhất một người hoặc một mục: bên nhận."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "case", "changes", "path", "message"), BAD)
def test_it_refuses_and_says_why(
    code: str, case: str, changes: dict[str, Any], path: str, message: str
) -> None:
    assert message in clean(code, changes, case).errors.get(path, [])


def test_a_wrong_sex_or_year_in_the_number_is_only_a_warning() -> None:
    cleaned = clean(MARRIAGE, {"first_national_id": "092095001234"})
    assert cleaned.errors == {}
    assert list(cleaned.warnings) == ["first_national_id"]


# ---------- parties ----------

SELF = {
    "relation": "chinh_toi",
    "requester_birth_date": "1990-08-15",
    "requester_gender": "nam",
    "requester_ethnicity": "kinh",
    "requester_nationality": "VN",
}
ORG = {
    "org_name": "Phòng Giáo dục Minh Họa",
    "org_address": ANSWERS[DEATH]["requester_address"],
    "org_reason": "Xét tuyển học sinh.",
}
PASSPORT = {
    "requester_id_kind": "giay_khac",
    "requester_national_id": GONE,
    "requester_nationality": "FR",
    "requester_paper": {
        "type": "passport",
        "number": "FR123456",
        "issued_on": "2024-01-02",
        "issued_by": "Paris",
        "country": "FR",
    },
}
CHILD_RECORD = {
    "relation": "con_chua_thanh_nien",
    "subject_name": "Trần An",
    "subject_birth_date": "2012-03-04",
    "subject_gender": "nam",
    "subject_ethnicity": "kinh",
    "subject_nationality": "VN",
    "subject_id_kind": "so_dinh_danh",
    "subject_national_id": "092212000777",
    "subject_address": ANSWERS[DEATH]["requester_address"],
}
PARTIES: list[tuple[str, str, dict[str, Any], list[tuple[str, str, str, str]]]] = [
    (MARRIAGE, "", {}, [("owner", "person", "Lý Thị Bông", WOMAN_NUMBER), ("owner", "person", "Y Blăm Niê", MAN_NUMBER)]),
    (DEATH, "", {}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER), ("deceased", "person", "Trần Văn Bến", OLD_MAN_NUMBER)]),
    (DEATH, "", {"deceased_id_kind": "khong_ro", "deceased_national_id": GONE}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER), ("deceased", "person", "Trần Văn Bến", "")]),
    (EXTRACT, "", {}, [("owner", "person", "Trần Thị Mười", "092166000333"), ("representative", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (EXTRACT, "uy_quyen", {}, [("owner", "person", "Trần Thị Mười", "092166000333"), ("representative", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (EXTRACT, "", {**SELF, "record_date": "2020"}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (EXTRACT, "", {"record_kind": "khai_tu"}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER), ("deceased", "person", "Trần Thị Mười", "092166000333")]),
    (EXTRACT, "uy_quyen", {"record_kind": "khai_tu"}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER), ("deceased", "person", "Trần Thị Mười", "092166000333")]),
    (EXTRACT, "co_quan", ORG, [("owner", "organisation", "Phòng Giáo dục Minh Họa", ""), ("representative", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (CHANGE, "", {}, [("owner", "person", "Nguyễn Ngọc Anh", GIRL_NUMBER), ("representative", "person", "Lý Thị Bông", WOMAN_NUMBER)]),
    (CHANGE, "", {**SELF, "requester_gender": "nu", "requester_birth_date": "1995-03-08"}, [("owner", "person", "Lý Thị Bông", WOMAN_NUMBER)]),
    (RECORD, "", {}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (RECORD, "", PASSPORT, [("owner", "foreigner", "Trần Văn Sông", "FR123456")]),
    (RECORD, "", {**CHILD_RECORD, "father_birth_date": "1980"}, [("owner", "person", "Trần An", "092212000777"), ("representative", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (COPIES, "", {}, [("owner", "person", "Hờ A Páo", "")]),
    (RECOGNITION, "", {}, [("owner", "person", "Trần Bảo An", ""), ("representative", "person", "Lý Thị Bông", WOMAN_NUMBER), ("representative", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (BIRTH_AGAIN, "", {}, [("owner", "person", "Trần Văn Sông", MAN_NUMBER)]),
    (BUNDLE, "", {}, [("owner", "person", "Trần Bảo An", ""), ("representative", "person", "Lý Thị Bông", WOMAN_NUMBER), ("household_member", "person", "Trần Văn Bến", OLD_MAN_NUMBER)]),
    (SIGNATURE, "", {}, [("owner", "person", "Hờ A Páo", "092070000444")]),
    (DEED, "", {}, [("owner", "person", "Trần Văn Bến", OLD_MAN_NUMBER), ("owner", "person", "Trần Thị Mười", "092150000555"), ("co_owner", "person", "Trần Văn Sông", MAN_NUMBER)]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "case", "changes", "expected"), PARTIES)
def test_it_names_exactly_these_people(
    code: str, case: str, changes: dict[str, Any], expected: list[tuple[str, str, str, str]]
) -> None:
    found = parties_of(code, changes, case)
    assert [
        (party.role, party.kind, party.name, party.identity.get("number", "")) for party in found
    ] == expected


def test_both_who_marry_are_equal_and_both_must_agree() -> None:
    first, second = parties_of(MARRIAGE)
    assert content_of(MARRIAGE).all_owners_consent
    assert (first.birth_date, first.gender, first.ethnicity) == ("1995-03-08", "nu", "01")
    assert (second.birth_date, second.gender, second.ethnicity) == ("1990-08-15", "nam", "12")
    sides = [
        [field.key.removeprefix(side) for field in form_of(MARRIAGE).get_page(side).fields]
        for side in ("first", "second")
    ]
    assert sides[0] == sides[1]


# ---------- levels, limits, money ----------


@pytest.mark.parametrize(
    ("code", "case", "level", "limit"),
    [
        ("1.001193", "co_giay_chung_sinh", 4, "Trong ngày"),
        (MARRIAGE, "trong_nuoc", 3, "Trong ngày"),
        (DEATH, "chet_da_lau", 4, "Trong ngày"),
        (RECOGNITION, "cam_doan", 3, "3 ngày làm việc"),
        (CHANGE, "cai_chinh", 3, "3 ngày làm việc"),
        (CHANGE, "thay_doi", 3, "3 ngày làm việc"),
        (CHANGE, "bo_sung", 3, "Trong ngày"),
        (BIRTH_AGAIN, "con_ban_sao", 2, "5 ngày làm việc"),
        (EXTRACT, "ca_nhan", 4, "Trong ngày"),
        (BUNDLE, "co_giay_chung_sinh", 3, "20 ngày"),
        (COPIES, "", 2, "Trong ngày"),
        (SIGNATURE, "", 2, "Trong ngày"),
        (DEED, "dat_nha", 2, "2 ngày làm việc"),
        (RECORD, "muc_chung", 4, "10 ngày"),
        ("1.014061", "da_co_du_lieu", 1, "7 ngày làm việc"),
        ("1.001456", "lan_dau", 1, "8 ngày làm việc"),
    ],
)
def test_levels_and_limits(code: str, case: str, level: int, limit: str) -> None:
    content = content_of(code)
    assert (content.level, str(content.limit_for(case, None))) == (level, limit)


FEES: list[tuple[str, str, str, dict[str, Any], dict[str, int]]] = [
    (MARRIAGE, "trong_nuoc", "online", {"copies": 2}, {"after": 16_000}),
    (MARRIAGE, "trong_nuoc", "desk", {}, {"none": 0}),
    (DEATH, "dung_han", "online", {}, {"none": 0}),
    (DEATH, "dung_han", "online", {"copies": 3}, {"after": 24_000}),
    (DEATH, "qua_han", "desk", {"copies": 1}, {"after": 16_000}),
    (DEATH, "chet_da_lau", "online", {}, {"after": 8_000}),
    (EXTRACT, "ca_nhan", "online", {"copies": 1}, {"before": 8_000}),
    (EXTRACT, "co_quan", "desk", {"copies": 50}, {"before": 400_000}),
    (CHANGE, "cai_chinh", "online", {}, {"before": 15_000, "none": 0}),
    (CHANGE, "thay_doi", "desk", {"copies": 2}, {"before": 15_000, "after": 16_000}),
    (RECORD, "muc_chung", "online", {"copies": 1}, {"before": 200_000}),
    (RECORD, "muc_chung", "desk", {"copies": 2}, {"before": 200_000}),
    (RECORD, "muc_chung", "online", {"copies": 4}, {"before": 210_000}),
    (RECORD, "duoc_giam", "online", {"copies": 3}, {"before": 105_000}),
    (RECORD, "duoc_mien", "online", {"copies": 1}, {"none": 0}),
    (COPIES, "", "desk", {"papers": [{"pages": 1, "copies": 1}]}, {"before": 2_000}),
    (COPIES, "", "desk", {"papers": [{"pages": 2, "copies": 3}, {"pages": 5, "copies": 1}]}, {"before": 19_000}),
    (COPIES, "", "desk", {"papers": [{"pages": 2_000, "copies": 2}]}, {"before": 400_000}),
    (RECOGNITION, "cam_doan", "online", {"copies": 2, "recognition_copies": 1}, {"before": 15_000, "after": 24_000}),
    (BIRTH_AGAIN, "con_ban_sao", "desk", {"copies": 1}, {"before": 8_000, "after": 8_000}),
    (BUNDLE, "co_giay_chung_sinh", "online", {}, {"none": 0}),
    (SIGNATURE, "", "desk", {"papers": [{"copies": 2}, {"copies": 1}]}, {"before": 30_000}),
    (DEED, "dat_nha", "desk", {}, {"before": 50_000}),
    ("1.014061", "da_co_du_lieu", "desk", {}, {"none": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "case", "channel", "answers", "owed"), FEES)
def test_what_is_owed(
    code: str, case: str, channel: str, answers: dict[str, Any], owed: dict[str, int]
) -> None:
    fees = content_of(code).assess(case=case or None, channel=channel, answers=answers, on=ON)
    assert {fee.mode: fee.amount for fee in fees} == owed
    assert all(line.explanation for fee in fees for line in fee.lines)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (DEATH, "le_phi_khai_tu"),
        (CHANGE, "le_phi_thay_doi"),
        (RECOGNITION, "le_phi_nhan_con"),
        (BIRTH_AGAIN, "le_phi_dang_ky_lai"),
    ],
)
def test_charges_of_the_council_are_labelled_as_demo(code: str, key: str) -> None:
    charged = [rule for rule in content_of(code).fees if rule.key == key and rule.amount]
    assert charged
    assert all(rule.illustrative for rule in charged)
