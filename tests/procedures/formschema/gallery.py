# ruff: noqa: E501  (rows of a table read better on one line)
"""The gallery: one form with all types of questions, alone, in rows, behind conditions and as parties."""

from functools import lru_cache
from typing import Any

from procedures.formschema.schema import FormSchema, parse_form
from tests.factories.catalogue import Document, make_document
from tests.procedures.formschema.samples import GENDERS, HOME, options, question, vi

CHOICES = options(("a", "Bán lẻ"), ("b", "Bán buôn"), ("c", "Dịch vụ"))
ROWS = ("group", "file", "note")
"""Types that are no plain answer."""

SETTINGS: dict[str, dict[str, Any]] = {
    "integer": {"min": 0, "max": 5000},
    "decimal": {"decimals": 1},
    "date": {"max": "today"},
    "partial_date": {"max": "today", "prefill": "person.birth_date"},
    "choice": {"options": CHOICES},
    "choices": {"options": CHOICES},
    "person_name": {"prefill": "person.full_name"},
    "national_id": {"prefill": "person.national_id"},
    "phone": {"prefill": "person.phone"},
    "email": {"prefill": "person.email"},
    "address": {"abroad": True, "prefill": "person.address"},
}
LABELS = {
    "text": "Tên quán", "paragraph": "Ngành, nghề", "integer": "Số lao động", "decimal": "Diện tích (m²)",
    "money": "Vốn", "date": "Ngày bắt đầu", "partial_date": "Ngày sinh", "time": "Giờ mở cửa",
    "choice": "Hình thức", "choices": "Mục đích", "boolean": "Có thuê nhà không?",
    "declaration": "Tôi đã đọc hướng dẫn.", "person_name": "Họ và tên", "identity_document": "Giấy tờ tùy thân",
    "national_id": "Số định danh", "phone": "Số điện thoại", "email": "Thư điện tử", "address": "Trụ sở",
    "ethnicity": "Dân tộc", "nationality": "Quốc tịch", "tax_code": "Mã số thuế",
}  # fmt: skip
"""One label for each type that is a plain answer."""

ANSWERS_BY_TYPE: dict[str, Any] = {
    "text": "Quán cơm K'Brể “Ngon & rẻ” <b>",
    "paragraph": "Dòng một\n  dòng hai, thụt vào",
    "integer": 12,
    "decimal": 75.5,
    "money": 1_234_567,
    "date": "2024-02-29",
    "partial_date": "1950",
    "time": "19:05",
    "choice": "b",
    "choices": ["a", "c"],
    "boolean": False,
    "declaration": True,
    "person_name": "K'Brể",
    "identity_document": {
        "type": "passport",
        "number": "C1234567",
        "issued_on": "2020-01-02",
        "issued_by": "Cục QLXNC",
        "country": "VN",
    },
    "national_id": "037190001234",
    "phone": "+84912345678",
    "email": "brE@thu.vn",
    "address": {**HOME, "line": "Số 4, ngõ 'Chùa' <i>"},
    "ethnicity": "16",
    "nationality": "VN",
    "tax_code": "0100233488-001",
}

# type of the question, its condition, a typed value that opens, one that closes
SWITCHES: list[tuple[str, dict[str, Any], str, str]] = [
    ("text", {"is": "mở ra"}, "mở  ra", "mở"),
    ("paragraph", {"filled": True}, "có chữ", "  "),
    ("integer", {"at_least": 1000}, "1.000", "999"),
    ("decimal", {"more": 5}, "5,5", "5"),
    ("money", {"at_least": 5_000_000}, "5 triệu", "4.999.999"),
    ("date", {"less": "2000-01-01"}, "31/12/99", "1/1/2000"),
    ("partial_date", {"age_at_least": 60}, "1950", "1990"),
    ("time", {"at_least": "18:00"}, "18h", "7:30"),
    ("choice", {"in": ["b", "c"]}, "b", "a"),
    ("choices", {"is": "a"}, "a", "b"),
    ("boolean", {"is": True}, "true", "false"),
    ("declaration", {"is": True}, "true", ""),
    ("person_name", {"is_not": "An"}, "K'Brể", "An"),
    ("identity_document", {"filled": True}, "none", ""),
    ("national_id", {"is": "037190001234"}, "037 190 001 234", "037190001235"),
    ("phone", {"is": "+84912345678"}, "0912.345.678", "0912345679"),
    ("email", {"filled": True}, "a@b.vn", ""),
    ("address", {"filled": True}, "37", ""),
    ("ethnicity", {"not_in": ["01"]}, "16", "01"),
    ("nationality", {"is_not": "VN"}, "LA", "VN"),
    ("tax_code", {"is": "0100233488"}, "0100233488", "0100233488-001"),
]

