"""The e-forms of residence, land, building, business and military service: what they take and refuse."""

from datetime import date
from typing import Any

import pytest

from procedures.blank_form import build_blank_form
from procedures.formschema.answers import clean_answers
from tests.factories.answers_land import (
    CHILD_AWAY,
    COMPANY,
    DIVORCED,
    DORMITORY,
    GIFT,
    HOUSE,
    INHERITANCE,
    LAND_FOR_ROAD,
    NEW_HOUSEHOLD,
    ON_BAIL,
    OWN_HOME,
    PAGODA_LAND,
    PIPELINE,
    RECRUIT,
    REPAIR,
    ROOM,
    SALE_TO_COMPANY,
    SAMPLES,
    SHOP_INHERITED,
    SHOP_MEMBERS,
    SHOP_MOVES,
    SUBSIDIARY,
    WITH_PARENTS,
)
from tests.factories.samples import Sample
from tests.procedures.shipped import content_of, form_of

ON = date(2026, 3, 2)
ONLINE_CODES = sorted({sample.code for sample in SAMPLES} - {"1.012753", "1.013229"})
samples = pytest.mark.parametrize("sample", SAMPLES, ids=str)


@samples
def test_every_case_is_a_case_of_the_procedure(sample: Sample) -> None:
    assert content_of(sample.code).case_or_none(sample.case) is not None


@samples
def test_the_blank_form_can_be_printed(sample: Sample) -> None:
    assert len(build_blank_form(content_of(sample.code), sample.case).sections) >= 2


def _first(sample: Sample, group: str, **changes: Any) -> dict[str, Any]:
    """The group with its first row changed."""
    return {group: [{**sample.answers[group][0], **changes}]}


