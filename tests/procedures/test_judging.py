"""What stands in the way of publishing, and what is worth a look: each named, placed, and with a way to mend it."""

import copy
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from procedures.editing.pointing import find_place
from procedures.editing.sections import BY_KEY
from procedures.formschema.schema import parse_form
from procedures.judging import Finding, has_stop, judge_document
from procedures.judging.findings import stop
from procedures.judging.reach import Link, Reach, Verdict
from tests.factories.catalogue import CODES, Document, make_document, read_catalogue

ON = date(2026, 11, 16)
_TWO_CASES = [{"key": "mot", "label": {"vi": "Một"}}, {"key": "hai", "label": {"vi": "Hai"}}]
_ASKED: dict[str, Any] = {"cases": _TWO_CASES, "case_question": {"vi": "Trường hợp nào?"}}
_FEE = {"key": "le_phi", "kind": "le_phi", "mode": "before", "label": {"vi": "Lệ phí"}, "amount": 1000}
_STEP = {"key": "nhan", "name": {"vi": "Nhận"}, "kind": "receive", "hours": 1, "role": "reception"}


def _ask(*fields: dict[str, Any], checks: list[dict[str, Any]] | None = None, **changes: Any) -> Document:
    """The small document with further questions."""
    document = make_document(**changes)
    document["form"]["pages"][0]["fields"] += fields
    document["form"]["checks"] = checks or []
    return document


def _field(key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"vi": f"Câu {key}"}, **more}


def _when(*terms: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(terms)}


_CHOICE = _field("loai", "choice", options=[{"value": v, "label": {"vi": v.upper()}} for v in ("a", "b")])

