# ruff: noqa: E501  (rows of a table read better on one line)
"""A form document is read strictly, and each fault is named with its exact path."""

import copy
from typing import Any

import pytest

from portal.core.errors import RuleViolation
from procedures.formschema.schema import parse_form
from tests.procedures.formschema.samples import BIRTH, EVERY_TYPE, options, question, vi


def one(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"pages": [{"key": "p", "title": vi("Trang"), "fields": list(fields)}], **more}


def when(*terms: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(terms)}


A = question("a", "text", "A")
N = question("n", "integer", "N")
C = question("c", "choice", "C", options=options(("x", "X"), ("y", "Y")))
LATER = "Không có câu hỏi “z” ở phía trước."

FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "pages", "Mẫu cần ít nhất một trang."),
    (one(), "pages[0].fields", "Trang cần ít nhất một câu hỏi."),
    (one({**A, "requird": True}), "pages[0].fields[0].requird", "Tên này không có trong mẫu tài liệu."),
    (one({**A, "key": "A b"}), "pages[0].fields[0].key", "Khóa chỉ gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ."),
    (one(A, A), "pages[0].fields[1].key", "Khóa này đã dùng ở trên."),
    (one({**A, "key": "case"}), "pages[0].fields[0].key", "Khóa này đã dùng ở trên."),
    (one({**A, "label": vi("")}), "pages[0].fields[0].label.vi", "Thiếu nội dung tiếng Việt."),
    (one(question("a", "choice", "A")), "pages[0].fields[0].options", "Câu hỏi này cần các lựa chọn."),
    (one({**A, "options": options(("x", "X"))}), "pages[0].fields[0].options", "Kiểu trả lời này không có lựa chọn."),
    (one({**A, "min": 3}), "pages[0].fields[0].min", "Tên này không có trong mẫu tài liệu."),
    (one({**N, "min": 3, "max": 2}), "pages[0].fields[0].max", "Giới hạn trên nhỏ hơn giới hạn dưới."),
    (one({**N, "min": "today"}), "pages[0].fields[0].min", "Giới hạn phải là số nguyên."),
    (one(question("d", "date", "D", max="mai")), "pages[0].fields[0].max", "Giới hạn phải là “today” hoặc ngày dạng 2026-12-31."),
    (one({**A, "prefill": "person.phone"}), "pages[0].fields[0].prefill", "Kiểu trả lời này không điền sẵn được từ “person.phone”."),
    (one(question("f", "file", "F")), "pages[0].fields[0].requirement", "Thiếu nội dung này."),
    (one({**A, "visible_if": when({"field": "z", "is": "x"})}), "pages[0].fields[0].visible_if.all[0].field", LATER),
    (one({**A, "visible_if": when({"field": "a", "is": "x"})}), "pages[0].fields[0].visible_if.all[0].field", LATER.replace("z", "a")),
    (one(A, {**C, "visible_if": when({"field": "a", "is": 3})}), "pages[0].fields[1].visible_if.all[0].is", "Giá trị so sánh không cùng kiểu với câu trả lời."),
    (one(A, {**C, "visible_if": when({"field": "a", "less": "x"})}), "pages[0].fields[1].visible_if.all[0].less", "Kiểu trả lời này không so được bằng phép đó."),
    (one(A, {**C, "visible_if": when({"field": "a"})}), "pages[0].fields[1].visible_if.all[0]", "Mỗi so sánh có đúng một phép so."),
    (one(A, {**C, "visible_if": when({"field": "a", "is": "x", "in": ["y"]})}), "pages[0].fields[1].visible_if.all[0]", "Mỗi so sánh có đúng một phép so."),
    (one(A, {**C, "visible_if": {"all": []}}), "pages[0].fields[1].visible_if.all", "Điều kiện cần ít nhất một so sánh."),
    (one(A, {**C, "visible_if": when({"any": [{"all": [{"field": "a", "filled": True}]}]})}), "pages[0].fields[1].visible_if.all[0].any[0]", "Điều kiện chỉ lồng được một lớp."),
    (one(C, {**A, "visible_if": when({"field": "c", "is": "z"})}), "pages[0].fields[1].visible_if.all[0].is", "Câu hỏi không có lựa chọn “z”."),
    (one(C, N, {**A, "visible_if": when({"field": "c", "is": {"field": "n"}})}), "pages[0].fields[2].visible_if.all[0].is.field", "Hai câu hỏi khác kiểu trả lời nên không so được."),
    (one(A, {**C, "visible_if": when({"field": "a", "filled": False})}), "pages[0].fields[1].visible_if.all[0].filled", "Giá trị so sánh không cùng kiểu với câu trả lời."),
    (one({**question("g", "group", "G"), "fields": []}), "pages[0].fields[0].fields", "Nhóm cần ít nhất một câu hỏi."),
    (one({**question("g", "group", "G"), "fields": [question("f", "file", "F", requirement="r")]}), "pages[0].fields[0].fields[0].type", "Nhóm không chứa được nhóm khác hoặc tệp."),
    (one({**question("g", "group", "G", max=99), "fields": [A]}), "pages[0].fields[0].max", "Nhóm có tối đa 50 dòng."),
    (one(A, checks=[{"if": when({"field": "a", "filled": True}), "message": vi("Sai."), "fields": ["b"]}]), "checks[0].fields[0]", "Không có câu hỏi nào mang khóa “b”."),
    (one(A, checks=[{"message": vi("Sai."), "fields": ["a"]}]), "checks[0].if", "Thiếu nội dung này."),
    (one(A, parties=[{"role": "owner", "page": "q", "map": {"name": "a"}}]), "parties[0].page", "Không có trang “q”."),
    (one(A, N, parties=[{"role": "owner", "page": "p", "map": {"name": "n"}}]), "parties[0].map.name", "Không có câu hỏi “n” với kiểu phù hợp."),
    (one(A, parties=[{"role": "owner", "page": "p", "map": {}}]), "parties[0].map", "Cần nêu câu hỏi cho tên của người này."),
    (one(A, parties=[{"role": "king", "page": "p", "map": {"name": "a"}}]), "parties[0].role", "Giá trị phải là một trong: owner"),
]  # fmt: skip


