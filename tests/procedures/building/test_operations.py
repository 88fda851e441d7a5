# ruff: noqa: E501  (rows of a table read better on one line)
"""Operations of the builder as tables: what each makes, what takes it back, what is refused in which words."""

import copy
from typing import Any

import pytest

from portal.core.errors import RuleViolation
from procedures.building.checking import find_faults
from procedures.building.forms import Document, Form
from procedures.building.moving import StillUsed
from procedures.building.naming import make_key
from procedures.building.operations import apply_operation
from procedures.building.spots import read_spot
from tests.procedures.building.samples import make_form_document, row

NEW = {"label": "Ghi chú", "type": "text", "if-count": "0"}


def find(document: Document, spot: str) -> Any:
    found = read_spot(spot)
    assert found is not None
    return Form.open(document).place(found).item


def refused(name: str, document: Document, **typed: Any) -> dict[str, list[str]]:
    before = copy.deepcopy(document)
    with pytest.raises(RuleViolation) as caught:
        apply_operation(name, document, typed)
    assert document == before
    return caught.value.errors


# operation, what is typed, the spot it goes on at
DOINGS: list[tuple[str, dict[str, Any], str]] = [
    ("add_question", {**NEW, "at": "field:born"}, "field:ghi_chu"),
    ("add_question", {**NEW, "at": "page:person"}, "field:ghi_chu"),
    ("add_question", {**NEW, "at": "field:members.name"}, "field:members.ghi_chu"),
    ("add_question", {**NEW, "at": "field:born", "type": "group", "label": "Con"}, "field:con"),
    ("add_column", {**NEW, "at": "field:members"}, "field:members.ghi_chu"),
    ("add_page", {**NEW, "at": "field:born", "title": "Ghi thêm"}, "page:ghi_them"),
    ("add_check", {"message": "Sai.", "fields": ["born"], "if-count": "1", **row(0, "born", "filled")}, "check:2"),
    ("add_party", {"role": "submitter", "kind": "person", "source": "page:person", "map-name": "landlord", "if-count": "0"}, "party:2"),
    ("duplicate", {"at": "field:renting"}, "field:ban_thue_nha"),
    ("duplicate", {"at": "field:members.name"}, "field:members.ten_thanh_vien"),
    ("duplicate", {"at": "page:home"}, "page:ho_gia_dinh_ban_sao"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "spot"), DOINGS)
def test_what_is_added_works_and_its_removal_takes_it_back(
    name: str, typed: dict[str, Any], spot: str
) -> None:
    document = make_form_document()
    before = copy.deepcopy(document)
    done = apply_operation(name, document, typed)
    assert done.spot == spot
    assert done.summary
    assert document == before
    assert find_faults(done.document) == {}
    assert apply_operation("remove", done.document, {"at": spot}).document == before


@pytest.mark.parametrize(
    "spot", ["field:born", "field:landlord", "page:person", "field:members.studies", "check:0", "party:0"]
)
@pytest.mark.parametrize(("there", "back"), [("move_down", "move_up"), ("move_up", "move_down")])
def test_a_move_and_its_opposite_leave_all_as_it_was(spot: str, there: str, back: str) -> None:
    document = make_form_document()
    try:
        moved = apply_operation(there, document, {"at": spot})
    except RuleViolation as refusal:
        words = refusal.errors[""][0]
        assert "nên phải đứng sau câu đó" in words or "cùng trang" in words
        return
    if moved.document != document:
        assert apply_operation(back, moved.document, {"at": moved.spot}).document == document


def test_a_question_keeps_its_key_when_its_words_change() -> None:
    done = apply_operation(
        "save_question",
        make_form_document(),
        {"at": "field:born", "label": "Sinh ngày nào?", "type": "date", "last": "hôm nay", "if-count": "0"},
    )
    assert find(done.document, "field:born") == {
        "key": "born",
        "type": "date",
        "label": {"vi": "Sinh ngày nào?"},
        "max": "today",
    }


def test_an_option_keeps_its_value_when_its_words_change() -> None:
    typed = {
        "at": "field:renting",
        "label": "Thuê nhà?",
        "type": "choice",
        "options": "Đang thuê | Có hợp đồng\nKhông thuê\nỞ nhờ",
        "if-count": "0",
    }
    options = find(apply_operation("save_question", make_form_document(), typed).document, "field:renting")[
        "options"
    ]
    assert [item["value"] for item in options] == ["co", "khong", "o_nho"]
    assert options[0] == {"value": "co", "label": {"vi": "Đang thuê"}, "hint": {"vi": "Có hợp đồng"}}


def test_a_condition_is_chosen_row_by_row() -> None:
    typed = {
        **NEW,
        "at": "field:landlord",
        "if-mode": "any",
        "if-count": "2",
        **row(0, "case", "is", "moi"),
        **row(1, "born", "less", "1/2/2000"),
    }
    question = find(apply_operation("add_question", make_form_document(), typed).document, "field:ghi_chu")
    assert question["visible_if"] == {
        "any": [{"field": "case", "is": "moi"}, {"field": "born", "less": "2000-02-01"}]
    }


