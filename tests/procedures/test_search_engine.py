"""The engine of the search on small catalogues of its own: no database."""

import pytest

from procedures.finding.grouping import group_key, join_variants
from procedures.finding.index import Index
from procedures.finding.knowledge import Concept, build_knowledge
from procedures.finding.queries import read_query
from procedures.finding.spelling import Vocabulary, list_sounds, read_vni
from procedures.finding.syllables import read_syllable
from tests.factories.entries import find_names, make_entry, make_index, say

BIRTH, DEATH, MARRIAGE = "Thủ tục đăng ký khai sinh", "Thủ tục đăng ký khai tử", "Đăng ký kết hôn"
STAY, PERMIT, COPY = "Đăng ký tạm trú", "Cấp giấy phép xây dựng", "Chứng thực bản sao từ bản chính"
LICENCE, SALE = "Cấp lại giấy phép lái xe", "Bán nhà ở cũ thuộc tài sản công"
NAMES = (
    BIRTH,
    DEATH,
    MARRIAGE,
    STAY,
    PERMIT,
    COPY,
    LICENCE,
    SALE,
    "Cấp thẻ căn cước",
    "Đăng ký hộ kinh doanh",
)


@pytest.mark.parametrize(
    ("word", "marked", "bare"),
    [
        ("hoà", "hoa2", "hoa"),
        ("hòa", "hoa2", "hoa"),
        ("thuỷ", "thuy3", "thuy"),
        ("kí", "ki1", "ki"),
        ("ký", "ki1", "ki"),
        ("quý", "qui1", "qui"),
        ("đường", "đương2", "duong"),
        ("kt3", "kt3", "kt3"),
    ],
)
def test_one_spelling_for_each_syllable(word: str, marked: str, bare: str) -> None:
    syllable = read_syllable(word)
    assert (syllable.marked, syllable.bare) == (marked, bare)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("dang ky khai sinh", BIRTH),
        ("đăng kí khai sinh", BIRTH),
        ("dang ki khai sinh", BIRTH),
        ("ddawng kys khai sinh", BIRTH),
        ("d9a8ng ky1 khai tu73", DEATH),
        ("khai sinhh", BIRTH),
        ("kahi sinh", BIRTH),
        ("khaisinh", BIRTH),
        ("dangkykhaisinh", BIRTH),
        ("kh ai sinh", BIRTH),
        ("đăng ký tạm chú", STAY),
        ("cấp gấy phép lái xe", LICENCE),
        ("giay fep xay dung", PERMIT),
        ("chứng thựcc bản sao", COPY),
        ("chứng thực bãn sao", COPY),
        ("đk kết hôn", MARRIAGE),
        ("gplx", LICENCE),
        ("cho em hỏi đăng ký kết hôn thì làm ở đâu dzậy ạ", MARRIAGE),
        ("bán nhà", SALE),
        ("bản sao", COPY),
    ],
)
def test_it_reads_what_people_type(query: str, name: str) -> None:
    assert find_names(make_index(*NAMES), query)[0] == name


@pytest.mark.parametrize("query", ["", "   ", "???", "zzzzqq", "%", "'; drop table", "\u200b"])
def test_words_of_nothing_find_nothing(query: str) -> None:
    assert find_names(make_index(*NAMES), query) == []


def test_marks_choose_between_words_that_are_alike_without_them() -> None:
    index = make_index("Bán nhà", "Bản nhà", "Bạn nhà", *NAMES)
    assert [find_names(index, query)[0] for query in ("bán nhà", "bản nhà", "bạn nhà")] == [
        "Bán nhà",
        "Bản nhà",
        "Bạn nhà",
    ]


def test_a_plain_name_stands_before_a_narrow_one() -> None:
    narrow = "Đăng ký kết hôn có yếu tố nước ngoài tại khu vực biên giới"
    assert find_names(make_index(narrow, MARRIAGE), "đăng ký kết hôn") == [MARRIAGE, narrow]
    assert find_names(make_index(narrow, MARRIAGE), "kết hôn nước ngoài")[0] == narrow


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("1.900001", ["A"]),
        ("1900001", ["A"]),
        ("900001", ["A"]),
        ("mã 1.900001", ["A"]),
        ("1.900001.000.00.00.H10", ["A"]),
        ("1.9000", ["A", "B"]),
        ("nghị định 1234", []),
    ],
)
def test_codes_whole_and_in_part(query: str, names: list[str]) -> None:
    index = make_index(make_entry("A", code="1.900001"), make_entry("B", code="1.900002"))
    assert find_names(index, query) == names


