"""Full, valid answers for the e-forms of civil status, certification and judicial records.

Everybody is invented. Answers are in their canonical shape; `CASES` says for which case they are meant.
"""

from typing import Any

from tests.factories.answers import ADDRESS, PLACE

Answers = dict[str, Any]

MOTHER_ADDRESS = {"province": "92", "commune": "31120", "village": "Khu vực 3", "line": "Số 7, hẻm 12"}
WOMAN_NUMBER, MAN_NUMBER = "092195001234", "092090005678"
OLD_MAN_NUMBER, GIRL_NUMBER = "092045000111", "092315000222"


def _person(key: str, **parts: Any) -> Answers:
    """Answers about one person under a common first word."""
    return {f"{key}_{name}": value for name, value in parts.items()}


def _numbered(key: str, number: str, name: str, **parts: Any) -> Answers:
    """A person known by the citizen's number of 12 digits."""
    return _person(key, name=name, id_kind="so_dinh_danh", national_id=number, **parts)


VIETNAMESE = {"ethnicity": "01", "nationality": "VN"}
RESIDENT = {"residence_kind": "thuong_tru", "address": ADDRESS}
BRIDE = {"birth_date": "1995-03-08", "gender": "nu", **VIETNAMESE, **RESIDENT}
GROOM = {"birth_date": "1990-08-15", "gender": "nam", **VIETNAMESE, **RESIDENT}

MARRIAGE: Answers = {
    **_numbered("first", WOMAN_NUMBER, "Lý Thị Bông", **BRIDE),
    "first_phone": "+84912345678",
    "first_email": "bong@dan.example",
    "first_marital_status": "chua_ket_hon",
    "first_marriage_time": 1,
    **_numbered("second", MAN_NUMBER, "Y Blăm Niê", **GROOM),
    "second_ethnicity": "12",
    "second_phone": "+84912345679",
    "second_marital_status": "da_ly_hon",
    "second_marriage_time": 2,
    "second_divorce_paper": "25/2024/QĐST-HNGĐ, ngày 12/3/2024",
    "second_divorce_court": "Tòa án nhân dân khu vực Minh Họa",
    "second_divorced_abroad": False,
    "wants_copies": True,
    "copies": 2,
    "oath": True,
}

DEATH: Answers = {
    "relation": "con",
    **_numbered("requester", MAN_NUMBER, "Trần Văn Sông", birth_date="1990-08-15", **RESIDENT),
    "requester_phone": "+84912345678",
    **_numbered("deceased", OLD_MAN_NUMBER, "Trần Văn Bến", birth_date="1945", gender="nam"),
    **_person("deceased", **VIETNAMESE, **RESIDENT),
    "death_date": "2026-11-18",
    "death_time": "04:30",
    "death_place_kind": "co_so_y_te",
    "death_facility": "Bệnh viện Đa khoa Minh Họa",
    "death_place": PLACE,
    "death_cause": "Suy tim",
    "notice_kind": "giay_bao_tu_y_te",
    "notice_number": "312/BT",
    "notice_date": "2026-11-18",
    "notice_agency": "Bệnh viện Đa khoa Minh Họa",
    "wants_copies": False,
    "oath": True,
}

EXTRACT: Answers = {
    "relation": "con",
    **_numbered("requester", MAN_NUMBER, "Trần Văn Sông", **RESIDENT),
    "requester_email": "song@dan.example",
    "record_kind": "ket_hon",
    "record_agency": "Ủy ban nhân dân xã Minh Họa",
    "record_date": "1988-11",
    "record_number": "45",
    "subject_name": "Trần Thị Mười",
    "subject_birth_date": "1966",
    "subject_gender": "nu",
    "subject_national_id": "092166000333",
    "copies": 3,
    "oath": True,
}

CHANGE: Answers = {
    "relation": "con",
    **_numbered("requester", WOMAN_NUMBER, "Lý Thị Bông", **RESIDENT),
    "requester_phone": "+84912345678",
    **_numbered("subject", GIRL_NUMBER, "Nguyễn Ngọc Anh", birth_date="2015-06-01", gender="nu"),
    **_person("subject", **VIETNAMESE, **RESIDENT),
    "record_kind": "khai_sinh",
    "record_number": "120",
    "record_date": "2015-06-20",
    "record_agency": "Ủy ban nhân dân phường Minh Họa",
    "changes": [{"what": "que_quan", "old_text": "Cần Thơ", "new_text": "Cà Mau"}],
    "reason": "Cán bộ ghi nhầm quê quán khi đăng ký.",
    "wants_copies": True,
    "copies": 1,
    "oath": True,
}

JUDICIAL_RECORD: Answers = {
    "record_kind": "so_1",
    "relation": "chinh_toi",
    "purpose": "xin_viec",
    "wants_ban": False,
    "copies": 3,
    **_numbered("requester", MAN_NUMBER, "Trần Văn Sông", birth_date="1990-08-15", gender="nam"),
    **_person("requester", **VIETNAMESE, address=ADDRESS, phone="+84912345678"),
    "birth_place": "Xã Minh Họa, tỉnh Minh Họa",
    "father_name": "Trần Văn Bến",
    "father_birth_date": "1960",
    "mother_name": "Hờ Thị Mai",
    "history": [
        {
            "from_date": "2004",
            "until_date": "2012-06",
            "lived_at": "Xã Minh Họa",
            "job": "Học sinh, sinh viên",
        },
        {"from_date": "2012-07", "lived_at": "Số 2, đường Hòa Bình", "job": "Thợ điện", "workplace": "Tự do"},
    ],
    "has_conviction": False,
    "was_banned": False,
    "oath": True,
}

