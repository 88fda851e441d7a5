"""Full, valid answers for the e-forms of social protection, merit, schools and food safety."""

from typing import Any

from tests.factories.samples import Sample

HOME = {"province": "92", "commune": "31120", "village": "Ấp Hòa Bình"}
PLACE = {"province": "92", "commune": "31120"}
BANK = {
    "pay_method": "tai_khoan",
    "bank_owner": "TRAN THI SONG",
    "bank_number": "0123456789",
    "bank_name": "Agribank",
}
CASH = {"pay_method": "tien_mat"}
Answers = dict[str, Any]


def _person(prefix: str, name: str, born: str, gender: str, number: str) -> Answers:
    return {
        f"{prefix}_name": name,
        f"{prefix}_birth_date": born,
        f"{prefix}_gender": gender,
        f"{prefix}_identity": {"type": "citizen_id", "number": number},
    }


SONG = _person("requester", "Trần Thị Sông", "1990-08-15", "nu", "092190001234")
ME: Answers = {**SONG, "requester_address": HOME, "requester_phone": "+84912345678"}
OLD_ME: Answers = {**ME, **_person("requester", "Trần Thị Sông", "1949", "nu", "092149001234")}
OTHER: Answers = {**ME, "files_for": "nguoi_khac", "relation": "ong_ba"}
CHILD: Answers = {
    "beneficiary_name": "K'Brể",
    "beneficiary_birth_date": "2019-05",
    "beneficiary_gender": "nam",
    "beneficiary_identity": {"type": "none"},
    "beneficiary_address": HOME,
}
TARGET: Answers = {"has_health_card": True, "has_benefits": False, "is_disabled": False, "oath": True}
SONG_OWNS = ("owner", "person", "Trần Thị Sông")
SONG_HELPS = ("representative", "person", "Trần Thị Sông")

ORPHAN = Sample(
    "1.001776",
    "tro_cap",
    {
        **OTHER, **CHILD, **TARGET, **BANK,
        "target_group": "tre_khong_nguon_nuoi", "poverty": "ho_ngheo",
        "schooling": "dang_hoc", "school": "Lớp 1A, Trường Tiểu học Bến Mây",
        "father_state": "da_mat", "father_name": "K'Tuấn", "mother_state": "khong_ro",
    },
    (("owner", "person", "K'Brể"), SONG_HELPS),
)  # fmt: skip

SINGLE_MOTHER = Sample(
    "1.001776",
    "tro_cap",
    {
        **ME, **TARGET, **CASH,
        "files_for": "chinh_toi", "target_group": "don_than", "poverty": "can_ngheo", "has_benefits": True,
        "benefits": [{"benefit_kind": "khac", "benefit_amount": 200_000, "benefit_since": "2024"}],
        "alone_because": "mat",
        "children": [
            {"child_name": "Lê Bảo An", "child_birth_date": "2020-01-02", "child_gender": "nu", "child_studies": False},
            {
                "child_name": "Lê Bảo Bình", "child_birth_date": "2016-03-04", "child_gender": "nam",
                "child_studies": True, "child_school": "Lớp 4B",
            },
        ],
    },
    (SONG_OWNS, ("child", "person", "Lê Bảo An"), ("child", "person", "Lê Bảo Bình")),
)  # fmt: skip

DISABLED = Sample(
    "1.001776",
    "tro_cap",
    {
        **ME, **TARGET, **BANK,
        "files_for": "chinh_toi", "target_group": "khuyet_tat", "poverty": "khong",
        "is_disabled": True, "disability_level": "dac_biet_nang", "disability_kind": "van_dong",
        "disability_paper": "12/2024", "works": True, "income": 1_500_000, "self_care": "mot_phan",
        "is_pregnant": False,
    },
    (SONG_OWNS,),
)  # fmt: skip

CARER = Sample(
    "1.001776",
    "cham_soc",
    {
        **ME, **BANK,
        "care_kind": "nhan_nuoi", "cared_name": "Y Blăm", "cared_birth_date": "2015", "cared_gender": "nam",
        "cared_relation": "Cháu họ", "care_since": "2023-02", "cared_has_allowance": False,
        "cared_situation": "Cha mẹ mất.\nỞ cùng tôi từ năm 2023.", "home": "nha_rieng", "carer_health": "tot",
        "carer_convicted": False, "oath": True,
    },
    (SONG_OWNS, ("household_member", "person", "Y Blăm")),
)  # fmt: skip

