"""Full, valid answers for the shipped e-forms, in their canonical shape."""

from typing import Any

ADDRESS = {"province": "92", "commune": "31120", "line": "Số 2, đường Hòa Bình"}
PLACE = {"province": "92", "commune": "31120"}
IDENTITY = {"type": "citizen_id", "number": "092190001234"}

BIRTH: dict[str, Any] = {
    "requester_relation": "me",
    "requester_name": "Trần Thị Sông",
    "requester_identity": IDENTITY,
    "requester_residence_kind": "thuong_tru",
    "requester_address": ADDRESS,
    "requester_phone": "0912345678",
    "requester_email": "song@dan.example",
    "child_name": "Lê Trần Bảo An",
    "child_birth_date": "2026-01-02",
    "child_gender": "nu",
    "child_ethnicity": "kinh",
    "child_nationality": "VN",
    "birth_place_kind": "co_so_y_te",
    "birth_facility": "Bệnh viện Phụ sản Sông Mây",
    "birth_place": PLACE,
    "home_town": PLACE,
    "parents_known": "mother_only",
    "mother_name": "Trần Thị Sông",
    "mother_birth_date": "1990",
    "mother_ethnicity": "kinh",
    "mother_nationality": "VN",
    "mother_identity": IDENTITY,
    "wants_copies": False,
    "oath": True,
}

MARITAL: dict[str, Any] = {
    "relation": "chinh_toi",
    "requester_name": "Trần Văn Sông",
    "requester_birth_date": "1990-08-15",
    "requester_gender": "nam",
    "requester_identity": {"type": "citizen_id", "number": "092090005678"},
    "requester_ethnicity": "kinh",
    "requester_nationality": "VN",
    "requester_address": ADDRESS,
    "birth_place": "Xã Bến Mây",
    "marital_status": "chua_ket_hon",
    "purpose_detail": "Bổ sung hồ sơ vay vốn mua nhà.",
    "copies": 1,
    "oath": True,
}

HOUSEHOLD_BUSINESS: dict[str, Any] = {
    "owner_name": "Trần Văn Sông",
    "owner_birth_date": "1990-08-15",
    "owner_gender": "nam",
    "owner_national_id": "092090005678",
    "business_name": "Hộ kinh doanh Sông Mây",
    "head_office": ADDRESS,
    "business_phone": "0912345678",
    "business_lines": [{"line_name": "Bán lẻ tạp hóa", "line_is_main": True}],
    "capital": 50_000_000,
    "starts_on": "2026-03-02",
    "workers": 2,
    "files_by": "chu_ho",
    "agrees_to_share": True,
    "is_allowed": True,
    "lawful_office": True,
    "oath": True,
}

PERMIT: dict[str, Any] = {
    "owner_kind": "chu_ho",
    "owner_name": "Trần Văn Sông",
    "owner_national_id": "092090005678",
    "owner_phone": "0912345678",
    "owner_address": ADDRESS,
    "plot": "Thửa 12, tờ bản đồ 3",
    "plot_area": "120",
    "site_address": ADDRESS,
    "months": 12,
    "designer_kind": "ca_nhan",
    "designer_name": "Nguyễn Văn Họa",
    "design_licence": "BXD-00012345",
    "works_name": "Nhà ở riêng lẻ",
    "works_class": "4",
    "ground_area": "80",
    "floor_area": "160",
    "base_level": "0.45",
    "height": "8.5",
    "floors": 2,
    "has_neighbours": False,
    "oath": True,
}

ANSWERS: dict[str, dict[str, Any]] = {
    "1.001193": BIRTH,
    "1.004873": MARITAL,
    "1.001612": HOUSEHOLD_BUSINESS,
    "1.013225": PERMIT,
}
