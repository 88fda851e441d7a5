"""Records of the national shape, written for tests."""

import copy
import json
from itertools import count
from typing import Any

Json = dict[str, Any]
_numbers = count(700001)

_RECORD: Json = {
    "name": "Thủ tục cấp giấy chạy thử",
    "field": "Thử nghiệm",
    "ministry": "Bộ Thử nghiệm",
    "scope": "national",
    "province": None,
    "authority_level": ["xã"],
    "executing_agency": ["Ủy ban nhân dân cấp xã"],
    "competent_authority": [],
    "audience": ["Công dân Việt Nam", "Việt Nam"],
    "channels": [
        {
            "channel": "direct",
            "time_limit_text": "3 ngày làm việc",
            "time_limit_value": 3,
            "time_limit_unit": "working_day",
            "fee_text": "Miễn phí",
            "description": None,
        }
    ],
    "steps_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
    "documents": [{"name": "- Đơn theo mẫu", "form_file": None, "originals": 1, "copies": 0, "case": None}],
    "result": ["Giấy chạy thử"],
    "legal_basis": [{"code": "1/2026/NĐ-CP", "title": "Nghị định thử"}],
    "conditions": "Không quy định.",
    "url": "https://dichvucong.gov.vn/thu-tuc/1",
}


def make_record(**changes: Any) -> Json:
    """A full record with a code of its own; names may be replaced."""
    return {"code": f"1.{next(_numbers):06d}", **copy.deepcopy(_RECORD), **changes}


def make_channel(**changes: Any) -> Json:
    return {**_RECORD["channels"][0], **changes}


def make_paper(name: str, case: str | None = None, *, originals: int = 1, copies: int = 0) -> Json:
    return {"name": name, "form_file": None, "originals": originals, "copies": copies, "case": case}


def to_line(record: object) -> bytes:
    return json.dumps(record).encode() + b"\n"
