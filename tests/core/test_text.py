"""Door rules, folding, Telex and the Vietnamese order of words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import RuleViolation
from portal.core.money import format_vnd
from portal.core.text import clean_json, clean_text, fix_telex, fold, given_name_key, search_words, sort_key


@pytest.mark.parametrize("value", ["a\x00b", "\x01", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\ud800", "a\udfff"])
def test_the_door_refuses_what_cannot_be_text(value: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        clean_text(value)
    assert refusal.value.code == "invalid_text"
    with pytest.raises(RuleViolation):
        clean_json({"deep": [{"list": value}]})
    with pytest.raises(RuleViolation):
        clean_json({value: 1})


@pytest.mark.parametrize(
    "value",
    [
        "",
        "dòng một\r\n\tdòng hai",
        "ʼ’'\"<script>",
        "😀\u200d\u202e",
        "Ṱ̺̺̕o͞",
        "\x7f\x85",
        "a" * 10**5,
        "\ufeff\ufffd",
    ],
)
def test_the_door_keeps_everything_else_exactly(value: str) -> None:
    assert clean_text(value) == unicodedata.normalize("NFC", value)


def test_the_door_composes_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ơn")
    assert clean_text(decomposed) == "Nguyễn Thị Ơn"
    assert clean_json([decomposed, 1, 1.5, None, True]) == ["Nguyễn Thị Ơn", 1, 1.5, None, True]


@pytest.mark.parametrize(
    ("value", "folded"),
    [
        ("Đặng Thuý Hoà", "dang thuy hoa"),
        ("ĐẶNG THÚY HÒA", "dang thuy hoa"),
        (unicodedata.normalize("NFD", "Đường Trần Hưng Đạo"), "duong tran hung dao"),
        ("Ê-ban K'Brơi", "e-ban k'broi"),
        ("ưƯơƠăĂâÂêÊôÔđĐ", "uuooaaaaeeoodd"),
        ("Zürich ñ", "zurich n"),
    ],
)
def test_folding_leaves_plain_letters(value: str, folded: str) -> None:
    assert fold(value) == folded


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("nguyeenx", "nguyễn"),
        ("nguyenex", "nguyễn"),
        ("ddaats", "đất"),
        ("dduwowngf", "đường"),
        ("dduongwf", "đường"),
        ("hooj", "hộ"),
        ("tichj", "tịch"),
        ("khais", "khái"),
        ("QUYEETS", "quyết"),
        ("giaays", "giấy"),
        ("gif", "gì"),
        ("thuyr", "thủy"),
        ("nghieengx", "nghiễng"),
    ],
)
def test_telex_typed_with_the_keyboard_off_is_understood(typed: str, word: str) -> None:
    assert fix_telex(typed) == word


@pytest.mark.parametrize(
    "word", ["thomas", "facebook", "data", "kinh", "doanh", "xe", "w", "", "đường", "12", "texas", "phatf"]
)
def test_other_words_stay(word: str) -> None:
    assert fix_telex(word) == word


@pytest.mark.parametrize("typed", ["Hộ Tịch", "hooj tichj", "ho tich", "HỘ TỊCH, hộ tịch!", "hộ-tịch"])
def test_one_thing_typed_in_many_ways_gives_the_same_words(typed: str) -> None:
    assert search_words(typed) == ["ho", "tich"]


def test_numbers_stay_whole_words() -> None:
    assert search_words("Thửa 12/3, mã 1.001193") == ["thua", "12", "3", "ma", "1", "001193"]


# One column per family: letters a ă â, b, c, d đ, e ê, …; tones none, huyền, hỏi, ngã, sắc, nặng.
ORDERED = [
    ["a", "à", "ả", "ã", "á", "ạ", "an", "ă", "ắ", "ăn", "â", "ấ", "ân", "b"],
    ["da", "dương", "đa", "đinh", "đương", "e", "ê", "g"],
    ["o", "oanh", "ô", "ông", "ơ", "ơn", "p"],
    ["u", "uy", "ư", "ưu", "v", "x", "y"],
    ["Lê An", "Lê Ân", "Lê Bình", "Lệ An", "Lương An", "Lý An"],
    ["Hà", "Hà Ánh", "Hả", "Hạ An", "Hai"],
    ["ba", "ba hoa", "bà", "bà con", "bác"],
    ["1", "2", "a"],
]


@pytest.mark.parametrize("words", ORDERED)
def test_words_sort_as_in_a_vietnamese_dictionary(words: list[str]) -> None:
    assert sorted(words, key=sort_key) == words
    assert len({sort_key(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("LÊ", "lê"), ("H'Hen", "HʼHen")]
)
def test_spelling_habits_do_not_change_the_place(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_lists_can_sort_by_family_name_or_by_given_name() -> None:
    people = ["Trần Văn Ân", "Nguyễn Thị Bình", "Lê Văn An", "Đặng An", "Y"]

    assert sorted(people, key=sort_key) == ["Đặng An", "Lê Văn An", "Nguyễn Thị Bình", "Trần Văn Ân", "Y"]
    assert sorted(people, key=given_name_key) == [
        "Đặng An",
        "Lê Văn An",
        "Trần Văn Ân",
        "Nguyễn Thị Bình",
        "Y",
    ]
    assert (sort_key(""), given_name_key(" ")) == ("", "")


@given(st.text())
def test_no_text_breaks_folding_or_sorting(value: str) -> None:
    assert fold(fold(value)) == fold(value)
    sort_key(value), given_name_key(value), search_words(value)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0 đ"), (8000, "8.000 đ"), (1234567, "1.234.567 đ"), (-5000, "-5.000 đ"), (None, "chưa xác định")],
)
def test_money_reads_as_people_write_it(amount: int | None, text: str) -> None:
    assert format_vnd(amount) == text