PLAIN_PAGE = {
    "key": "plain",
    "title": vi("Mỗi kiểu một câu"),
    "fields": [
        *(
            question(f"t_{kind}", kind, label, required=True, **SETTINGS.get(kind, {}))
            for kind, label in LABELS.items()
        ),
        question("t_note", "note", "Nhớ xem lại", hint=vi("Vốn do bạn tự khai.")),
    ],
}
SWITCH_PAGE = {
    "key": "switches",
    "title": vi("Câu hỏi đi và đến"),
    "fields": [
        part
        for kind, condition, _opens, _closes in SWITCHES
        for part in (
            question(f"s_{kind}", kind, LABELS[kind], **({"options": CHOICES} if kind.startswith("choice") else {})),
            question(
                f"o_{kind}", "text", f"Vì: {LABELS[kind]}", required=True,
                visible_if={"all": [{"field": f"s_{kind}", **condition}]},
            ),
        )
    ],
}  # fmt: skip
ROWS_PAGE = {
    "key": "rows",
    "title": vi("Nhóm lặp lại"),
    "fields": [
        {
            **question("t_group", "group", "Thành viên", required=True, min=1, max=3),
            "row_label": vi("Người thứ {n}"),
            "add_label": vi("Thêm người"),
            "fields": [
                *(question(f"g_{kind}", kind, label, **{k: v for k, v in SETTINGS.get(kind, {}).items() if k != "prefill"}) for kind, label in LABELS.items()),
                question("g_name", "person_name", "Tên thường gọi", required=True),
                question("g_why", "text", "Thuê của ai?", required=True, visible_if={"all": [{"field": "g_boolean", "is": True}]}),
                question("g_note", "note", "Ghi đủ mọi người"),
            ],
        },
        question("has_pets", "boolean", "Có nuôi thú không?", required=True),
        {
            **question(
                "pets", "group", "Thú nuôi", required=True, min=1, max=2,
                visible_if={"all": [{"field": "has_pets", "is": True}]},
            ),
            "fields": [question("pet", "text", "Tên con vật", required=True), question("pet_sex", "choice", "Giống", options=GENDERS)],
        },
    ],
}  # fmt: skip
EXTRA_PAGE = {
    "key": "extra",
    "title": vi("Chỉ cho bán buôn"),
    "visible_if": {
        "any": [
            {"field": "t_choice", "is": "b"},
            {"all": [{"field": "t_money", "more": 10**9}, {"field": "t_boolean", "is": True}]},
        ]
    },
    "fields": [question("warehouse", "address", "Kho hàng", required=True, precision="commune")],
}
PAPERS_PAGE = {
    "key": "papers",
    "title": vi("Giấy tờ và cam đoan"),
    "fields": [
        question("t_file", "file", "Ảnh đơn", requirement="don", required=True),
        question("oath", "declaration", "Tôi cam đoan lời khai là đúng.", required=True),
    ],
}

GALLERY: dict[str, Any] = {
    "pages": [PLAIN_PAGE, SWITCH_PAGE, ROWS_PAGE, EXTRA_PAGE, PAPERS_PAGE],
    "checks": [
        {
            "if": {"all": [{"field": "t_date", "less": {"field": "t_partial_date"}}]},
            "message": vi("Ngày bắt đầu phải sau ngày sinh."),
            "fields": ["t_date"],
        },
        {
            "if": {"all": [{"field": "g_name", "is": {"field": "t_person_name"}}]},
            "message": vi("Người này đã có ở trang đầu."),
            "fields": ["g_name"],
        },
    ],
    "parties": [
        {
            "role": "owner", "kind": "person", "page": "plain",
            "map": {
                "name": "t_person_name", "birth_date": "t_partial_date", "identity": "t_identity_document",
                "phone": "t_phone", "email": "t_email", "address": "t_address", "ethnicity": "t_ethnicity",
                "nationality": "t_nationality", "tax_code": "t_tax_code",
            },
        },
        {"role": "household_member", "kind": "person", "group": "t_group", "map": {"name": "g_name", "identity": "g_identity_document"}},
    ],
}  # fmt: skip

ROW = {f"g_{kind}": value for kind, value in ANSWERS_BY_TYPE.items()}
ANSWERS: dict[str, Any] = {
    **{f"t_{kind}": value for kind, value in ANSWERS_BY_TYPE.items()},
    "s_integer": 1000,
    "o_integer": "Vì đông.",
    "t_group": [
        {**ROW, "g_boolean": True, "g_name": "H'Hen Niê", "g_why": "Của bà Sáu"},
        {"g_name": "Y Blăm"},
    ],
    "has_pets": True,
    "pets": [{"pet": "Vàng", "pet_sex": "male"}],
    "warehouse": {"province": "37", "commune": "14533"},
    "oath": True,
}
"""Canonical answers to every page."""


@lru_cache
def gallery_form() -> FormSchema:
    return parse_form(GALLERY)


def gallery_document(**changes: Any) -> Document:
    """A procedure with this form, for the doors around it."""
    return make_document(**{"form": GALLERY, **changes})