def test_a_copied_page_asks_its_own_questions() -> None:
    done = apply_operation("duplicate", make_form_document(), {"at": "page:person"})
    fields = {field["label"]["vi"]: field for field in find(done.document, done.spot)["fields"]}
    assert fields["Tên chủ nhà"]["visible_if"]["all"][0]["field"] == fields["Bạn thuê nhà?"]["key"]
    assert "Đơn" not in fields


@pytest.mark.parametrize(
    ("spot", "clearable", "words"),
    [
        ("field:renting", True, ["Trang “Hộ gia đình” chỉ hỏi theo câu này.", "Câu “Tên chủ nhà” chỉ hỏi theo câu này."]),
        ("field:born", True, ["Lời báo lỗi “Phải đủ 18 tuổi.” so sánh câu này.", "Phần “Chủ hồ sơ” lấy ngày sinh từ câu này."]),
        ("field:members.name", True, ["Lời báo lỗi “Đã ghi tên này.” so sánh câu này.", "Phần “Thành viên hộ” lấy họ tên từ câu này."]),
        ("field:members.studies", True, ["Câu “Trường” chỉ hỏi theo câu này."]),
        ("page:person", True, ["Phần “Chủ hồ sơ” lấy từ đây.", "Trang “Hộ gia đình” chỉ hỏi theo câu này."]),
        ("field:copies", False, ["Khoản thu “Lệ phí bản sao” đếm theo câu này. Hãy sửa phần Phí, lệ phí trước."]),
        ("page:home", False, ["Khoản thu “Lệ phí bản sao” đếm theo câu này. Hãy sửa phần Phí, lệ phí trước."]),
    ],
)  # fmt: skip
def test_what_refers_to_it_is_named_before_something_goes(
    spot: str, clearable: bool, words: list[str]
) -> None:
    document = make_form_document()
    with pytest.raises(StillUsed) as caught:
        apply_operation("remove", document, {"at": spot})
    assert set(words) <= set(caught.value.references)
    assert caught.value.is_clearable is clearable
    if clearable:
        left = apply_operation("remove", document, {"at": spot, "clear": "1"}).document
        assert find_faults(left) == {}
    else:
        assert "Hãy sửa phần Phí" in " ".join(refused("remove", document, at=spot, clear="1")[""])


# operation, what is typed, the control that is named, words of the refusal
REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    ("fly", {"at": "field:born"}, "", "Thao tác này không có"),
    ("move_up", {"at": "nowhere"}, "", "Hãy chọn một câu hỏi"),
    ("move_up", {"at": "field:gone"}, "", "không còn trong mẫu"),
    ("move_up", {"at": "field:landlord"}, "", "Câu “Tên chủ nhà”: có điều kiện theo câu “Bạn thuê nhà?”, nên phải đứng sau câu đó."),
    ("move_to", {"at": "field:full_name", "page": "home"}, "", "Phần “Chủ hồ sơ”: lấy họ tên từ câu “Họ và tên”"),
    ("duplicate", {"at": "field:paper"}, "", "Mỗi giấy tờ chỉ có một ô tệp"),
    ("add_question", {**NEW, "at": "field:born", "label": " "}, "label", "Ghi câu hỏi"),
    ("add_question", {**NEW, "at": "field:born", "label": "x" * 400}, "label", "dài quá 300"),
    ("add_question", {**NEW, "at": "field:born", "label": "a\x00b"}, "label", "ký tự điều khiển"),
    ("add_question", {**NEW, "at": "field:born", "type": "magic"}, "type", "Chọn một kiểu"),
    ("add_question", {**NEW, "at": "field:members.name", "type": "group"}, "type", "Chọn một kiểu"),
    ("add_question", {**NEW, "at": "field:born", "type": "choice"}, "options", "mỗi dòng một lựa chọn"),
    ("add_question", {**NEW, "at": "field:born", "type": "choice", "options": "A\nA"}, "options", "được ghi hai lần"),
    ("add_question", {**NEW, "at": "field:born", "type": "file"}, "requirement", "Chọn giấy tờ"),
    ("add_question", {**NEW, "at": "field:born", "type": "file", "requirement": "don"}, "requirement", "đã có ô tệp ở câu “Đơn”"),
    ("add_question", {**NEW, "at": "field:born", "type": "file", "requirement": "la"}, "", "giấy tờ phải nộp"),
    ("add_question", {**NEW, "at": "field:born", "type": "integer", "min": "9", "max": "1"}, "max", "không ai trả lời được"),
    ("add_question", {**NEW, "at": "field:born", "type": "integer", "min": "chín"}, "min", "bằng chữ số"),
    ("add_question", {**NEW, "at": "field:born", "type": "date", "first": "31/2/2026"}, "first", "hoặc “hôm nay”"),
    ("add_question", {**NEW, "at": "field:born", "type": "date", "first": "1/1/2027", "last": "1/1/2026"}, "last", "không ai trả lời được"),
    ("add_question", {**NEW, "at": "field:born", "type": "group", "least": "3", "most": "2"}, "most", "không ai trả lời được"),
    ("add_question", {**NEW, "at": "field:born", "if-count": "1", **row(0, "landlord", "filled")}, "if-0-field", "không đứng trước"),
    ("add_question", {**NEW, "at": "field:born", "if-count": "1", **row(0, "born", "nhu")}, "if-0-op", "Chọn cách so sánh"),
    ("add_question", {**NEW, "at": "field:born", "if-count": "1", **row(0, "born", "less", "mai")}, "if-0-value", "Chưa đọc được"),
    ("add_question", {**NEW, "at": "field:landlord", "if-count": "1", **row(0, "renting", "is", "xa")}, "if-0-value", "trong danh sách"),
    ("save_question", {"at": "field:renting", "label": "Thuê?", "type": "choice", "options": "Không thuê", "if-count": "0"}, "", "không có lựa chọn"),
    ("save_question", {"at": "field:renting", "label": "Thuê?", "type": "boolean", "if-count": "0"}, "", "không cùng kiểu"),
    ("save_question", {"at": "field:full_name", "label": "Tên", "type": "phone", "if-count": "0"}, "", "Phần “Chủ hồ sơ”"),
    ("add_page", {**NEW, "title": ""}, "title", "Ghi tên trang"),
    ("add_check", {"message": "Sai.", "fields": ["born"], "if-count": "0"}, "if-0-field", "khi nào thì báo lỗi"),
    ("add_check", {"message": "", "fields": ["born"], "if-count": "1", **row(0, "born", "filled")}, "message", "sai gì"),
    ("add_check", {"message": "Sai.", "if-count": "1", **row(0, "born", "filled")}, "fields", "ít nhất một câu"),
    ("add_party", {"role": "king", "source": "page:person"}, "role", "Chọn vai trò"),
    ("add_party", {"role": "owner", "source": "page:moon"}, "source", "Chọn trang hoặc nhóm"),
    ("add_party", {"role": "owner", "source": "page:home"}, "map-name", "Chọn câu hỏi ghi họ tên"),
    ("add_party", {"role": "owner", "source": "page:home", "map-name": "full_name"}, "map-name", "không nằm trong phần đã chọn"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "control", "words"), REFUSALS)
