"""Full, valid answers for the e-forms of residence, land, building, business and military service."""

from typing import Any

from tests.factories.samples import Sample

HOME = {"province": "92", "commune": "31120", "line": "Số 2, đường Hòa Bình"}
VILLAGE = {"province": "92", "commune": "31120", "village": "Ấp Bến Đò"}
Answers = dict[str, Any]


def _citizen(number: str) -> dict[str, str]:
    return {"type": "citizen_id", "number": number}


def _member(name: str, born: str, gender: str, number: str, relation: str) -> Answers:
    return {
        "member_name": name, "member_birth_date": born, "member_gender": gender,
        "member_national_id": number, "member_relation": relation,
    }  # fmt: skip


SONG: Answers = {
    "declarant_name": "Trần Văn Sông",
    "declarant_birth_date": "1990-08-15",
    "declarant_gender": "nam",
    "declarant_national_id": "092090005678",
    "declarant_phone": "+84912345678",
    "declarant_email": "song@dan.example",
}
SONG_OWNS = ("owner", "person", "Trần Văn Sông")
SONG_SPEAKS = ("representative", "person", "Trần Văn Sông")
OLD_MAN = ("co_owner", "person", "Lê Văn Bảy")
OLD_WOMAN = ("co_owner", "person", "Nguyễn Thị Tám")

OWN_HOME = Sample(
    "1.004222",
    "so_huu",
    {
        **SONG, "who_moves": "ca_nha", "new_address": HOME, "old_address": VILLAGE, "head_is": "toi",
        "members": [
            _member("Nguyễn Thị Mây", "1992-03-04", "nu", "092192001111", "vo"),
            _member("Trần Bảo An", "2019-05-06", "nu", "092319002222", "con"),
        ],
        "has_minor": True, "guardian_name": "Trần Văn Sông", "guardian_national_id": "092090005678", "oath": True,
    },
    (
        SONG_OWNS,
        ("household_member", "person", "Nguyễn Thị Mây"),
        ("household_member", "person", "Trần Bảo An"),
        SONG_SPEAKS,
    ),
)  # fmt: skip