def test_a_phrase_of_life_means_the_official_words() -> None:
    index = make_index(*NAMES, concepts=(say("cuoi", "đám cưới", means=("đăng ký kết hôn",)),))
    assert find_names(index, "làm đám cưới ở xã")[0] == MARRIAGE
    assert find_names(index, "lam dam cuoi")[0] == MARRIAGE
    assert find_names(index, "đám cưới", literal=True) == []


def test_the_words_beside_a_phrase_still_choose() -> None:
    index = make_index(
        "Cấp giấy phép lái xe", LICENCE, concepts=(say("bang", "bằng lái", means=("giấy phép lái xe",)),)
    )
    assert find_names(index, "cấp lại bằng lái")[0] == LICENCE


def test_procedures_named_outright_come_in_their_order() -> None:
    first, second = make_entry("Việc một", code="1.900001"), make_entry("Việc hai", code="1.900002")
    index = make_index(
        *NAMES, first, second, concepts=(say("x", "tổ đỉa", codes=("1.900002", "1.900001", "1.999999")),)
    )
    assert find_names(index, "tổ đỉa")[:2] == ["Việc hai", "Việc một"]


@pytest.mark.parametrize(
    ("query", "fired"),
    [
        ("khai tử cho tía", ["tía"]),
        ("khai tu cho tia", ["tía"]),
        ("thiết bị tia x", []),
        ("bằng lái xe máy", ["bằng lái xe"]),
        ("bằng lái", ["bằng lái"]),
        ("nộp đủ thuế", []),
        ("nộp dư thuế", ["nộp dư thuế"]),
        ("nop du thue", ["nộp dư thuế"]),
        ("thẻ đen", ["thẻ đen"]),
        ("thẻ đen ngân hàng", []),
    ],
)
def test_which_phrases_fire(query: str, fired: list[str]) -> None:
    concepts = (
        say("cha", "tía", means=("cha",)),
        say("lai", "bằng lái", means=("giấy phép lái xe",)),
        say("lai-xe", "bằng lái xe", means=("giấy phép lái xe",)),
        say("thua", "nộp dư thuế", means=("hoàn thuế",)),
        say("den", "thẻ đen", means=("thẻ",), unless=("ngân hàng",)),
    )
    index = make_index(*NAMES, "Thiết bị tia X", "Hoàn thuế nộp đủ", concepts=concepts)
    assert [match.phrase.text for match in read_query(query, index.language).matches] == fired


def test_an_official_name_is_not_read_as_a_phrase() -> None:
    index = make_index(
        *NAMES, concepts=(say("tin", "tin", means=("mã số thuế",)), say("y", "khai tử", means=("kết hôn",)))
    )
    assert read_query("đăng ký khai tử", index.language).matches == []
    assert read_query("khai tử", index.language).matches
    assert read_query("tin tức", index.language).matches


def test_while_typing_the_last_word_may_be_a_beginning() -> None:
    index = make_index(*NAMES)
    assert find_names(index, "đăng ký kh", is_typing=True)[:2] == [BIRTH, DEATH]
    assert find_names(index, "giấy phép xây d", is_typing=True)[0] == PERMIT
    assert find_names(index, "đăng ký khai s", is_typing=True)[0] == BIRTH


def test_other_provinces_copies_are_one_line_with_the_nations_text() -> None:
    nation = make_entry("Cấp lại Giấy chứng nhận do bị mất")
    copies = [
        make_entry("Cấp lại Giấy chứng nhận do bị mất.", province=name)
        for name in ("Huế", "Cần Thơ", "Gia Lai")
    ]
    other = make_entry("Cấp lại Giấy chứng nhận do bị mất", field="Đường bộ")
    index = make_index(*copies, nation, other)
    found = list(index.listed)
    joined = join_variants(found, [index.key_of(entry) for entry in found])
    assert {entry.code for entry in joined} == {nation.code, other.code}
    shown = next(entry for entry in joined if entry.code == nation.code)
    assert [variant.province for variant in shown.variants] == ["Cần Thơ", "Gia Lai", "Huế"]
    assert shown.variants[0].is_here
    assert find_names(index, copies[2].code) == [copies[2].name]