CERTIFIED_COPIES: Answers = {
    "requester_name": "Hờ A Páo",
    "requester_phone": "+84912345678",
    "papers": [
        {"paper_name": "Bằng tốt nghiệp đại học", "pages": 2, "copies": 3},
        {"paper_name": "Bảng điểm", "pages": 5, "copies": 1},
    ],
}

BIRTH_AND_RECOGNITION: Answers = {
    "requester_is": "me",
    **_numbered("requester", WOMAN_NUMBER, "Lý Thị Bông", birth_date="1995-03-08", **VIETNAMESE, **RESIDENT),
    "requester_phone": "+84912345678",
    **_numbered("parent", MAN_NUMBER, "Trần Văn Sông", birth_date="1990-08-15", **VIETNAMESE, **RESIDENT),
    **_person("child", name="Trần Bảo An", birth_date="2026-10-02", gender="nu", **VIETNAMESE),
    "birth_facility": "Bệnh viện Phụ sản Minh Họa",
    "birth_place": PLACE,
    "home_town": PLACE,
    "recognised_by": "cha",
    "other_agrees": True,
    "wants_copies": True,
    "copies": 2,
    "recognition_copies": 1,
    "oath": True,
}

BIRTH_AGAIN: Answers = {
    "relation": "chinh_toi",
    **_numbered("requester", MAN_NUMBER, "Trần Văn Sông", **RESIDENT),
    **_person("person", name="Trần Văn Sông", birth_date="1990-08-15", gender="nam", **VIETNAMESE),
    "person_national_id": MAN_NUMBER,
    "birth_place": PLACE,
    "birth_place_old": "Xã Cũ, huyện Cũ",
    "home_town": PLACE,
    "old_agency": "Ủy ban nhân dân xã Cũ, huyện Cũ",
    "old_date": "1990",
    "reason": "Sổ gốc bị ngập nước, gia đình không giữ được bản chính.",
    "mother_known": True,
    **_person("mother", name="Hờ Thị Mai", birth_date="1965", ethnicity="08", nationality="VN"),
    "father_known": False,
    "wants_copies": False,
    "oath": True,
}

NEWBORN_BUNDLE: Answers = {
    "relation": "me",
    **_numbered("requester", WOMAN_NUMBER, "Lý Thị Bông", address=ADDRESS, phone="+84912345678"),
    **_person("child", name="Trần Bảo An", birth_date="2026-10-02", gender="nu", **VIETNAMESE),
    "birth_facility": "Bệnh viện Phụ sản Minh Họa",
    "birth_place": PLACE,
    "home_town": PLACE,
    "parents_known": "both",
    **_person("mother", name="Lý Thị Bông", birth_date="1995-03-08", **VIETNAMESE, national_id=WOMAN_NUMBER),
    **_person("father", name="Trần Văn Sông", birth_date="1990", **VIETNAMESE, national_id=MAN_NUMBER),
    "residence_with": "cha",
    "host_name": "Trần Văn Bến",
    "host_national_id": OLD_MAN_NUMBER,
    "host_relation": "cháu nội",
    "residence_address": ADDRESS,
    "clinic": "Trạm y tế phường Minh Họa",
    "card_medium": "dien_tu",
    "oath": True,
}

SIGNATURE: Answers = {
    "requester_name": "Hờ A Páo",
    "requester_birth_date": "1970-01-05",
    "requester_identity": {"type": "citizen_id", "number": "092070000444"},
    "sign_how": "diem_chi",
    "papers": [{"paper_name": "Giấy ủy quyền nhận lương hưu", "language": "tieng_viet", "copies": 2}],
}


def _side(name: str, number: str, birth_date: str, gender: str) -> Answers:
    return {
        "full_name": name,
        "birth_date": birth_date,
        "gender": gender,
        "national_id": number,
        "address": MOTHER_ADDRESS,
    }


LAND_GIFT: Answers = {
    "deal_kind": "tang_cho",
    "deed_copies": 3,
    "certificate_number": "CT 012345",
    "land_plot": "Thửa 120, tờ bản đồ 15",
    "land_area": 250.5,
    "asset_address": ADDRESS,
    "givers": [
        _side("Trần Văn Bến", OLD_MAN_NUMBER, "1945-02-03", "nam"),
        _side("Trần Thị Mười", "092150000555", "1950-09-09", "nu"),
    ],
    "receivers": [_side("Trần Văn Sông", MAN_NUMBER, "1990-08-15", "nam")],
    "oath": True,
}

ANSWERS: dict[str, Answers] = {
    "1.000894": MARRIAGE,
    "1.000656": DEATH,
    "2.000635": EXTRACT,
    "1.004859": CHANGE,
    "3.000333": JUDICIAL_RECORD,
    "2.000815": CERTIFIED_COPIES,
    "1.000689": BIRTH_AND_RECOGNITION,
    "1.004884": BIRTH_AGAIN,
    "2.000986": NEWBORN_BUNDLE,
    "2.000884": SIGNATURE,
    "2.001035": LAND_GIFT,
}

CASES: dict[str, str] = {
    "1.000894": "trong_nuoc",
    "1.000656": "dung_han",
    "2.000635": "ca_nhan",
    "1.004859": "cai_chinh",
    "3.000333": "muc_chung",
    "1.000689": "co_giam_dinh",
    "1.004884": "con_ban_sao",
    "2.000986": "co_giay_chung_sinh",
    "2.001035": "dat_nha",
}
"""The case that the answers are for; a code that is absent has no cases."""