@pytest.mark.parametrize("document", [BIRTH, EVERY_TYPE])
def test_it_reads_whole_forms(document: dict[str, Any]) -> None:
    form = parse_form(document)
    assert [page.key for page in form.pages] == [page["key"] for page in document["pages"]]


@pytest.mark.parametrize(("document", "path", "message"), FAULTS)
def test_each_fault_has_its_path(document: dict[str, Any], path: str, message: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_form(document)
    assert refused.value.code == "invalid_form"
    assert any(line.startswith(message) for line in refused.value.errors.get(path, [])), refused.value.errors


def test_all_faults_are_told_at_once() -> None:
    document = copy.deepcopy(BIRTH)
    document["pages"][0]["fields"][0]["type"] = "nmae"
    document["pages"][1]["fields"][1]["required"] = "yes"
    with pytest.raises(RuleViolation) as refused:
        parse_form(document)
    assert {"pages[0].fields[0].type", "pages[1].fields[1].required"} <= refused.value.errors.keys()


def test_a_condition_may_ask_for_the_case() -> None:
    form = parse_form(one({**A, "visible_if": when({"field": "case", "is": "abandoned"})}))
    assert form.pages[0].fields[0].visible_if is not None


@pytest.mark.parametrize(
    "document", [None, [], "x", 5, {"pages": 3}, {"pages": [3]}, {"pages": [{"fields": [3]}]}]
)
def test_nonsense_is_refused_without_falling_over(document: object) -> None:
    with pytest.raises(RuleViolation):
        parse_form(document)