MOVED = Sample(
    "1.001776",
    "thay_doi",
    {
        **ME,
        "files_for": "chinh_toi", "change_kind": "chuyen_noi", "decision_number": "125/QĐ-UBND",
        "old_address": PLACE, "new_address": HOME, "change_reason": "Chuyển về ở với con.", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

ELDER: Answers = {
    **_person("elder", "Hờ A Páo", "1950", "nam", "092050001234"),
    "elder_address": HOME,
}
PENSION = Sample(
    "1.014027",
    "huong",
    {
        **OTHER, **ELDER, **CASH, "relation": "con",
        "has_pension": True, "pension_amount": 300_000, "poverty": "khong", "oath": True,
    },
    (("owner", "person", "Hờ A Páo"), SONG_HELPS),
)  # fmt: skip

PENSION_MOVED = Sample(
    "1.014027",
    "noi_moi",
    {
        **OLD_ME, **BANK,
        "files_for": "chinh_toi",
        "old_place": PLACE, "decision_number": "12/QĐ-UBND", "last_month": "2026-01", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

PENSION_CHANGED = Sample(
    "1.014027",
    "thay_doi",
    {
        **OLD_ME, **BANK, "files_for": "chinh_toi",
        "changed": ["ho_ten", "cach_nhan"], "changed_words": "Tên cũ: Trần Thị Sông Mây.", "oath": True,
    },
    (SONG_OWNS,),
)  # fmt: skip

DECEASED: Answers = {
    "deceased_name": "Lê Văn Mây", "deceased_birth_date": "1940", "deceased_gender": "nam",
    "deceased_address": PLACE, "died_on": "2026-01-05", "death_paper": "5/2026",
    "burial_kind": "chon_cat", "buried_on": "2026-01-07", "burial_place": "Nghĩa trang xã Bến Mây", "oath": True,
}  # fmt: skip
ORGANISER = {key: value for key, value in ME.items() if key != "requester_gender"}
DEAD = ("deceased", "person", "Lê Văn Mây")
FUNERAL = Sample(
    "1.001731",
    "dang_huong",
    {
        **ORGANISER,
        **DECEASED,
        **BANK,
        "organiser_kind": "ca_nhan",
        "relation": "con",
        "allowance_kind": "bao_tro",
    },
    (SONG_OWNS, DEAD),
)
FUNERAL_BY_OFFICE = Sample(
    "1.001731",
    "khong_nguoi_lo",
    {
        **ORGANISER, **DECEASED, **BANK, "organiser_kind": "to_chuc", "organisation_name": "Hội Chữ thập đỏ xã Bến Mây",
        "organisation_address": HOME, "organisation_title": "Chủ tịch Hội",
    },
    (("owner", "organisation", "Hội Chữ thập đỏ xã Bến Mây"), SONG_HELPS, DEAD),
)  # fmt: skip

WORSHIP = Sample(
    "1.010803",
    "",
    {
        **ME, "relation": "chau", "martyr_name": "Trần Văn Núi", "martyr_birth_date": "1948", "martyr_home": PLACE,
        "martyr_enlisted": "1966-02", "martyr_died": "1968", "certificate_number": "AB 123", "has_monthly": False,
        "relatives": [{"relative_name": "Trần Thị Suối", "relative_relation": "Em ruột", "relative_home": PLACE}],
        "oath": True,
    },
    (SONG_OWNS, ("deceased", "person", "Trần Văn Núi")),
)  # fmt: skip

PARENT: Answers = {
    **_person("parent", "Trần Thị Sông", "1990-08-15", "nu", "092190001234"),
    "parent_role": "me", "parent_address": HOME, "parent_phone": "+84912345678",
}  # fmt: skip
PUPIL: Answers = {
    "pupil_name": "Lê Trần Bảo An", "pupil_birth_date": "2018-09-01", "pupil_gender": "nu", "pupil_ethnicity": "01",
    "pupil_address": HOME, "school_level": "tieu_hoc", "school_name": "Trường Tiểu học Bến Mây",
    "school_class": "2A", "school_year": "2025–2026",
}  # fmt: skip
STUDY = Sample(
    "1.014336",
    "ho_ngheo",
    {**PARENT, **PUPIL, **BANK, "poor_number": "HN 45/2026", "repeats": False, "oath": True},
    (("owner", "person", "Lê Trần Bảo An"), SONG_HELPS),
)

FOOD = Sample(
    "1.013855",
    "an_uong",
    {
        "owner_kind": "ho_kinh_doanh", "owner_name": "Trần Thị Sông",
        "owner_identity": {"type": "citizen_id", "number": "092190001234"}, "owner_phone": "+84912345678",
        "business_name": "Quán cơm Sông Mây", "business_tax_code": "092190001234", "business_address": HOME,
        "meal_kind": "nha_hang", "meals_a_day": 150, "floor_area": 75.5, "opens_at": "06:30", "workers_total": 3,
        "workers": [
            {
                "worker_name": "Trần Thị Sông", "worker_birth_date": "1990",
                "worker_job": "Nấu", "trained_on": "2025-11-02",
            }
        ],
        "agrees_visit": True, "oath": True,
    },
    (("owner", "household_business", "Quán cơm Sông Mây"), SONG_HELPS),
)  # fmt: skip

SAMPLES = (
    ORPHAN, SINGLE_MOTHER, DISABLED, CARER, MOVED, PENSION, PENSION_MOVED, PENSION_CHANGED, FUNERAL,
    FUNERAL_BY_OFFICE, WORSHIP, STUDY, FOOD,
)  # fmt: skip
