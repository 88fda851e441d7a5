# ruff: noqa: E501, FBT003  (rows of a table read better on one line)
"""A small document with a form that has one of everything the builder knows."""

from typing import Any

from tests.factories.catalogue import Document, make_document


def make_form_document() -> Document:
    """Two pages: conditions, a choice, a group; a check, a check of rows, parties, a fee that counts."""
    return make_document(
        cases=[{"key": "moi", "label": {"vi": "Cấp mới"}}, {"key": "lai", "label": {"vi": "Cấp lại"}}],
        case_question={"vi": "Cấp mới hay cấp lại?"},
        fees=[
            {
                "key": "le_phi", "kind": "le_phi", "mode": "after", "label": {"vi": "Lệ phí bản sao"},
                "unit": {"price": 8000, "field": "copies", "name": {"vi": "bản"}},
            }
        ],
        form={"pages": [_person_page(), _home_page()], "checks": _checks(), "parties": _parties()},
    )  # fmt: skip


def _person_page() -> dict[str, Any]:
    return {
        "key": "person",
        "title": {"vi": "Người nộp"},
        "fields": [
            question("full_name", "person_name", "Họ và tên", required=True),
            question("born", "date", "Ngày sinh", max="today"),
            question("renting", "choice", "Bạn thuê nhà?", options=[option("co", "Có thuê"), option("khong", "Không thuê")]),
            question("landlord", "person_name", "Tên chủ nhà", visible_if=when("renting", "is", "co")),
            question("paper", "file", "Đơn", requirement="don"),
        ],
    }  # fmt: skip


def _home_page() -> dict[str, Any]:
    columns = [
        question("name", "person_name", "Tên thành viên", required=True),
        question("studies", "boolean", "Đang đi học?"),
        question("school", "text", "Trường", visible_if=when("studies", "is", True)),
    ]
    return {
        "key": "home",
        "title": {"vi": "Hộ gia đình"},
        "visible_if": when("renting", "is", "khong"),
        "fields": [
            question("copies", "integer", "Số bản sao", min=1),
            {**question("members", "group", "Thành viên", min=1, max=5), "fields": columns},
        ],
    }


def _checks() -> list[dict[str, Any]]:
    return [
        {"if": when("born", "age_below", 18), "message": {"vi": "Phải đủ 18 tuổi."}, "fields": ["born"]},
        {"if": when("name", "is", {"field": "full_name"}), "message": {"vi": "Đã ghi tên này."}, "fields": ["name"]},
    ]  # fmt: skip


def _parties() -> list[dict[str, Any]]:
    return [
        {"role": "owner", "kind": "person", "page": "person", "map": {"name": "full_name", "birth_date": "born"}},
        {"role": "household_member", "kind": "person", "group": "members", "map": {"name": "name"}},
    ]  # fmt: skip


def question(key: str, kind: str, label: str, **settings: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"vi": label}, **settings}


def option(value: str, label: str) -> dict[str, Any]:
    return {"value": value, "label": {"vi": label}}


def when(key: str, op: str, value: Any) -> dict[str, Any]:
    return {"all": [{"field": key, op: value}]}


def row(number: int, key: str, op: str = "", *values: str, name: str = "if") -> dict[str, Any]:
    """One posted row of a condition."""
    return {f"{name}-{number}-field": key, f"{name}-{number}-op": op, f"{name}-{number}-value": list(values)}