def test_without_a_national_text_this_province_stands_for_the_group() -> None:
    copies = [make_entry("Đấu nối đường", province=name) for name in ("Huế", "Cần Thơ")]
    index = make_index(*copies)
    joined = join_variants(copies, [index.key_of(entry) for entry in copies])
    assert [(entry.province, entry.provinces) for entry in joined] == [("Cần Thơ", ("Huế",))]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Cấp phép trên địa bàn tỉnh Huế", "Cấp phép", True),
        ("Xác nhận khi hết thời hạn", "Xác nhận khi hết hạn.", True),
        ("Cấp phép tại 01 xã", "Cấp phép tại 02 xã", False),
        ("Cấp lại giấy phép", "Gia hạn giấy phép", False),
    ],
)
def test_what_is_the_same_procedure(one: str, other: str, is_same: bool) -> None:
    assert (group_key(make_entry(one, province="Huế")) == group_key(make_entry(other))) is is_same


def test_other_provinces_stand_behind() -> None:
    index = make_index(
        make_entry("Cấp phép thả diều đêm", province="Huế"), make_entry("Cấp phép thả diều ban ngày")
    )
    assert find_names(index, "thả diều")[0] == "Cấp phép thả diều ban ngày"


def test_a_changed_index_answers_like_one_built_anew() -> None:
    entries = [make_entry(name) for name in NAMES]
    changed = make_entry("Cấp phép thả diều", code=entries[0].code)
    index = make_index(*entries)
    after = index.with_changes([changed], [entries[1].code])
    anew = make_index(*after.list_entries())
    for query in ("thả diều", "kết hôn", "đăng ký", "giấy phép", "tha dieu", "thar dieeuf"):
        assert find_names(after, query) == find_names(anew, query)
    assert find_names(index, "đăng ký khai sinh")[0] == BIRTH
    assert find_names(index, "thả diều") == []


def test_new_words_of_people_leave_the_entries_alone() -> None:
    index = make_index(*NAMES)
    taught = index.with_knowledge(
        make_index(concepts=(say("cuoi", "rước dâu", means=("đăng ký kết hôn",)),)).knowledge
    )
    assert find_names(taught, "ruoc dau")[0] == MARRIAGE
    assert find_names(index, "rước dâu") == []
    assert taught.words is index.words


@pytest.mark.parametrize(
    ("word", "sounds"), [("chu", "tru"), ("xinh", "sinh"), ("lam", "nam"), ("dang", "dan"), ("ki", "qi")]
)
def test_sounds_that_are_alike(word: str, sounds: str) -> None:
    assert sounds in list_sounds(word)


@pytest.mark.parametrize(
    ("typed", "bare"), [("d9a8ng", "dang"), ("kt3", ""), ("h10", ""), ("sinh", ""), ("ho65", "ho")]
)
def test_vni_keys(typed: str, bare: str) -> None:
    assert read_vni(typed) == bare


def test_near_words_are_one_slip_away() -> None:
    words = Vocabulary(["khai", "sinh", "trich", "2025"])
    assert set(words.list_near("khia")) == {"khai"}
    assert set(words.list_near("sih")) == {"sinh"}
    assert words.list_near("2026") == {}
    assert words.list_near("zzzz") == {}


def test_it_is_quick_on_hostile_words() -> None:
    index = make_index(*NAMES, concepts=(say("cuoi", "đám cưới", means=("đăng ký kết hôn",)),))
    for query in ("a" * 200, "khai " * 40, "1" * 200, "ă" * 200, "đám cưới " * 20):
        find_names(index, query)


def test_a_question_is_read_as_words_of_its_procedure() -> None:
    """Half of it is enough, and it takes nothing away from what is asked by name."""
    entries = [make_entry(name) for name in NAMES]
    code = next(entry.code for entry in entries if entry.name == DEATH)
    before = Index(entries)
    question = Concept("hoi-1", "question", ("ông bà mất báo cho xã",), codes=(code,))
    asked = "ông ngoại mất thì báo ở đâu"
    for after in (
        Index(entries, build_knowledge([question])),
        before.with_knowledge(build_knowledge([question])),
    ):
        assert find_names(after, asked)[0] == DEATH
        assert find_names(after, "đăng ký khai sinh")[0] == BIRTH
        assert DEATH not in find_names(after.with_knowledge(build_knowledge([])), asked)[:1]
    assert DEATH not in find_names(before, asked)[:1]
