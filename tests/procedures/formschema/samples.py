# ruff: noqa: E501  (rows of a table read better on one line)
"""Forms that the tests fill in: a birth registration, and one with every type of question."""

from typing import Any

from procedures.formschema.definition import Field, FormSchema, Option
from procedures.formschema.schema import parse_form
from procedures.texts import Text


def vi(text: str) -> dict[str, str]:
    return {"vi": text}


def question(key: str, kind: str, label: str, **settings: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": vi(label), **settings}


def options(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": vi(label)} for value, label in pairs]


GENDERS = options(("male", "Nam"), ("female", "Nữ"))
HAS_FATHER = {"all": [{"field": "father_known", "is": True}]}

BIRTH: dict[str, Any] = {
    "pages": [
        {
            "key": "requester",
            "title": vi("Người yêu cầu"),
            "fields": [
                question("my_name", "person_name", "Họ, chữ đệm, tên của bạn", required=True, prefill="person.full_name"),
                question("my_id", "national_id", "Số định danh của bạn", required=True, prefill="person.national_id"),
                question("my_phone", "phone", "Số điện thoại", required=True, prefill="person.phone"),
                question("my_email", "email", "Thư điện tử", prefill="person.email"),
                question("my_home", "address", "Nơi cư trú của bạn", required=True, prefill="person.address"),
                question(
                    "relation", "choice", "Bạn là gì của trẻ?", required=True,
                    options=options(("mother", "Mẹ"), ("father", "Cha"), ("other", "Người thân khác")),
                ),
                question(
                    "relation_words", "text", "Quan hệ cụ thể", required=True,
                    visible_if={"all": [{"field": "relation", "is": "other"}]},
                ),
            ],
        },
        {
            "key": "child",
            "title": vi("Người được khai sinh"),
            "fields": [
                question("child_note", "note", "Ghi đúng như giấy chứng sinh", hint=vi("Sai sẽ phải cải chính sau này.")),
                question("child_name", "person_name", "Họ, chữ đệm, tên của trẻ", required=True),
                question("child_born", "date", "Ngày sinh của trẻ", required=True, max="today"),
                question("child_gender", "choice", "Giới tính", required=True, options=GENDERS),
                question("child_ethnicity", "ethnicity", "Dân tộc", required=True),
                question("child_nationality", "nationality", "Quốc tịch", required=True),
                question("home_town", "address", "Quê quán", required=True, precision="commune"),
                question("birth_paper", "file", "Giấy chứng sinh", required=True, requirement="giay_chung_sinh"),
            ],
        },
        {
            "key": "parents",
            "title": vi("Cha, mẹ"),
            "fields": [
                question("mother_name", "person_name", "Họ tên mẹ", required=True),
                question("mother_born", "partial_date", "Năm sinh của mẹ", required=True, max="today"),
                question("mother_id", "identity_document", "Giấy tờ của mẹ", required=True),
                question("father_known", "boolean", "Có khai cha không?", required=True),
                question("father_name", "person_name", "Họ tên cha", required=True, visible_if=HAS_FATHER),
                question("father_born", "partial_date", "Năm sinh của cha", visible_if=HAS_FATHER),
            ],
        },
        {
            "key": "siblings",
            "title": vi("Anh, chị, em"),
            "visible_if": HAS_FATHER,
            "fields": [
                {
                    **question("siblings", "group", "Anh, chị, em ruột của trẻ", min=0, max=3),
                    "row_label": vi("Người thứ {n}"),
                    "add_label": vi("Thêm người"),
                    "fields": [
                        question("name", "person_name", "Họ tên", required=True),
                        question("born", "date", "Ngày sinh", required=True),
                        question("studies", "boolean", "Đang đi học?"),
                        question(
                            "school", "text", "Trường", required=True,
                            visible_if={"all": [{"field": "studies", "is": True}]},
                        ),
                    ],
                },
            ],
        },
        {
            "key": "copies",
            "title": vi("Bản sao và cam đoan"),
            "fields": [
                question("copies", "integer", "Số bản sao", min=0, max=20),
                question("truth", "declaration", "Tôi cam đoan các thông tin trên là đúng.", required=True),
            ],
        },
    ],
    "checks": [
        {
            "if": {"all": [{"field": "mother_born", "at_least": {"field": "child_born"}}]},
            "message": vi("Mẹ phải sinh trước con. Xem lại hai ngày sinh."),
            "fields": ["mother_born"],
        },
        {
            "if": {"all": [{"field": "born", "is": {"field": "child_born"}}, {"field": "name", "is": {"field": "child_name"}}]},
            "message": vi("Đây là chính đứa trẻ đang được khai sinh."),
            "fields": ["name"],
        },
    ],
    "parties": [
        {
            "role": "child", "kind": "person", "page": "child",
            "map": {"name": "child_name", "birth_date": "child_born", "gender": "child_gender", "ethnicity": "child_ethnicity"},
        },
        {
            "role": "representative", "kind": "person", "page": "requester",
            "map": {"name": "my_name", "identity": "my_id", "phone": "my_phone", "email": "my_email", "address": "my_home"},
        },
        {
            "role": "owner", "kind": "person", "page": "parents",
            "map": {"name": "mother_name", "birth_date": "mother_born", "identity": "mother_id"},
        },
        {"role": "household_member", "kind": "person", "group": "siblings", "map": {"name": "name", "birth_date": "born"}},
    ],
}  # fmt: skip

HOME = {"province": "37", "commune": "14533", "village": "Thôn Đông", "line": "Số 4"}

BIRTH_ANSWERS: dict[str, Any] = {
    "my_name": "Nguyễn Thị Hạnh",
    "my_id": "037190001234",
    "my_phone": "0912 345 678",
    "my_home": HOME,
    "relation": "mother",
    "child_name": "Trần Nguyễn Bảo An",
    "child_born": "1/11/2026",
    "child_gender": "female",
    "child_ethnicity": "01",
    "child_nationality": "VN",
    "home_town": {"province": "37", "commune": "14533"},
    "mother_name": "Nguyễn Thị Hạnh",
    "mother_born": "1990",
    "mother_id": {"type": "citizen_id", "number": "037 190 001 234"},
    "father_known": False,
    "copies": 2,
    "truth": True,
}

EVERY_TYPE: dict[str, Any] = {
    "pages": [
        {
            "key": "all",
            "title": vi("Mọi kiểu câu hỏi"),
            "fields": [
                question("a_text", "text", "Tên hộ kinh doanh", required=True, hint=vi("Ghi như trên biển hiệu.")),
                question("a_paragraph", "paragraph", "Ngành, nghề"),
                question("an_integer", "integer", "Số lao động", required=True, max=10),
                question("a_decimal", "decimal", "Diện tích"),
                question("a_money", "money", "Vốn kinh doanh", required=True),
                question("a_date", "date", "Ngày bắt đầu", required=True),
                question("a_partial", "partial_date", "Ngày sinh", required=True, prefill="person.birth_date"),
                question("a_time", "time", "Giờ mở cửa"),
                question("a_choice", "choice", "Giới tính", required=True, options=GENDERS),
                question(
                    "many", "choice", "Hình thức", required=True,
                    options=options(*((f"v{n}", f"Cách thứ {n}") for n in range(8))),
                ),
                question("some", "choices", "Mục đích", required=True, options=options(("a", "Bán lẻ"), ("b", "Bán buôn"))),
                question("a_boolean", "boolean", "Có thuê nhà không?", required=True),
                question(
                    "landlord", "person_name", "Chủ nhà", required=True,
                    visible_if={"all": [{"field": "a_boolean", "is": True}]},
                ),
                question("a_name", "person_name", "Chủ hộ", required=True, prefill="person.full_name"),
                question("paper", "identity_document", "Giấy tờ của chủ hộ", required=True, issue="required"),
                question("a_number", "national_id", "Số định danh", required=True),
                question("a_phone", "phone", "Điện thoại", required=True, prefill="person.phone"),
                question("an_email", "email", "Thư điện tử"),
                question("place", "address", "Trụ sở", required=True, hint=vi("Nơi có biển hiệu."), abroad=True),
                question("people", "ethnicity", "Dân tộc", required=True),
                question("nation", "nationality", "Quốc tịch", required=True),
                question("tax", "tax_code", "Mã số thuế"),
                question("scan", "file", "Giấy tờ thuê nhà", requirement="thue_nha"),
                question("words", "note", "Nhớ xem lại", hint=vi("Vốn do bạn tự khai.")),
                {
                    **question("members", "group", "Thành viên hộ", required=True, max=4),
                    "fields": [
                        question("full_name", "person_name", "Họ tên", required=True),
                        question("home", "address", "Nơi ở", precision="commune"),
                        question("share", "integer", "Phần vốn (%)", max=100),
                    ],
                },
                question("oath", "declaration", "Tôi cam đoan.", required=True),
            ],
        }
    ]
}  # fmt: skip


def birth_form() -> FormSchema:
    return parse_form(BIRTH)


def every_type_form() -> FormSchema:
    return parse_form(EVERY_TYPE)


def field(kind: str, label: str = "Câu hỏi", **settings: Any) -> Field:
    """A bare field, for trying one type."""
    pairs = settings.pop("options", ())
    choices = tuple(Option(value, Text(name)) for value, name in pairs)
    return Field("key", kind, Text(label), options=choices, **settings)
