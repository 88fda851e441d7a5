"""Answers to the shipped e-forms, as the demo's citizens would give them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from portal.demo.seeds.citizens import CITIZENS, HOME, Citizen

Answers = dict[str, Any]
_BY_NAME: Mapping[str, Citizen] = {citizen.username: citizen for citizen in CITIZENS}


def answer_birth(username: str, child_name: str, today: date) -> Answers:
    """Registration of a birth by the mother; the child was born ten days ago."""
    mother = _BY_NAME[username]
    identity = {"type": "citizen_id", "number": mother.national_id}
    return {
        "requester_relation": "me",
        "requester_name": mother.full_name,
        "requester_identity": identity,
        "requester_residence_kind": "thuong_tru",
        "requester_address": _address(mother),
        "requester_phone": mother.phone,
        "requester_email": f"{username}@dan.example",
        "child_name": child_name,
        "child_birth_date": (today - timedelta(days=10)).isoformat(),
        "child_gender": "nu",
        "child_ethnicity": "kinh",
        "child_nationality": "VN",
        "birth_place_kind": "co_so_y_te",
        "birth_facility": "Bệnh viện Phụ sản Minh Họa",
        "birth_place": dict(HOME),
        "home_town": dict(HOME),
        "parents_known": "mother_only",
        "mother_name": mother.full_name,
        "mother_birth_date": str(mother.birth_date.year),
        "mother_ethnicity": "kinh",
        "mother_nationality": "VN",
        "mother_identity": identity,
        "wants_copies": False,
        "oath": True,
    }


def answer_marital(username: str) -> Answers:
    """Confirmation of the marital status, for a bank loan."""
    person = _BY_NAME[username]
    return {
        "relation": "chinh_toi",
        "requester_name": person.full_name,
        "requester_birth_date": person.birth_date.isoformat(),
        "requester_gender": "nam",
        "requester_identity": {"type": "citizen_id", "number": person.national_id},
        "requester_ethnicity": "kinh",
        "requester_nationality": "VN",
        "requester_address": _address(person),
        "birth_place": "Phường Ninh Kiều",
        "marital_status": "chua_ket_hon",
        "purpose_detail": "Bổ sung hồ sơ vay vốn mua nhà.",
        "copies": 1,
        "oath": True,
    }


def answer_business(username: str, name: str, today: date) -> Answers:
    """Registration of a household business that opens in a month."""
    owner = _BY_NAME[username]
    return {
        "owner_name": owner.full_name,
        "owner_birth_date": owner.birth_date.isoformat(),
        "owner_gender": "nam",
        "owner_national_id": owner.national_id,
        "business_name": name,
        "head_office": _address(owner),
        "business_phone": owner.phone,
        "business_lines": [{"line_name": "Bán lẻ tạp hóa", "line_is_main": True}],
        "capital": 50_000_000,
        "starts_on": (today + timedelta(days=30)).isoformat(),
        "workers": 2,
        "files_by": "chu_ho",
        "agrees_to_share": True,
        "is_allowed": True,
        "lawful_office": True,
        "oath": True,
    }


def answer_permit(username: str, plot: str) -> Answers:
    """Building permit for a two-storey house."""
    owner = _BY_NAME[username]
    return {
        "owner_kind": "chu_ho",
        "owner_name": owner.full_name,
        "owner_national_id": owner.national_id,
        "owner_phone": owner.phone,
        "owner_address": _address(owner),
        "plot": plot,
        "plot_area": "120",
        "site_address": _address(owner),
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


def _address(person: Citizen) -> dict[str, str]:
    return {**HOME, "line": person.line}
