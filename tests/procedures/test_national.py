"""One record of the national database as our document: what it becomes, and what is said to be lost."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.content import parse_content
from procedures.national import Mapped, Refused, read_record
from procedures.national import fees as fee_words
from procedures.national import limits as limit_words
from procedures.national import papers as paper_words
from tests.procedures.national_records import make_channel, make_paper, make_record


def _map(**changes: Any) -> Mapped:
    found = read_record(make_record(**changes), home="tỉnh Sông Mây")
    assert isinstance(found, Mapped), found
    return found


def _limits(text: str | None, value: float | None, unit: str | None, field: str = "Thử") -> Mapped:
    channel = make_channel(time_limit_text=text, time_limit_value=value, time_limit_unit=unit)
    return _map(channels=[channel], field=field)


def test_a_full_record_is_a_whole_document() -> None:
    found = _map()
    content = found.content
    assert (content.level, content.partial, found.losses) == (2, False, ())
    assert (content.name.vi, content.everyday_name.vi) == ("Thủ tục cấp giấy chạy thử", "Cấp giấy chạy thử")
    assert (content.performed_by, content.tiers) == (("commune",), ("commune",))
    assert content.audience.vi == "Công dân Việt Nam"
    assert [step.vi for step in content.how_steps] == ["Nộp hồ sơ.", "Nhận kết quả."]
    assert [paper.name.vi for paper in content.requirements] == ["Đơn theo mẫu"]
    assert content.source_url == "https://dichvucong.gov.vn/thu-tuc/1"
    assert content.conditions == ()


def test_a_name_alone_is_level_1_and_partial() -> None:
    found = read_record({"code": "1.700000", "name": "Cấp giấy", "field": "Thử", "scope": "national"})
    assert isinstance(found, Mapped)
    assert (found.content.level, found.content.partial, found.content.fees) == (1, True, ())
    assert "Chỉ có tên, chưa có nội dung." in found.losses


@pytest.mark.parametrize(
    ("text", "value", "unit", "field", "limit", "note"),
    [
        ("5 ngày làm việc", 5, "working_day", "Thử", "5 ngày làm việc", ""),
        ("15 ngày", 15, "day", "Thử", "15 ngày", limit_words.PLAIN_DAYS),
        ("120,00", 120, "day", "Thử", "120 ngày", limit_words.NO_UNIT),
        ("1 ngày", 1, "day", "Hộ tịch", "Trong ngày", ""),
        ("1 ngày", 1, "day", "Thử", "1 ngày", limit_words.PLAIN_DAYS),
        ("1 ngày làm việc", 1, "working_day", "Hộ tịch", "1 ngày làm việc", ""),
        ("01 Giờ", 1, "hour", "Thử", "1 giờ làm việc", ""),
        ("2 tháng", 2, "month", "Thử", "2 tháng", ""),
        ("7.5 ngày làm việc", 7.5, "working_day", "Thử", "60 giờ làm việc", "Nguồn ghi 7,5 ngày làm việc"),
        ("0.5 Giờ", 0.5, "hour", "Thử", "1 giờ làm việc", "làm tròn lên"),
        ("Giải quyết trong ngày làm việc; sau 15 giờ thì hôm sau", 15, "hour", "Thử", "Trong ngày", ""),
        ("12.5 ngày làm việc + thời gian niêm yết", 5, "working_day", "Thử", "100 giờ làm việc", "niêm yết"),
        ("a) 5 ngày với việc này; b) 10 ngày với việc kia", None, None, "Thử", "", "b) 10 ngày"),
        ("0 Giờ", None, None, "Thử", "", ""),
        ("Không quy định", None, None, "Thử", "", ""),
        ("99999 ngày", 99999, "day", "Thử", "", ""),
        (None, None, None, "Thử", "", ""),
    ],
)
def test_limits_are_numbers_only_where_the_words_are(
    text: str | None, value: float | None, unit: str | None, field: str, limit: str, note: str
) -> None:
    content = _limits(text, value, unit, field).content
    assert [str(each) for each in content.limits] == ([limit] if limit else [])
    assert note in content.limit_note.vi
    assert content.partial is not (bool(limit) or bool(content.limit_note))


def test_ways_that_agree_share_one_limit_and_the_longest_of_several_counts() -> None:
    same = [make_channel(channel=name) for name in ("direct", "online", "postal")]
    assert [(each.channel, each.value) for each in _map(channels=same).content.limits] == [(None, 3)]
    slow = make_channel(time_limit_text="9 ngày làm việc", time_limit_value=9)
    found = _map(channels=[*same, slow])
    assert [(each.channel, each.value) for each in found.content.limits] == [
        ("online", 3),
        ("desk", 9),
        ("post", 3),
    ]
    assert limit_words.MANY in found.losses
    assert found.content.other_portal is not None


@pytest.mark.parametrize(
    ("text", "amount", "basis"),
    [
        ("Miễn phí", 0, ""),
        ("Miễn phí (Không quy định.)", 0, ""),
        ("Miễn phí (Không thu lệ phí)", 0, "Không thu lệ phí"),
        ("Miễn phí (Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", None, "Hội đồng nhân dân"),
        ("Miễn phí (Miễn lệ phí cho người thuộc hộ nghèo)", None, "hộ nghèo"),
        ("Miễn phí (Thông tư 1: quy định mức thu, miễn một số khoản phí)", None, "Thông tư 1"),
        ("Miễn phí (+ Xe con: 50.000 đồng)", None, "50.000"),
        ("Phí : 0 Đồng", None, "0 Đồng"),
        ("0 VNĐ (Không thu phí)", 0, "Không thu phí"),
        ("500,000 Việt Nam Đồng", 500_000, ""),
        ("70,000 VNĐ (70.000 đồng/Giấy chứng nhận)", 70_000, "70.000 đồng/Giấy"),
        ("10,000 VNĐ (10.000 đồng/khẩu)", None, "10,000 VNĐ"),
        ("20,000,000 VNĐ (áp dụng mức phí 10.000.000 đồng/hồ sơ từ 2025)", None, "20,000,000"),
        ("150,000 VNĐ (mức cụ thể do HĐND tỉnh quy định)", None, "HĐND"),
        ("5 VNĐ", None, "5 VNĐ"),
        ("145 USD (thẻ 2 năm)", None, "145 USD"),
        ("Phí : 2.000.000 Đồng (a)\nPhí : 3.500.000 Đồng (b)", None, "3.500.000"),
        ("Lệ phí : 50.000 Đồng", 50_000, ""),
    ],
)
def test_a_fee_is_free_or_a_sum_only_where_the_words_say_so(
    text: str, amount: int | None, basis: str
) -> None:
    [rule] = _map(channels=[make_channel(fee_text=text)]).content.fees
    assert (rule.amount, rule.key) == (amount, fee_words.KEY)
    assert basis in rule.basis.vi
    assert bool(basis) is bool(rule.basis)


@pytest.mark.parametrize("text", [None, "", "Không có thông tin (1)"])
def test_no_words_about_fees_are_unknown(text: str | None) -> None:
    found = _map(channels=[make_channel(fee_text=text)])
    assert (found.content.fees, found.content.partial) == ((), True)
    assert fee_words.UNKNOWN in found.losses


def test_a_way_without_words_stays_unknown_beside_one_that_costs() -> None:
    channels = [make_channel(fee_text="20,000 VNĐ"), make_channel(channel="online", fee_text=None)]
    rules = {rule.channel: rule.amount for rule in _map(channels=channels).content.fees}
    assert rules == {"desk": 20_000, "online": None}


ALTERNATIVES = [
    make_paper("Đơn", "Trường hợp cấp mới"),
    make_paper("Ảnh", "Trường hợp cấp mới"),
    make_paper("Đơn", "Trường hợp cấp lại"),
]


def test_groups_that_are_alternatives_become_cases() -> None:
    content = _map(documents=ALTERNATIVES).content
    assert [case.label.vi for case in content.cases] == ["Trường hợp cấp mới", "Trường hợp cấp lại"]
    new, again = (case.key for case in content.cases)
    assert [(paper.name.vi, paper.cases) for paper in content.requirements] == [
        ("Đơn", (new, again)),
        ("Ảnh", (new,)),
    ]


@pytest.mark.parametrize(
    ("group", "required", "hint"),
    [
        ("Trường hợp ủy quyền thực hiện thủ tục:", False, "Chỉ cần khi: Trường hợp ủy quyền"),
        ("Trường hợp có con nhỏ", False, "Chỉ cần khi: Trường hợp có con nhỏ"),
        ("B. Phần hồ sơ kỹ thuật:", True, "Phần hồ sơ kỹ thuật"),
        ("Giấy tờ phải nộp:", True, ""),
        ("a) Thành phần hồ sơ gia hạn:", True, "Thành phần hồ sơ gia hạn"),
        ("Thành phần hồ sơ bao gồm:", True, ""),
    ],
)
def test_papers_beside_a_group_keep_it_as_a_hint(group: str, required: bool, hint: str) -> None:
    content = _map(documents=[make_paper("Đơn"), make_paper("Bản vẽ", group)]).content
    paper = content.requirements[1]
    assert (content.cases, paper.required) == ((), required)
    assert hint in paper.hint.vi
    assert bool(hint) is bool(paper.hint)


@pytest.mark.parametrize(
    ("row", "papers", "sets"),
    [
        (make_paper("Giấy tờ phải xuất trình", originals=0), ["Đơn", "Giấy tờ phải xuất trình"], 1),
        (make_paper("Số lượng hồ sơ: 02 bộ", originals=0), ["Đơn"], 2),
        (make_paper("Lưu ý: bản chụp phải rõ", originals=0), ["Đơn"], 1),
        (make_paper("Người nộp xuất trình căn cước", "Lưu ý:", originals=0), ["Đơn"], 1),
        (make_paper("Hồ sơ của cá nhân bao gồm:", originals=0), ["Đơn"], 1),
        (make_paper("Không quy định"), ["Đơn"], 1),
        (make_paper("- Đơn"), ["Đơn"], 1),
        (make_paper("+ Sơ đồ (nếu có)"), ["Đơn", "Sơ đồ (nếu có)"], 1),
    ],
)
def test_rows_that_are_no_papers(row: dict[str, Any], papers: list[str], sets: int) -> None:
    content = _map(documents=[make_paper("Đơn"), row]).content
    assert [paper.name.vi for paper in content.requirements] == papers
    assert content.sets == sets
    if "Lưu ý" in f"{row['name']}{row['case']}":
        assert content.how_steps[-1].vi.startswith(paper_words.REMARKS)


def test_papers_shown_only_are_presented() -> None:
    shown = make_paper("Căn cước", "* Giấy tờ phải xuất trình:", originals=0)
    assert _map(documents=[make_paper("Đơn"), shown]).content.requirements[1].mode == "present"


def test_keys_come_from_words_not_from_places() -> None:
    first, second = make_paper("Đơn"), make_paper("Ảnh")
    forth = {paper.key for paper in _map(documents=[first, second]).content.requirements}
    back = {paper.key for paper in _map(documents=[second, first]).content.requirements}
    assert forth == back


@pytest.mark.parametrize(
    ("agencies", "levels", "tiers", "performers"),
    [
        (["Ủy ban nhân dân cấp xã"], [], ("commune",), ("commune",)),
        (["Sở Xây dựng"], [], ("province",), ("centre",)),
        (["Công an cấp Xã"], ["xã"], ("commune",), ("police",)),
        (["Bộ Tài chính"], [], ("ministry",), ()),
        (["Cục Hàng không Việt Nam"], ["bộ"], ("ministry",), ()),
        (["Quỹ Phát triển khoa học"], [], ("other",), ()),
        ([], [], ("other",), ()),
        (["Ủy ban nhân dân cấp tỉnh", "UBND cấp xã"], ["bộ", "tỉnh", "xã"], None, ("centre", "commune")),
    ],
)
def test_tiers_and_performers(
    agencies: list[str], levels: list[str], tiers: tuple[str, ...] | None, performers: tuple[str, ...]
) -> None:
    content = _map(executing_agency=agencies, authority_level=levels).content
    assert content.tiers == (tiers or ("ministry", "province", "commune"))
    assert content.performed_by == performers


@pytest.mark.parametrize(("province", "performers"), [("Sông Mây", ("centre",)), ("Núi Xanh", ())])
def test_nobody_here_performs_what_another_province_does(province: str, performers: tuple[str, ...]) -> None:
    content = _map(scope="province", province=province, executing_agency=["Sở Xây dựng"]).content
    assert (content.province, content.performed_by) == (province, performers)


def test_html_and_script_leave_plain_words() -> None:
    found = _map(
        name="Thủ tục <b>cấp</b> giấy<script>alert(1)</script>",
        steps_text="<p>Nộp<br>hồ sơ</p><img src=x onerror=alert(1)>",
        url="javascript:alert(1)",
    )
    assert found.content.everyday_name.vi == "Cấp giấy"
    assert found.content.how_steps[0].vi == "Nộp"
    assert found.content.source_url == ""
    assert "<" not in str(found.document)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": None}, "Thiếu mã"),
        ({"code": 5}, "code phải là chữ"),
        ({"code": "1.5'; DROP TABLE"}, "Mã thủ tục có dạng"),
        ({"code": "1.700001-Xoa"}, "nguồn đã xóa"),
        ({"name": ""}, "Thiếu tên"),
        ({"name": ["a"]}, "name phải là chữ"),
        ({"steps_text": "x" * 10_000_000}, "dài 10000000 ký tự"),
        ({"documents": "x"}, "documents phải là một danh sách"),
        ({"documents": [5]}, "mục 1 phải là một đối tượng"),
        ({"documents": [make_paper("Đơn")] * 1001}, "có 1001 mục"),
        ({"documents": [{**make_paper("Đơn"), "originals": "1"}]}, "originals phải là một số"),
        ({"documents": [{**make_paper("Đơn"), "copies": -1}]}, "copies phải là một số"),
        ({"documents": [{**make_paper("Đơn"), "copies": 1.5}]}, "copies phải là số nguyên"),
        ({"channels": {"a": 1}}, "channels phải là một danh sách"),
        ({"channels": [make_channel(time_limit_value=float("inf"))]}, "time_limit_value phải là một số"),
        ({"channels": [make_channel(time_limit_value=10**300)]}, "time_limit_value phải là một số"),
        ({"legal_basis": [{"code": {}, "title": "a"}]}, "code phải là chữ"),
        ({"authority_level": "xã"}, "authority_level phải là một danh sách"),
        ({"province": {"$gt": ""}}, "province phải là chữ"),
    ],
)
def test_a_malformed_record_is_refused_with_a_sentence(changes: dict[str, Any], told: str) -> None:
    found = read_record(make_record(**changes))
    assert isinstance(found, Refused)
    assert told in " ".join(found.reasons)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [*make_record(), "related", "channels_text", "documents_text", "description", "keywords"]
)


@settings(max_examples=150, deadline=None)
@given(JSON | st.dictionaries(NAMES, JSON, max_size=6).map(lambda changes: make_record(**changes)))
def test_any_value_is_a_valid_document_or_refused(value: object) -> None:
    found = read_record(value)
    if isinstance(found, Mapped):
        assert parse_content(found.document) == found.content
    else:
        assert all(found.reasons)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Bước 1: Nộp\n- đơn\n\n- Bước 2. Nhận", ["Nộp\n- đơn", "Nhận"]),
        ("Bước 1: Nộp\nBước 3: Nhận", ["Bước 1: Nộp", "Bước 3: Nhận"]),
        ("Bước 1:\nBước 2: Nhận", ["Bước 1:", "Bước 2: Nhận"]),
        ("Nộp hồ sơ:\n- một\n+ hai\nNhận", ["Nộp hồ sơ:\n- một\n+ hai", "Nhận"]),
        ("Tất cả dính liền Bước 1: nộp Bước 2: nhận", ["Tất cả dính liền Bước 1: nộp Bước 2: nhận"]),
    ],
)
def test_steps_are_passages_with_what_stands_below_them(text: str, steps: list[str]) -> None:
    assert [step.vi for step in _map(steps_text=text).content.how_steps] == steps