STOPS: list[tuple[str, Document, str, str]] = [
    ("no name", make_document(name=None), "name", "Tên thủ tục: chưa ghi."),
    ("no papers", make_document(requirements=[]), "requirements", "Giấy tờ: chưa có mục nào."),
    ("no steps people read", make_document(how_steps=[]), "how_steps", "Trình tự thực hiện: chưa có mục nào."),
    ("no audience", make_document(audience=None), "audience", "Đối tượng: chưa ghi."),
    ("no law", make_document(legal_basis=[]), "legal_basis", "Căn cứ pháp lý: chưa có mục nào."),
    ("a law without a proper number",
     make_document(legal_basis=[{"number": "Nghị định 1", "title": {"vi": "Nghị định"}}]),
     "legal_basis[0].number", "Căn cứ pháp lý: “Nghị định 1” không giống số hiệu văn bản."),
    ("a law twice", make_document(legal_basis=[{"number": "01/2025/NĐ-CP", "title": {"vi": "A"}}] * 2),
     "legal_basis[1].number", "Căn cứ pháp lý: số 01/2025/NĐ-CP ghi hai lần."),
    ("no limit at all", make_document(limits=[]), "limits", "Chưa có thời hạn cho: mọi trường hợp."),
    ("a channel without a limit",
     make_document(limits=[{"value": 3, "unit": "working_day", "channel": "online"}]), "limits",
     "Chưa có thời hạn cho: Tại quầy; Qua bưu chính."),
    ("a case without a limit",
     make_document(limits=[{"value": 3, "unit": "working_day", "case": "mot"}], **_ASKED), "limits",
     "Chưa có thời hạn cho: Hai, Qua mạng; Hai, Tại quầy; Hai, Qua bưu chính."),
    ("fees never thought of", make_document(fees=None), "fees", "Chưa ghi phí, lệ phí."),
    ("a case without a fee", make_document(fees=[{**_FEE, "case": "mot"}], **_ASKED), "fees",
     "Chưa có mức thu cho: Hai, Qua mạng; Hai, Tại quầy; Hai, Qua bưu chính."),
    ("steps longer than the limit", make_document(limits=[{"value": 2, "unit": "hour"}]), "steps",
     "Các bước cần 8 giờ, nhưng thời hạn chỉ có 2 giờ làm việc."),
    ("nobody decides", make_document(level=2, form=None, steps=[_STEP]), "steps",
     "Có kết quả nhưng không có bước ký duyệt."),
    ("no place for a required paper",
     make_document(requirements=[{"key": "don", "name": {"vi": "Đơn"}, "mode": "submit"},
                                 {"key": "anh", "name": {"vi": "Ảnh"}, "mode": "submit"}]),
     "requirements[1]", "Giấy tờ bắt buộc “Ảnh” chưa có chỗ tải tệp trong mẫu điện tử."),
    ("a file that must be sent in a case without its paper",
     _ask(_field("tep", "file", requirement="anh", required=True), **_ASKED, requirements=[
         *make_document()["requirements"],
         {"key": "anh", "name": {"vi": "Ảnh"}, "mode": "submit", "cases": ["mot"]}]),
     "form.pages[0].fields[3]", "Câu hỏi “Câu tep” bắt buộc gửi tệp cả khi không cần “Ảnh”: Hai."),
    ("no amount at all, while other parts are missing too", make_document(name=None, limits=[]),
     "limits", "Chưa ghi thời hạn giải quyết."),
    ("a row somebody only began", make_document(requirements=[{"mode": "submit"}]),
     "requirements[0].name", "Giấy tờ · mục 1 · tên: chưa ghi."),
    ("a part of a file from elsewhere", make_document(colour=1),
     "colour", "Tệp đã nhập có phần “colour” mà phần mềm không biết."),
    ("a required question nobody sees",
     _ask(_CHOICE, _field("x", required=True, visible_if=_when(
         {"field": "loai", "is": "a"}, {"field": "loai", "is": "b"}))),
     "form.pages[0].fields[4]",
     "Câu hỏi bắt buộc “Câu x” không bao giờ hiện, dù người dân trả lời thế nào."),
    ("a question behind one that is never shown",
     _ask(_CHOICE, _field("y", "boolean", visible_if=_when({"field": "loai", "empty": True})),
          _field("z", visible_if=_when({"field": "y", "is": True}, {"field": "loai", "is": "a"}))),
     "form.pages[0].fields[5]", "Câu hỏi “Câu z” không bao giờ hiện, dù người dân trả lời thế nào."),
    ("an impossible age",
     _ask(_field("sinh", "date", max="today"), _field("x", visible_if=_when(
         {"field": "sinh", "age_below": 18}, {"field": "sinh", "age_at_least": 60}))),
     "form.pages[0].fields[4]", "Câu hỏi “Câu x” không bao giờ hiện, dù người dân trả lời thế nào."),
    ("a number outside its limits",
     _ask(_field("so", "integer", max=5), _field("x", visible_if=_when({"field": "so", "more": 5}))),
     "form.pages[0].fields[4]", "Câu hỏi “Câu x” không bao giờ hiện, dù người dân trả lời thế nào."),
    ("a column nobody sees",
     _ask(_field("nhom", "group", fields=[
         _field("co", "boolean", required=True),
         _field("x", visible_if=_when({"field": "co", "empty": True}))])),
     "form.pages[0].fields[3].fields[1]", "Câu hỏi “Câu x” không bao giờ hiện, dù người dân trả lời thế nào."),
    ("a check that never fires",
     _ask(_field("so", "integer", min=1), checks=[
         {"if": _when({"field": "so", "less": 1}), "message": {"vi": "Ít quá."}, "fields": ["so"]}]),
     "form.checks[0]", "Lời báo lỗi “Ít quá.” không bao giờ hiện."),
    ("a case that does not exist",
     _ask(_field("x", visible_if=_when({"field": "case", "is": "ba"})), **_ASKED),
     "form.pages[0].fields[3]", "Câu hỏi “Câu x” không bao giờ hiện, dù người dân trả lời thế nào."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "document", "path", "message"), STOPS, ids=[case[0] for case in STOPS])
def test_it_stops(what: str, document: Document, path: str, message: str) -> None:
    stops = {finding.path: finding for finding in judge_document(document, on=ON) if finding.is_stop}
    assert path in stops, stops
    assert stops[path].message == message
    assert stops[path].mend.endswith(".")
    assert stops[path].section in BY_KEY


_RAW = re.compile(r"\b(None|name|label|unit|value|channel|op|field|key|vi)\b|\{|\[")


def test_no_name_of_a_file_is_ever_told() -> None:
    """However little is filled in, people read words."""
    begun = make_document()
    for name in ("requirements", "fees", "steps", "results", "legal_basis", "submit_ways", "cases", "limits"):
        begun[name] = [{}]
    begun["form"]["pages"][0]["fields"] = [
        {"key": "a", "type": "text", "visible_if": {"all": [{"field": "zz"}]}}
    ]
    said = [text for each in judge_document(begun, on=ON) for text in (each.message, each.mend)]
    assert [text for text in said if _RAW.search(text)] == []


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("requirements[1].name.vi", "edit/papers/?at=requirements-1-name#requirements-1-name"),
        ("form.pages[0]", "form/?at=page%3Aperson#b-title"),
        ("form.pages[0].fields[0]", "form/?at=field%3Afull_name#b-label"),
        ("form.checks[0]", "form/?at=check%3A0#b-message"),
        ("form.parties", "form/?new=party#b-role"),
        ("form.pages[9].fields[9]", "form/"),
    ],
)
def test_each_finding_leads_to_where_it_is_mended(path: str, address: str) -> None:
    document = make_document()
    assert (
        find_place(stop(path, "", ""), document["code"], document)
        == f"/catalogue/{document['code']}/{address}"
    )