WITH_PARENTS = Sample(
    "1.004222",
    "nguoi_than",
    {
        **SONG, "who_moves": "toi", "new_address": HOME, "head_is": "nguoi_khac", "head_name": "Trần Văn Suối",
        "head_national_id": "092060003333", "relation_to_head": "khac", "relation_detail": "Con rể",
        "request_detail": "Chuyển từ tỉnh khác về.", "has_minor": False, "head_opinion": "vneid",
        "home_owner_opinion": "vneid", "home_owner_name": "Trần Văn Suối",
        "home_owner_national_id": "092060003333", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

ROOM = Sample(
    "1.004194",
    "ca_nhan",
    {
        **SONG, "permanent_address": VILLAGE, "new_address": HOME, "reason": "khac", "reason_detail": "Chữa bệnh",
        "stays_from": "2026-03-01", "stays_until": "2027-03-01", "who_moves": "nguoi_nha", "head_is": "nguoi_khac",
        "head_name": "Phạm Thị Trọ", "head_national_id": "092175004444", "relation_to_head": "o_nho",
        "members": [_member("Trần Văn Nguồn", "1960-01-02", "nam", "092060005555", "o_nho")],
        "has_minor": False, "head_opinion": "van_ban", "home_kind": "thue_muon", "home_owner_name": "Phạm Thị Trọ",
        "home_owner_opinion": "vneid", "home_owner_national_id": "092175004444", "oath": True,
    },
    (SONG_OWNS, ("household_member", "person", "Trần Văn Nguồn")),
)  # fmt: skip

DORMITORY = Sample(
    "1.004194",
    "danh_sach",
    {
        **SONG, "organisation_name": "Ký túc xá Trường Cao đẳng Sông Mây", "organisation_tax_code": "9900000016",
        "people": 40, "new_address": HOME, "reason": "hoc_tap", "stays_from": "2026-03-01",
        "stays_until": "2026-12-31", "oath": True,
    },
    (("owner", "organisation", "Ký túc xá Trường Cao đẳng Sông Mây"), SONG_SPEAKS),
)  # fmt: skip

NEW_HOUSEHOLD = Sample(
    "1.010038",
    "cung_cho_o",
    {
        **SONG, "address": HOME, "head_name": "Trần Văn Suối", "head_national_id": "092060003333",
        "relation_to_head": "con", "who_splits": "nhieu_nguoi", "new_head": "toi",
        "members": [_member("Nguyễn Thị Mây", "1992-03-04", "nu", "092192001111", "vo")],
        "head_opinion": "vneid", "home_owner_name": "Trần Văn Suối", "home_owner_opinion": "van_ban", "oath": True,
    },
    (SONG_OWNS, ("household_member", "person", "Nguyễn Thị Mây")),
)  # fmt: skip

DIVORCED = Sample(
    "1.010038",
    "ly_hon",
    {
        **SONG, "address": HOME, "head_name": "Nguyễn Thị Mây", "head_national_id": "092192001111",
        "relation_to_head": "chong", "who_splits": "toi", "divorced_on": "2025-11-20",
        "court": "Tòa án nhân dân khu vực 1", "decision_number": "12/2025/QĐST-HNGĐ", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

CHILD_AWAY = Sample(
    "1.003677",
    "di_lau_ngay",
    {
        **SONG, "absent_is": "con", "absent_name": "Trần Bảo Bình", "absent_birth_date": "2010-02-03",
        "absent_national_id": "092210006666", "home_address": HOME,
        "destination": {"province": "99", "line": "Tokyo, Nhật Bản"}, "absent_from": "2026-04-01",
        "absent_until": "2027-06-01", "reason": "Đi học", "oath": True,
    },
    (("owner", "person", "Trần Bảo Bình"), SONG_SPEAKS),
)  # fmt: skip

ON_BAIL = Sample(
    "1.003677",
    "bi_can",
    {
        **SONG, "absent_is": "toi", "home_address": HOME, "destination": VILLAGE, "absent_from": "2026-03-05",
        "absent_until": "2026-03-09", "reason": "Chịu tang", "supervisor": "Công an khu vực", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

_RECEIVER: Answers = {
    "receiver_kind": "ca_nhan", "receiver_name": "Lê Thị Út", "receiver_birth_date": "1988-09-10",
    "receiver_identity": _citizen("092188007777"), "receiver_address": HOME, "receiver_phone": "+84987654321",
}  # fmt: skip
_GIVERS = [
    {
        "giver_name": "Lê Văn Bảy", "giver_birth_date": "1948", "giver_identity": _citizen("092048008888"),
        "giver_address": VILLAGE, "giver_phone": "+84912000111",
    },
    {"giver_name": "Nguyễn Thị Tám", "giver_birth_date": "1950", "giver_identity": _citizen("092150009999")},
]  # fmt: skip
_PLOT: Answers = {
    "certificate_number": "CT 01234567", "register_number": "CS 00123", "certificate_on": "2015-06-07",
    "plot": "125", "map_sheet": "17", "plot_area": 500, "plot_address": VILLAGE, "land_use": "vuon_ao",
}  # fmt: skip
_DEED: Answers = {
    "contract_number": "0456/2026", "contract_on": "2026-02-20", "contract_place": "UBND phường Ninh Kiều",
    "wants_new_certificate": "cap_moi",
}  # fmt: skip

GIFT = Sample(
    "1.013831",
    "tang_cho",
    {
        **_RECEIVER, **_PLOT, **_DEED, "has_co_receivers": True,
        "co_receivers": [{
            "co_name": "Võ Văn Rể", "co_birth_date": "1985-01-02", "co_identity": _citizen("092085001212"),
            "co_address": HOME,
        }],
        "one_certificate": True, "givers": _GIVERS, "has_house": True, "house_detail": "Nhà cấp IV, 80 m²",
        "portion": "mot_phan", "portion_area": 200.5, "kinship": "con", "is_mortgaged": False,
        "measures_again": True, "change_note": "Cha mẹ cho con đất cất nhà.", "by_representative": False,
        "oath": True,
    },
    (("owner", "person", "Lê Thị Út"), ("co_owner", "person", "Võ Văn Rể"), OLD_MAN, OLD_WOMAN),
)  # fmt: skip

SALE_TO_COMPANY = Sample(
    "1.013831",
    "chuyen_nhuong",
    {
        **_RECEIVER, **_PLOT, **_DEED, "receiver_kind": "to_chuc",
        "organisation_name": "Công ty TNHH Bến Mây", "organisation_tax_code": "9900000023",
        "representative_title": "Giám đốc", "givers": _GIVERS[:1], "has_house": False, "portion": "toan_bo",
        "price": 1_500_000_000, "is_mortgaged": True, "oath": True,
    },
    (("owner", "organisation", "Công ty TNHH Bến Mây"), ("representative", "person", "Lê Thị Út"), OLD_MAN),
)  # fmt: skip

INHERITANCE = Sample(
    "1.013831",
    "thua_ke",
    {
        **_RECEIVER, **_PLOT, **_DEED, "has_co_receivers": False,
        "givers": [{"giver_name": "Lê Văn Bảy", "giver_birth_date": "1948"}],
        "has_house": False, "portion": "toan_bo", "kinship": "con", "oath": True,
    },
    (("owner", "person", "Lê Thị Út"), ("deceased", "person", "Lê Văn Bảy")),
)  # fmt: skip

LAND_FOR_ROAD = Sample(
    "1.013831",
    "tang_cho_cong_dong",
    {
        **_PLOT, "givers": _GIVERS, "has_house": False, "portion": "mot_phan", "portion_area": 30,
        "public_purpose": "lam_duong", "oath": True,
    },
    (("owner", "person", "Lê Văn Bảy"), ("owner", "person", "Nguyễn Thị Tám")),
)  # fmt: skip

PAGODA_LAND = Sample(
    "1.012753",
    "cap_giay",
    {
        "organisation_name": "Chùa Sông Mây", "establishment": "Quyết định 12/QĐ-UBND ngày 01/02/1995",
        "organisation_address": HOME, "representative_name": "Lê Văn Thiện",
        "representative_national_id": "092060001313", "representative_phone": "+84912000222",
        "plot_area": 1200, "plot_address": HOME, "land_use": "Cơ sở tôn giáo", "used_since": "1975",
        "origin": "khac", "origin_detail": "Đất hiến trước năm 1975", "has_assets": True,
        "asset_list": [{"asset_name": "Chính điện", "asset_area": 300, "asset_floors": 1}], "oath": True,
    },
    (("owner", "organisation", "Chùa Sông Mây"), ("representative", "person", "Lê Văn Thiện")),
)  # fmt: skip

_BUILDER: Answers = {
    "owner_kind": "chu_ho", "owner_name": "Trần Văn Sông", "owner_national_id": "092090005678",
    "owner_phone": "+84912345678", "owner_address": HOME,
}  # fmt: skip
HOUSE = Sample(
    "1.013225",
    "nha_o",
    {
        **_BUILDER, "plot": "Thửa 12, tờ bản đồ 3", "plot_area": 120, "site_address": HOME, "months": 12,
        "designer_kind": "to_chuc", "designer_name": "Công ty Thiết kế Mây", "designer_tax_code": "9900000030",
        "design_lead": "Nguyễn Văn Họa", "design_licence": "BXD-00012345",
        "leads": [{"lead_discipline": "Kết cấu", "lead_name": "Y Blăm", "lead_licence": "BXD-00054321"}],
        "is_verified": True, "verifier_name": "Công ty Thẩm tra Sông", "verifier_tax_code": "9900000048",
        "works_name": "Nhà ở gia đình ông Sông", "works_class": "4", "ground_area": 80.5, "floor_area": 160,
        "floor_area_detail": "Tầng 1: 80,5 m²; tầng 2: 79,5 m²", "base_level": 0.45, "setback": 2,
        "height": 8.5, "floors": 2, "has_neighbours": True, "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

PIPELINE = Sample(
    "1.013225",
    "theo_tuyen",
    {
        **_BUILDER, "owner_kind": "to_chuc", "organisation_name": "Công ty Cấp nước Sông Mây",
        "organisation_tax_code": "9900000055", "representative_title": "Giám đốc",
        "plot": "Dọc đường Hòa Bình", "plot_area": 3000, "site_address": HOME, "months": 6,
        "designer_kind": "ca_nhan", "designer_name": "Nguyễn Văn Họa", "design_licence": "BXD-00012345",
        "works_name": "Ống cấp nước D200", "works_kind": "Đường ống cấp nước", "works_class": "3",
        "base_level": 0, "route_length": 1250.5, "route_depth": 1.2, "oath": True,
    },
    (("owner", "organisation", "Công ty Cấp nước Sông Mây"), SONG_SPEAKS),
)  # fmt: skip

REPAIR = Sample(
    "1.013229",
    "nha_o",
    {
        **_BUILDER, "works_name": "Nhà ở gia đình ông Sông", "site_address": HOME, "plot": "Thửa 12, tờ 3",
        "works_class": "4", "floors_now": 1, "floors_after": 2, "floor_area_after": 150,
        "repair_detail": "Nâng thêm một tầng, thay mái.", "months": 4, "designer_name": "Nguyễn Văn Họa",
        "design_licence": "BXD-00012345", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

_SHOP: Answers = {
    "business_name": "Hộ kinh doanh Sông Mây", "business_number": "092090005678", "business_address": HOME,
    "owner_name": "Trần Văn Sông", "owner_national_id": "092090005678", "owner_birth_date": "1990-08-15",
    "files_by": "chu_ho", "oath": True,
}  # fmt: skip
SHOP_OWNS = ("owner", "household_business", "Hộ kinh doanh Sông Mây")

SHOP_MOVES = Sample(
    "2.000720",
    "noi_dung",
    {
        **_SHOP, "changes": ["tru_so", "nganh_nghe"], "new_address": VILLAGE, "moves_tax_office": False,
        "new_lines": [{"line_name": "Bán lẻ tạp hóa", "line_is_main": True}],
    },
    (SHOP_OWNS, SONG_SPEAKS),
)  # fmt: skip

SHOP_INHERITED = Sample(
    "2.000720",
    "chu_ho_mat",
    {
        **_SHOP,
        "old_owner_name": "Trần Văn Suối",
        "old_owner_national_id": "092060003333",
        "owner_reason": "qua_doi",
    },
    (SHOP_OWNS, SONG_SPEAKS),
)

SHOP_MEMBERS = Sample(
    "2.000720",
    "thanh_vien",
    {
        **_SHOP, "adds_member": True,
        "members": [{
            "member_change": "them", "member_name": "Nguyễn Thị Mây", "member_birth_date": "1992-03-04",
            "member_national_id": "092192001111",
        }],
    },
    (SHOP_OWNS, SONG_SPEAKS, ("household_member", "person", "Nguyễn Thị Mây")),
)  # fmt: skip

_COMPANY: Answers = {
    "company_name": "Công ty TNHH Sông Mây", "head_office": HOME, "company_phone": "+84912345678",
    "capital": 2_000_000_000, "business_lines": [{"line_name": "Bán lẻ gạo", "line_code": "4721"}],
    "starts_on": "2026-04-01", "workers": 5, "vat_method": "khau_tru", "files_by": "nguoi_ky",
    "lawful_office": True, "oath": True,
}  # fmt: skip
COMPANY = Sample(
    "2.001583",
    "ca_nhan",
    {
        **_COMPANY, "representative_is_owner": True, "has_beneficial_owner": True, "owner_name": "Trần Văn Sông",
        "owner_birth_date": "1990-08-15", "owner_gender": "nam", "owner_identity": _citizen("092090005678"),
        "owner_nationality": "VN", "owner_address": HOME, "owner_phone": "+84912345678",
        "beneficial_owners": [{
            "beneficial_name": "Trần Văn Sông", "beneficial_birth_date": "1990-08-15",
            "beneficial_identity": _citizen("092090005678"), "beneficial_share": 100,
        }],
    },
    (SONG_OWNS,),
)  # fmt: skip

SUBSIDIARY = Sample(
    "2.001583",
    "doanh_nghiep_xa_hoi",
    {
        **_COMPANY, "owner_kind": "to_chuc", "has_beneficial_owner": False,
        "organisation_name": "Công ty Cổ phần Bến Mây", "organisation_tax_code": "9900000062",
        "organisation_address": HOME, "organisation_decides": "chu_tich", "representative_name": "Trần Văn Sông",
        "representative_birth_date": "1990-08-15", "representative_identity": _citizen("092090005678"),
        "representative_address": HOME, "representative_title": "Giám đốc",
    },
    (("owner", "organisation", "Công ty Cổ phần Bến Mây"), SONG_SPEAKS),
)  # fmt: skip

RECRUIT = Sample(
    "1.013133",
    "nam_17",
    {
        "full_name": "Trần Quốc Mây", "birth_date": "2009-01-20", "gender": "nam", "national_id": "092209007070",
        "ethnicity": "05", "phone": "+84912000333", "permanent_address": HOME, "lives_elsewhere": False,
        "education": "thpt", "occupation": "hoc", "workplace": "Trường THPT Bến Mây", "height": 170, "weight": 60,
        "diseases": ["mat", "khac"], "disease_detail": "Viêm mũi", "has_surgery": False, "oath": True,
    },
    (("owner", "person", "Trần Quốc Mây"),),
)  # fmt: skip

SAMPLES = (
    OWN_HOME, WITH_PARENTS, ROOM, DORMITORY, NEW_HOUSEHOLD, DIVORCED, CHILD_AWAY, ON_BAIL, GIFT, SALE_TO_COMPANY,
    INHERITANCE, LAND_FOR_ROAD, PAGODA_LAND, HOUSE, PIPELINE, REPAIR, SHOP_MOVES, SHOP_INHERITED, SHOP_MEMBERS,
    COMPANY, SUBSIDIARY, RECRUIT,
)  # fmt: skip
