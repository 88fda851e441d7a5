"""Two documents side by side: every difference is told, in words a lawyer reads, and nothing is told twice."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from procedures.comparing import Change, compare_documents, mark_words
from tests.factories.catalogue import Document, make_document, read_catalogue

BIRTH, LAND = "1.001193", "1.013831"
EDITS = 60


def _paper(document: Document) -> dict[str, Any]:
    return next(item for item in document["requirements"] if item["key"] == "giay_chung_sinh")


def _field(document: Document, page: int, place: int) -> dict[str, Any]:
    field: dict[str, Any] = document["form"]["pages"][page]["fields"][place]
    return field


def _move_first_paper(document: Document) -> None:
    document["requirements"].append(document["requirements"].pop(0))


def _move_question(document: Document) -> None:
    pages = document["form"]["pages"]
    pages[1]["fields"].append(pages[0]["fields"].pop(5))


def _add_question(document: Document) -> None:
    document["form"]["pages"][2]["fields"].append(
        {"key": "mother_phone", "type": "phone", "label": {"vi": "Số của mẹ"}, "required": True,
         "visible_if": {"all": [{"field": "requester_relation", "in": ["cha", "me"]}]}}
    )  # fmt: skip


# what was edited, the edit, then: section, label, kind, before, after
CASES: list[tuple[str, Callable[[Document], object], tuple[str, str, str, str, str]]] = [
    ("a paper is asked when needed", lambda d: _paper(d).update(required=False),
     ("papers", "Giấy tờ · Giấy chứng sinh", "changed", "bắt buộc", "khi cần")),
    ("a paper moved", _move_first_paper,
     ("papers", "Giấy tờ · Tờ khai đăng ký khai sinh", "moved", "thứ 1", "thứ 9")),
    ("a result is gone", lambda d: d["results"].pop(1),
     ("results", "Kết quả · Bản sao giấy khai sinh", "removed", "dạng: Bản giấy", "")),
    ("a fee by the piece", lambda d: d["fees"][1]["unit"].update(price=9000),
     ("fees", "Phí, lệ phí · Bản sao giấy khai sinh", "changed",
      "8.000 đ một bản (đếm theo Số bản sao)", "9.000 đ một bản (đếm theo Số bản sao)")),
    ("a fee for one way to file, against the general one",
     lambda d: d["fees"].append({**d["fees"][0], "channel": "online", "amount": 4000}),
     ("fees", "Phí, lệ phí · Lệ phí đăng ký khai sinh (Qua mạng)", "changed", "0 đ", "4.000 đ")),
    ("a limit", lambda d: d["limits"][0].update(value=3, unit="working_day"),
     ("limits", "Thời hạn · Mọi trường hợp, mọi cách nộp", "changed", "Trong ngày", "3 ngày làm việc")),
    ("a limit for the desk", lambda d: d["limits"].append({"value": 2, "unit": "hour", "channel": "desk"}),
     ("limits", "Thời hạn · Tại quầy", "added", "", "2 giờ làm việc")),
    ("hours of a step", lambda d: d["steps"][0].update(hours=5),
     ("steps", "Bước xử lý · Tiếp nhận và kiểm tra hồ sơ", "changed", "1 giờ làm việc", "5 giờ làm việc")),
    ("a switch", lambda d: d.update(same_day=False),
     ("steps", "Trả kết quả trong ngày", "changed", "có", "không")),
    ("a switch written out", lambda d: d.update(quick=False),
     ("steps", "Làm ngay tại bàn", "changed", "không ghi, nghĩa là không", "không")),
    ("the level", lambda d: d.update(level=2),
     ("level", "Mức độ dịch vụ", "changed", "mức độ 4: Làm trọn trên mạng, cả nộp phí và nhận kết quả",
      "mức độ 2: Tải mẫu và danh sách giấy tờ, rồi nộp tại quầy")),
    ("English came", lambda d: d["summary"].update(en="Births."),
     ("names", "Tóm tắt · tiếng Anh", "added", "", "Births.")),
    ("only blanks differ", lambda d: d["summary"].update(vi=d["summary"]["vi"].replace(" ", "  ", 1)),
     ("names", "Tóm tắt · chỉ khác khoảng trắng hoặc cách ghi", "changed",
      "Ghi việc sinh vào sổ hộ tịch. Trẻ được cấp giấy khai sinh và số định danh cá nhân.",
      "Ghi  việc sinh vào sổ hộ tịch. Trẻ được cấp giấy khai sinh và số định danh cá nhân.")),
    ("a question moved to another page", _move_question,
     ("form", "Mẫu điện tử · Trang “Người được khai sinh” · Số điện thoại", "moved",
      "Trang “Người đi khai sinh”", "Trang “Người được khai sinh”")),
    ("a question came", _add_question,
     ("form", "Mẫu điện tử · Trang “Người mẹ” · Số của mẹ", "added", "",
      "kiểu trả lời: Số điện thoại; bắt buộc; "
      "chỉ hỏi khi: “Bạn là gì của trẻ?” là một trong: “Cha”, “Mẹ”")),
    ("a condition went", lambda d: _field(d, 1, 6).pop("visible_if"),
     ("form", "Mẫu điện tử · Trang “Người được khai sinh” · Tên cơ sở y tế · chỉ hỏi khi", "changed",
      "“Trẻ sinh ở đâu?” là “Tại cơ sở y tế”", "luôn luôn")),
    ("an option went", lambda d: _field(d, 0, 0)["options"].pop(),
     ("form", "Mẫu điện tử · Trang “Người đi khai sinh” · Bạn là gì của trẻ? · lựa chọn · "
      "Người được cha, mẹ ủy quyền", "removed", "", "")),
    ("a law", lambda d: d["legal_basis"].append({"number": "1/2027/NĐ-CP", "title": {"vi": "Nghị định mới"}}),
     ("law", "Căn cứ pháp lý · 1/2027/NĐ-CP", "added", "", "Nghị định mới")),
    ("a question of the guide", lambda d: d["guide"]["questions"][2].pop("visible_if"),
     ("guide", "Hỏi đáp · Cha và mẹ đã đăng ký kết hôn với nhau chưa? · chỉ hỏi khi", "changed",
      "“Trường hợp” khác “Trẻ bị bỏ rơi”", "luôn luôn")),
    ("a part nobody named", lambda d: d.update(colour={"shade": 3}),
     ("names", "colour", "added", "", "shade: 3")),
    ("true for 1", lambda d: d.update(sets=True), ("papers", "Số bộ hồ sơ", "changed", "1", "có")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "edit", "told"), CASES, ids=[case[0] for case in CASES])
def test_one_edit_is_one_change_in_words(
    what: str, edit: Callable[[Document], object], told: tuple[str, str, str, str, str]
) -> None:
    old = read_catalogue(BIRTH)
    new = copy.deepcopy(old)
    edit(new)
    assert compare_documents(old, new) == (Change(*told),)


def test_changes_stand_in_the_order_of_the_editors_sections() -> None:
    old, new = read_catalogue(BIRTH), make_document()
    sections = list(dict.fromkeys(change.section for change in compare_documents(old, new)))
    assert sections[0] == "names"
    assert sections.index("papers") < sections.index("fees") < sections.index("form")


def test_questions_of_one_name_are_told_apart_by_their_page() -> None:
    document = read_catalogue(BIRTH)
    said = [change.after for change in compare_documents({}, document) if "để trống" in change.after]
    assert any("“Giấy tờ tùy thân (Người mẹ)” để trống" in text for text in said)


def test_comparisons_of_days_and_numbers_read_as_such() -> None:
    said = " ".join(change.after for change in compare_documents({}, read_catalogue(LAND)))
    assert "trước “" in said
    assert "trở lên" in said


def test_everything_of_a_new_document_is_told() -> None:
    document = make_document()
    said = json.dumps([vars(change) for change in compare_documents({}, document)], ensure_ascii=False)
    for text in _texts(document):
        assert text in said, text


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["vi"]] if "vi" in value else []
        return own + [text for part in value.values() for text in _texts(part)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


ODD = [None, [], {}, "x", 3, True, [1, {"a": 2}], {"vi": None}, {"vi": "Chữ"}, [[1]], 1.5, {"all": "x"}]


@pytest.mark.parametrize("code", [BIRTH, LAND, "1.004873"])
def test_nothing_changed_is_ever_invisible(code: str) -> None:
    """Random edits anywhere, of any shape: told if and only if the documents differ."""
    dice = random.Random(code)
    document = read_catalogue(code)
    assert compare_documents(document, copy.deepcopy(document)) == ()
    for _round in range(EDITS):
        edited = copy.deepcopy(document)
        for _edit in range(dice.choice((1, 1, 3))):
            _edit_somewhere(edited, dice)
        is_equal = json.dumps(document, sort_keys=True) == json.dumps(edited, sort_keys=True)
        changes = compare_documents(document, edited)
        assert (changes == ()) is is_equal
        back = compare_documents(edited, document)
        assert bool(back) is bool(changes)


def _edit_somewhere(value: Any, dice: random.Random) -> None:
    """Goes down at random and bends what it finds."""
    while True:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not places:
            return
        place = dice.choice(places)
        if isinstance(value[place], dict | list) and value[place] and dice.random() < 0.8:
            value = value[place]
            continue
        break
    act = dice.choice(("drop", "odd", "copy", "shuffle", "new"))
    if act == "drop":
        del value[place]
    elif act == "odd":
        value[place] = copy.deepcopy(dice.choice(ODD))
    elif act == "shuffle" and isinstance(value, list):
        dice.shuffle(value)
    elif isinstance(value, list):
        value.insert(dice.randrange(len(value) + 1), copy.deepcopy(value[place]))
    else:
        value["phần_lạ"] = copy.deepcopy(dice.choice(ODD))


@pytest.mark.parametrize("old", ODD)
@pytest.mark.parametrize("new", ODD)
def test_odd_values_are_told_too(old: Any, new: Any) -> None:
    for name in ("form", "fees", "steps", "name", "guide", "channels"):
        changes = compare_documents({name: old}, {name: new})
        assert bool(changes) is (json.dumps(old) != json.dumps(new)), (name, changes)


def test_words_of_a_long_text_are_marked() -> None:
    pieces = mark_words("Nộp trong 5 ngày làm việc.", "Nộp trong 7 ngày.")
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == "Nộp trong 5 ngày làm việc."
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == "Nộp trong 7 ngày."
    assert ("5", "removed") in [(piece.text, piece.kind) for piece in pieces]


def test_texts_without_likeness_are_not_torn() -> None:
    assert [piece.kind for piece in mark_words("Một hai ba", "Bốn năm sáu")] == ["removed", "added"]