def test_nobody_owns_the_dossier() -> None:
    document = make_document()
    document["form"]["parties"] = []
    assert "Mẫu chưa nói ai là chủ hồ sơ." in _say(judge_document(document))


HINTS: list[tuple[str, Document, str]] = [
    ("nothing is collected", make_document(), "Trang của thủ tục sẽ ghi “Không thu”."),
    ("an amount nobody knows", make_document(fees=[{**_FEE, "amount": None}]),
     "“Lệ phí” chưa có số tiền. Trang sẽ ghi là do HĐND tỉnh quy định."),
    ("fees that all end", make_document(fees=[{**_FEE, "until": "2026-12-31"}]),
     "Mọi mức thu đều có ngày hết hạn: Tại quầy."),
    ("a limit told only in the note", make_document(limits=[], limit_note={"vi": "Luật không quy định."}),
     "Chưa có thời hạn cho: mọi trường hợp."),
    ("a long sentence", make_document(summary={"vi": " ".join(["chữ"] * 21) + "."}),
     "Tóm tắt: câu “chữ chữ chữ chữ chữ chữ chữ chữ…” dài 21 chữ."),
    ("an official word", make_document(summary={"vi": "Tiến hành cấp giấy."}),
     "Tóm tắt: “tiến hành” là từ hành chính."),
    ("shouting", make_document(summary={"vi": "ĐỌC KỸ TRƯỚC khi nộp."}),
     "Tóm tắt: “ĐỌC KỸ TRƯỚC” viết toàn chữ in hoa."),
    ("one name for both", make_document(everyday_name={"vi": "cấp giấy thử nghiệm"}),
     "Tên thường gọi giống hệt tên chính thức."),
    ("no English", make_document(), "Còn 19 chỗ chưa có tiếng Anh."),
    ("a channel without words", make_document(), "Cách nộp “Qua mạng” chưa có lời hướng dẫn."),
    ("answers compared with each other",
     _ask(_field("a", "integer", max=1), _field("b", "integer", min=9),
          _field("x", visible_if=_when({"field": "a", "more": {"field": "b"}}))),
     "Câu hỏi “Câu x”: không kiểm tra hết được khi nào thì hiện."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "document", "message"), HINTS, ids=[case[0] for case in HINTS])
def test_it_hints(what: str, document: Document, message: str) -> None:
    found = judge_document(document, on=ON)
    assert message in _say(found)
    assert not has_stop(found)


def test_abbreviations_are_not_shouting() -> None:
    found = judge_document(make_document(summary={"vi": "Mang CCCD đến UBND xã. Nộp BHXH, BHYT tại đó."}))
    assert not [line for line in _say(found) if "in hoa" in line]


FINE: list[tuple[str, Document]] = [
    ("as it is", make_document()),
    ("an empty question decides",
     _ask(_CHOICE, _field("x", visible_if=_when({"field": "loai", "empty": True})))),
    ("a column that looks at the row",
     _ask(_field("nhom", "group", fields=[
         _field("co", "boolean"), _field("x", visible_if=_when({"field": "co", "is": True}))]))),
    ("two sets of options",
     _ask(_field("nhieu", "choices", options=_CHOICE["options"]),
          _field("x", visible_if=_when({"field": "nhieu", "is": "a"}, {"field": "nhieu", "is_not": "b"})))),
    ("days compared with each other",
     _ask(_field("tu", "date"), _field("den", "date"),
          checks=[{"if": _when({"field": "den", "less": {"field": "tu"}}), "message": {"vi": "Ngược."},
                   "fields": ["den"]}])),
    ("a place that is known",
     _ask(_field("noi", "address"), _field("x", visible_if=_when({"field": "noi", "filled": True})))),
    ("information only", make_document(level=1, form=None, steps=[])),
    ("partly known, from outside",
     make_document(level=2, form=None, partial=True, requirements=[], how_steps=[], limits=[], fees=None,
                   legal_basis=[], submit_ways=[], results=[], steps=[])),
]  # fmt: skip


@pytest.mark.parametrize(("what", "document"), FINE, ids=[case[0] for case in FINE])
def test_it_lets_pass(what: str, document: Document) -> None:
    assert [finding.message for finding in judge_document(document, on=ON) if finding.is_stop] == []