BAD: list[tuple[Sample, dict[str, Any], str, str]] = [
    (OWN_HOME, {"declarant_name": ""}, "declarant_name", "Nhập họ, chữ đệm và tên của bạn."),
    (OWN_HOME, {"declarant_national_id": "123456789"}, "declarant_national_id", "chứng minh nhân dân cũ"),
    (OWN_HOME, {"declarant_birth_date": "31/2/1990"}, "declarant_birth_date", "chỉ có 28 ngày"),
    (OWN_HOME, {"new_address": {"province": "92"}}, "new_address.commune", "Chọn xã, phường"),
    (OWN_HOME, {"members": []}, "members", "Thêm ít nhất một người"),
    (OWN_HOME, {"who_moves": None}, "who_moves", "Trả lời câu này"),
    (OWN_HOME, {"has_minor": None}, "has_minor", "Chọn Có hoặc Không"),
    (OWN_HOME, {"guardian_name": None}, "guardian_name", "cha, mẹ hoặc người giám hộ"),
    (
        OWN_HOME,
        _first(OWN_HOME, "members", member_national_id="092090005678"),
        "members.0.member_national_id",
        "Người này là người khai",
    ),
    (
        OWN_HOME,
        {"has_minor": False, **_first(OWN_HOME, "members", member_birth_date="2015-01-02")},
        "members.0.member_birth_date",
        "dưới 18 tuổi",
    ),
    (
        OWN_HOME,
        _first(OWN_HOME, "members", member_birth_date="2030-01-02"),
        "members.0.member_birth_date",
        "chưa đến",
    ),
    (WITH_PARENTS, {"head_national_id": "092090005678"}, "head_national_id", "Số này là của người khai"),
    (WITH_PARENTS, {"relation_detail": None}, "relation_detail", "Nhập quan hệ cụ thể"),
    (WITH_PARENTS, {"home_owner_name": "Chủ nhà 1"}, "home_owner_name", "Tên không có chữ số"),
    (WITH_PARENTS, {"home_owner_opinion": "mieng"}, "home_owner_opinion", "không có ở đây"),
    (
        WITH_PARENTS,
        {"declarant_birth_date": "2010-01-01"},
        "has_minor",
        "cha, mẹ hoặc người giám hộ phải đồng ý",
    ),
    (ROOM, {"stays_until": "2026-02-01"}, "stays_until", "đã qua"),
    (ROOM, {"stays_from": "2027-03-01"}, "stays_until", "Ngày rời đi phải sau"),
    (ROOM, {"reason_detail": None}, "reason_detail", "Nhập lý do cụ thể"),
    (ROOM, {"home_kind": None}, "home_kind", "Chỗ ở này là của ai?"),
    (DORMITORY, {"people": 0}, "people", "từ 1 đến 1.000"),
    (DORMITORY, {"people": "nhiều"}, "people", "Ghi bằng chữ số"),
    (DORMITORY, {"organisation_name": None}, "organisation_name", "Nhập tên cơ quan"),
    (NEW_HOUSEHOLD, {"declarant_birth_date": "2010-01-01"}, "declarant_birth_date", "từ đủ 18 tuổi"),
    (NEW_HOUSEHOLD, {"head_national_id": "092090005678"}, "head_national_id", "Số này là của bạn"),
    (NEW_HOUSEHOLD, {"home_owner_opinion": None}, "home_owner_opinion", "Trả lời câu này"),
    (DIVORCED, {"divorced_on": "2026-11-20"}, "divorced_on", "chưa đến"),
    (DIVORCED, {"court": None}, "court", "Nhập tòa án"),
    (CHILD_AWAY, {"absent_until": "2026-04-01"}, "absent_until", "Ngày về phải sau ngày đi."),
    (CHILD_AWAY, {"absent_national_id": "092090005678"}, "absent_national_id", "của người khai"),
    (CHILD_AWAY, {"destination": {"province": "99"}}, "destination.line", "Ghi địa chỉ ở nước ngoài"),
    (ON_BAIL, {"declarant_birth_date": "2010-01-01"}, "declarant_birth_date", "khai thay"),
    (ON_BAIL, {"supervisor": None}, "supervisor", "Nhập cơ quan giám sát"),
    (GIFT, {"portion_area": 500}, "portion_area", "phải nhỏ hơn diện tích thửa đất"),
    (GIFT, {"portion_area": None}, "portion_area", "Nhập diện tích chuyển"),
    (GIFT, {"plot_area": "1,234"}, "plot_area", "tối đa 2 chữ số sau dấu phẩy"),
    (GIFT, {"contract_on": "2010-01-01"}, "contract_on", "Hợp đồng không thể lập trước ngày cấp sổ."),
    (GIFT, {"contract_on": "2026-05-01"}, "contract_on", "chưa đến"),
    (GIFT, {"givers": []}, "givers", "Thêm ít nhất một người"),
    (GIFT, {"co_receivers": None}, "co_receivers", "Thêm ít nhất một người"),
    (GIFT, {"kinship": None}, "kinship", "Trả lời câu này"),
    (GIFT, {"receiver_birth_date": "2015"}, "by_representative", "cần người đại diện"),
    (GIFT, {"receiver_identity": {"type": "none"}}, "receiver_identity.type", "không dùng được ở đây"),
    (GIFT, {"certificate_number": None}, "certificate_number", "Nhập số phát hành"),
    (GIFT, {"oath": False}, "oath", "đánh dấu"),
    (GIFT, {"givers": [{"giver_name": "Bảy"}] * 21}, "givers", "tối đa 20 dòng"),
    (SALE_TO_COMPANY, {"price": 0}, "price", "từ 1 trở lên"),
    (SALE_TO_COMPANY, {"organisation_tax_code": "12"}, "organisation_tax_code", "10, 12 hoặc 13"),
    (INHERITANCE, {"contract_number": None}, "contract_number", "Nhập số công chứng"),
    (LAND_FOR_ROAD, {"public_purpose": None}, "public_purpose", "Trả lời câu này"),
    (PAGODA_LAND, {"origin_detail": None}, "origin_detail", "Nhập nguồn gốc cụ thể"),
    (PAGODA_LAND, {"asset_list": None}, "asset_list", "Thêm ít nhất"),
    (HOUSE, {"ground_area": 130}, "ground_area", "không lớn hơn diện tích lô đất"),
    (HOUSE, {"floor_area": 60}, "floor_area", "không nhỏ hơn diện tích tầng 1"),
    (HOUSE, {"floors": 61}, "floors", "từ 1 đến 60"),
    (HOUSE, {"leads": [{"lead_discipline": "Điện"}]}, "leads.0.lead_name", "Nhập họ và tên người chủ trì"),
    (PIPELINE, {"route_length": None}, "route_length", "Nhập tổng chiều dài"),
    (PIPELINE, {"works_kind": None}, "works_kind", "Nhập loại công trình"),
    (REPAIR, {"repair_detail": ""}, "repair_detail", "Trả lời câu này"),
    (SHOP_MOVES, {"changes": []}, "changes", "Trả lời câu này"),
    (SHOP_MOVES, {"changes": ["mau_son"]}, "changes", "Chọn lại"),
    (SHOP_MOVES, {"new_lines": None}, "new_lines", "Thêm ít nhất"),
    (SHOP_MOVES, {"owner_birth_date": "2010-01-01"}, "owner_birth_date", "từ đủ 18 tuổi"),
    (
        SHOP_INHERITED,
        {"old_owner_national_id": "092090005678"},
        "old_owner_national_id",
        "hai người khác nhau",
    ),
    (
        SHOP_MEMBERS,
        _first(SHOP_MEMBERS, "members", member_national_id="092090005678"),
        "members.0.member_national_id",
        "Người này là chủ hộ",
    ),
    (SHOP_MEMBERS, {"adds_member": False}, "members.0.member_change", "Hãy chọn “Có”"),
    (COMPANY, {"owner_birth_date": "2010-01-01"}, "owner_birth_date", "từ đủ 18 tuổi"),
    (COMPANY, {"capital": "nhiều"}, "capital", "Ghi bằng chữ số"),
    (COMPANY, {"business_lines": None}, "business_lines", "Thêm ít nhất"),
    (
        COMPANY,
        _first(COMPANY, "beneficial_owners", beneficial_share=101),
        "beneficial_owners.0.beneficial_share",
        "từ 1 đến 100",
    ),
    (COMPANY, {"starts_on": "2026-01-01"}, "starts_on", "đã qua"),
    (SUBSIDIARY, {"representative_birth_date": "2010-01-01"}, "representative_birth_date", "từ đủ 18 tuổi"),
    (SUBSIDIARY, {"owner_kind": None}, "owner_kind", "Ai là chủ sở hữu?"),
    (RECRUIT, {"birth_date": "2015-01-01"}, "birth_date", "chưa đến tuổi"),
    (RECRUIT, {"gender": "nu"}, "gender", "dành cho nam"),
    (RECRUIT, {"height": 17}, "height", "từ 100 đến 230"),
    (RECRUIT, {"disease_detail": None}, "disease_detail", "Nhập tên bệnh"),
]