def test_what_would_break_the_form_is_refused_in_words(
    name: str, typed: dict[str, Any], control: str, words: str
) -> None:
    errors = refused(name, make_form_document(), **typed)
    assert control in errors
    assert words in " ".join(errors[control])


def test_the_last_question_of_a_page_goes_only_with_its_page() -> None:
    document = apply_operation("add_page", make_form_document(), {**NEW, "title": "Ghi thêm"}).document
    assert "duy nhất" in refused("remove", document, at="field:ghi_chu")[""][0]
    assert "duy nhất" in refused("move_up", document, at="field:ghi_chu")[""][0]


def test_a_form_begins_with_a_page_and_ends_with_its_last() -> None:
    bare = {**make_form_document(), "fees": [], "level": 2}
    del bare["form"]
    first = apply_operation("add_page", bare, {**NEW, "title": "Người nộp"})
    assert find_faults(first.document) == {}
    assert apply_operation("remove", first.document, {"at": first.spot}).document == bare


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Họ và tên của bạn", (), "ho_va_ten_cua_ban"),
        ("Họ và tên", ("ho_va_ten", "ho_va_ten_2"), "ho_va_ten_3"),
        ("1. Số nhà", (), "cau_1_so_nha"),
        ("?", (), "cau"),
        ("Case", (), "case_2"),
        ("n", (), "cau_n"),
        ("Đ" * 90, (), "d" * 40),
    ],
)
def test_a_key_is_made_from_the_words(label: str, taken: tuple[str, ...], key: str) -> None:
    assert make_key(label, taken) == key


@pytest.mark.parametrize(
    "text", ["", "page:", "field:A", "page:a.b", "check:x", "field:a.b.c", "party:-1", "x" * 99]
)
def test_what_is_no_spot_is_none(text: str) -> None:
    assert read_spot(text) is None


def test_two_wrong_papers_are_mended_one_by_one() -> None:
    """Another section turned both papers into look-ups; every step here that makes it no worse is taken."""
    document = make_form_document()
    document["requirements"].append({"key": "anh", "name": {"vi": "Ảnh"}, "mode": "submit"})
    photo = {**NEW, "at": "field:paper", "label": "Ảnh", "type": "file", "requirement": "anh"}
    document = apply_operation("add_question", document, photo).document
    for paper in document["requirements"]:
        paper["mode"] = "lookup"
    assert len(find_faults(document)["form"]) == 2
    for spot in ("field:anh", "field:paper"):
        document = apply_operation("remove", document, {"at": spot}).document
    assert find_faults(document) == {}