def test_a_file_hidden_in_a_case_that_needs_it_is_told() -> None:
    document = make_document(**_ASKED)
    document["form"]["pages"][0]["fields"][2]["visible_if"] = _when({"field": "case", "is": "mot"})
    said = _say(judge_document(document, on=ON))
    assert "“Đơn” bắt buộc, nhưng ô tệp không hiện khi chọn “Hai”." in said
    assert not [line for line in said if "“Một”" in line]


def test_too_many_answers_are_no_verdict() -> None:
    many = [_field(f"q{n}", "boolean") for n in range(16)]
    terms = [{"field": each["key"], "is": True} for each in many]
    form = parse_form({"pages": [{"key": "p", "title": {"vi": "P"}, "fields": many}]})
    condition = parse_form(
        {"pages": [{"key": "p", "title": {"vi": "P"}, "fields": [*many, _field("x", visible_if=_when(*terms))]}]}
    ).by_key["x"].visible_if  # fmt: skip
    assert condition is not None
    reach = Reach(form, (), ON)
    assert reach.find((Link(condition),)) is Verdict.REACHED
    none_of = parse_form(
        {"pages": [{"key": "p", "title": {"vi": "P"}, "fields": [*many, _field("x", visible_if={
            "all": [{"any": terms}, *({"any": [{"field": each["key"], "empty": True}]} for each in many)]})]}]}
    ).by_key["x"].visible_if  # fmt: skip
    assert none_of is not None
    assert reach.find((Link(none_of),)) in (Verdict.UNKNOWN, Verdict.NEVER)


# Against what is in force: what was edited, whether it stops, a part of what is said.
BREAKS: list[tuple[str, Callable[[Document], object], bool, str]] = [
    ("another type", lambda d: d["form"]["pages"][0]["fields"][1].update(type="phone", min=None), True,
     "đổi kiểu trả lời từ số nguyên thành số điện thoại"),
    ("another question", lambda d: d["form"]["pages"][0]["fields"][1]["label"].update(vi="Chiều cao nhà"), False,
     "“Số bản sao” đổi thành “Chiều cao nhà”"),
    ("another paper", lambda d: d["requirements"][0]["name"].update(vi="Sổ hồng"), False,
     "“Đơn” đổi thành “Sổ hồng”"),
    ("a case is gone", lambda d: d["cases"].pop(), False, "Trường hợp “Hai” không còn."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "edit", "stops", "said"), BREAKS, ids=[case[0] for case in BREAKS])
def test_keys_of_another_meaning_are_told(
    what: str, edit: Callable[[Document], object], stops: bool, said: str
) -> None:
    published = make_document(**_ASKED)
    document = copy.deepcopy(published)
    edit(document)
    document["form"]["pages"][0]["fields"][1] = {
        name: value for name, value in document["form"]["pages"][0]["fields"][1].items() if value is not None
    }
    found = [
        finding for finding in judge_document(document, published=published, on=ON) if said in finding.message
    ]
    assert found
    assert found[0].is_stop is stops


def test_a_longer_name_is_the_same_thing() -> None:
    published = make_document()
    document = copy.deepcopy(published)
    document["form"]["pages"][0]["fields"][1]["label"]["vi"] = "Số bản sao cần cấp"
    document["form"]["pages"][0]["fields"][0]["type"] = "person_name"
    before = judge_document(document, on=ON)
    assert judge_document(document, published=published, on=ON) == before


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_documents_may_be_published(code: str) -> None:
    found = judge_document(read_catalogue(code), on=ON)
    assert [(finding.path, finding.message) for finding in found if finding.is_stop] == []
    assert len(found) <= 8


def test_what_is_in_force_breaks_nothing_of_itself() -> None:
    document = read_catalogue("1.001193")
    assert judge_document(document, published=document, on=ON) == judge_document(document, on=ON)


@pytest.mark.parametrize("document", [{}, {"schema": 1}, {"form": {"pages": "x"}}, {"cases": [1], "fees": {}},
                                      {"name": {"vi": 3}, "legal_basis": [3, {"number": []}]}])  # fmt: skip
def test_half_a_document_is_judged_too(document: Document) -> None:
    found = judge_document(document)
    assert has_stop(found)
    assert all(finding.section in BY_KEY and finding.message and finding.mend for finding in found)


def test_stops_come_first_in_each_section_and_sections_in_their_order() -> None:
    found = judge_document(make_document(legal_basis=[], limits=[], summary={"vi": "Tiến hành."}))
    places = [list(BY_KEY).index(finding.section) for finding in found]
    assert places == sorted(places)


def _say(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]