@pytest.mark.parametrize(
    ("sample", "changes", "path", "words"), BAD, ids=[f"{row[0]}-{row[2]}-{n}" for n, row in enumerate(BAD)]
)
def test_what_is_wrong_is_told_where_it_stands(
    sample: Sample, changes: dict[str, Any], path: str, words: str
) -> None:
    answers = {**sample.answers, **changes}
    errors = clean_answers(form_of(sample.code), answers, on=ON, case=sample.case).errors
    assert words in " ".join(errors.get(path, ())), errors


@pytest.mark.parametrize(
    ("case", "words"),
    [("nam_tu_18", "chưa đủ 18 tuổi"), ("nu_tinh_nguyen", "Nữ tình nguyện phải từ đủ 18 tuổi")],
)
def test_the_case_of_a_recruit_follows_age(case: str, words: str) -> None:
    errors = clean_answers(form_of(RECRUIT.code), RECRUIT.answers, on=ON, case=case).errors
    assert words in " ".join(errors["birth_date"])


PAPERS: list[tuple[Sample, set[str], set[str]]] = [
    (OWN_HOME, set(), {"file_hop_dong_thue"}),
    (WITH_PARENTS, set(), {"file_van_ban_dong_y"}),
    (ROOM, {"file_van_ban_dong_y"}, {"file_danh_sach"}),
    (DORMITORY, {"file_danh_sach", "file_to_khai_tung_nguoi"}, {"file_van_ban_dong_y"}),
    (NEW_HOUSEHOLD, {"file_van_ban_dong_y"}, {"file_giay_tiep_tuc_o"}),
    (DIVORCED, {"file_giay_tiep_tuc_o"}, {"file_van_ban_dong_y"}),
    (ON_BAIL, {"file_van_ban_giam_sat"}, set()),
    (
        GIFT,
        {
            "file_giay_chung_nhan",
            "file_hop_dong",
            "file_thoa_thuan_chung",
            "file_ban_ve_tach_thua",
            "file_manh_trich_do",
        },
        {"file_dong_y_the_chap", "file_van_ban_dai_dien"},
    ),
    (
        SALE_TO_COMPANY,
        {"file_dong_y_the_chap", "file_giay_chung_nhan", "file_hop_dong"},
        {"file_ban_ve_tach_thua"},
    ),
    (LAND_FOR_ROAD, {"file_van_ban_tang_cong_dong", "file_giay_chung_nhan"}, {"file_hop_dong"}),
    (SHOP_INHERITED, {"file_giay_chung_tu", "file_van_ban_cu_chu_ho"}, {"file_bien_ban_hop_nhom"}),
    (SHOP_MEMBERS, {"file_van_ban_thanh_vien_moi"}, {"file_giay_chung_tu"}),
    (SUBSIDIARY, {"file_dieu_le", "file_cam_ket_xa_hoi", "file_van_ban_cu_dai_dien"}, {"file_giay_hkd"}),
]


@pytest.mark.parametrize(("sample", "wanted", "spared"), PAPERS, ids=[str(row[0]) for row in PAPERS])
def test_only_the_papers_of_the_case_are_asked_for(
    sample: Sample, wanted: set[str], spared: set[str]
) -> None:
    errors = clean_answers(form_of(sample.code), sample.answers, on=ON, case=sample.case, files=()).errors
    assert wanted <= set(errors)
    assert not spared & set(errors)


@pytest.mark.parametrize("code", ONLINE_CODES)
def test_papers_to_hand_in_have_their_place(code: str) -> None:
    content, form = content_of(code), form_of(code)
    files = {field.requirement for field in form.fields() if field.type == "file"}
    wanted = {p.key for p in content.requirements if p.is_submitted and p.required and not p.filled_online}
    assert wanted <= files
