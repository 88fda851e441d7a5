"""Reliefs in the catalogue: typed by an admin, judged, compared, told on the page, asked in the guided check."""

import json
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from procedures.building.forms import Form
from procedures.building.references import Gone, list_references
from procedures.comparing import compare_documents
from procedures.content import parse_content
from procedures.documents import canonical_bytes, readable_text
from procedures.editing.applying import apply_typed, press
from procedures.editing.faults import list_faults, of_section
from procedures.editing.feeform import build_totals
from procedures.editing.form import build_blocks
from procedures.facts import build_fee_fact, describe_prices
from procedures.guide import outcome
from procedures.guide.carrying import list_params, read_carried
from procedures.guide.walk import Walk
from procedures.judging import judge_document
from procedures.judging.reliefs import judge_reliefs
from procedures.page import FeeRow, list_reliefs
from tests.factories.catalogue import read_catalogue
from tests.procedures.shipped import content_of
from tests.procedures.test_fees_reliefs import FEE, PHI, POOR, document, relief

ON = date(2026, 11, 23)
BUSINESS, RESIDENCE, COMPANY, DEATH = "1.001612", "1.004222", "2.001583", "1.000656"
Document = dict[str, Any]


def used(_name: str) -> set[str]:
    return set()


def save(made: Document, **typed: Any) -> Document:
    posted = QueryDict(mutable=True)
    for name, value in typed.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return apply_typed("fees", made, posted.getlist, used)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_relief_is_typed_from_nothing() -> None:
    made = document(fees=[FEE, PHI])
    done = press("fees", made, "add:reliefs", used)
    assert done is not None
    assert done.anchor == "reliefs-0-label"
    row, name = "reliefs[0].", "reliefs[0].if"
    made = save(
        made,
        **{
            "reliefs.rows": "0", f"{row}label.vi": "Người thuộc hộ nghèo", f"{row}percent": "",
            f"{row}amount": "20.000", f"{row}of": ["lp"], f"{row}channel": "online", f"{row}from": "01/07/2025",
            f"{row}until": "31/12/2026", f"{row}basis.vi": "Thông tư 64/2025/TT-BTC", f"{row}paper": "don",
            f"{name}-count": "1", f"{name}-mode": "all", f"{name}-0-field": "nhom", f"{name}-0-op": "is",
            f"{name}-0-value": "ho_ngheo",
        },
    )  # fmt: skip
    assert made["reliefs"] == [
        {
            "key": "nguoi_thuoc_ho_ngheo", "label": {"vi": "Người thuộc hộ nghèo"}, "amount": 20_000, "of": ["lp"],
            "channel": "online", "from": "2025-07-01", "until": "2026-12-31", "paper": "don",
            "basis": {"vi": "Thông tư 64/2025/TT-BTC"}, "if": POOR,
        }
    ]  # fmt: skip
    parse_content(made)
    assert save(made, **{"reliefs.rows": "0", f"{row}of": ["lp"]}) == made


def test_half_a_relief_is_kept_and_told() -> None:
    made = document(relief(percent="nhiều"))
    faults = of_section(list_faults(made), "fees")
    assert "reliefs[0].percent" in faults
    page = "".join(
        render_to_string("catalogue/edit/block.html", {"block": block})
        for block in build_blocks("fees", made, faults)
    )
    assert 'value="nhiều"' in page
    assert "Miễn, giảm" in page
    assert "Chỉ khi người dân trả lời" in page


def test_a_list_that_shares_keys_still_offers_its_rows() -> None:
    made = document(relief(key="lp", paper="don"))
    [_fees, rows] = build_blocks("fees", made, {})
    choices = {item.spec.name: [choice.value for choice in item.choices] for item in rows.items[0].inputs}
    assert choices["of"] == ["lp"]
    assert "don" in choices["paper"]


@pytest.mark.parametrize(
    ("reliefs", "total"),
    [([relief()], "Được miễn"), ([relief(percent=50)], "25.000 đ"), ([relief(**{"if": POOR})], "50.000 đ")],
)
def test_the_editor_says_what_everybody_pays(reliefs: list[Any], total: str) -> None:
    _columns, lines = build_totals(document(*reliefs))
    assert plain(lines[0].totals[0]) == total


@pytest.mark.parametrize(
    ("changes", "path", "is_stop", "said"),
    [
        ({"until": "2026-01-01"}, "reliefs[0].until", False, "đã hết hạn"),
        ({"of": ["khong_co"]}, "reliefs[0].of[0]", True, "Khoản thu này không có"),
        ({"paper": "khong_co"}, "reliefs[0].paper", True, "Giấy tờ này không có"),
        ({"if": POOR}, "reliefs[0].paper", False, "chưa có giấy tờ chứng minh"),
        ({"of": ["free"]}, "reliefs[0]", False, "vốn không thu tiền"),
        ({"of": ["online"], "channel": "desk"}, "reliefs[0]", True, "không có khoản thu nào"),
        (
            {"if": {"all": [{"field": "nhom", "is": "tre_em"}, {"field": "nhom", "is": "ho_ngheo"}]}},
            "reliefs[0].if", True, "không câu trả lời nào",
        ),
    ],
)  # fmt: skip
def test_a_relief_that_helps_nobody_is_found(changes: Document, path: str, is_stop: bool, said: str) -> None:
    fees = [FEE, {**FEE, "key": "free", "amount": 0}, {**FEE, "key": "online", "channel": "online"}]
    found = judge_document(document(relief(**changes), fees=fees), on=ON)
    mine = [each for each in found if each.path == path]
    assert any(said[1:] in each.message for each in mine), [(each.path, each.message) for each in found]
    assert {(each.is_stop, each.section) for each in mine} == {(is_stop, "fees")}


def test_what_changed_is_told_in_words() -> None:
    old = document(relief(percent=50, of=["lp"], until="2025-12-31"))
    new = document(
        relief(of=["lp"], until="2026-12-31", **{"if": POOR}), relief(key="them", label={"vi": "Trẻ em"})
    )
    told = [
        (change.label, plain(change.before), plain(change.after)) for change in compare_documents(old, new)
    ]
    place = "Miễn, giảm · Nộp trực tuyến"
    assert (place, "giảm 50%", "được miễn") in told
    assert (f"{place} · đến hết ngày", "31/12/2025", "31/12/2026") in told
    assert any(
        label == f"{place} · chỉ khi" and "“Bạn thuộc diện nào?” là" in after for label, _b, after in told
    )
    assert any("Trẻ em" in label and "được miễn" in after for label, _b, after in told)


def test_a_question_that_a_relief_asks_is_not_deleted_under_it() -> None:
    made = document(relief(**{"if": POOR}))
    [reference] = list_references(Form(made), Gone(fields=frozenset({"nhom"})))
    assert not reference.is_clearable
    assert "Nộp trực tuyến" in reference.sentence


@pytest.mark.parametrize("code", [BUSINESS, RESIDENCE, COMPANY, DEATH, "1.013831", "1.004884"])
def test_a_file_comes_back_as_it_was_written(code: str) -> None:
    shipped = read_catalogue(code)
    assert parse_content(shipped).reliefs
    assert canonical_bytes(json.loads(readable_text(shipped))) == canonical_bytes(shipped)
    assert not list(judge_reliefs(parse_content(shipped), ON))


def test_the_first_screen_says_who_is_let_off() -> None:
    fact = build_fee_fact(content_of(BUSINESS), None, ON)
    assert plain(fact.value) == "100.000 đ, nộp trực tuyến được miễn"
    assert plain(describe_prices(content_of(BUSINESS), ON)).startswith("100.000 đ, nộp trực tuyến được miễn")
    groups = build_fee_fact(content_of(RESIDENCE), None, ON)
    assert "có người được miễn, giảm" in groups.small


def test_the_page_lists_reliefs_in_force() -> None:
    content = content_of(COMPANY)
    for on, sizes in ((ON, ["Được miễn", "Giảm 50%"]), (date(2027, 1, 1), ["Được miễn"])):
        rows = list(list_reliefs(content, None, on))
        assert [row.size for row in rows] == sizes
    page = {"fee_rows": [FeeRow("Phí", "Phí", "1 đ", "", "")], "relief_rows": rows}
    html = " ".join(render_to_string("procedures/partials/fees.html", {"page": page}).split())
    assert "<b>Được miễn</b>: Nộp trực tuyến" in html


def walk(code: str, **given: str) -> Walk:
    return Walk(content_of(code), given, ON).run()


SPLITTING = {"case": "cung_cho_o", "dieu_kien": "du", "channel": "desk"}


@pytest.mark.parametrize(
    ("group", "total", "proof"),
    [
        ("khong", "10.000 đ", ""),
        ("ho_ngheo", "Không phải nộp tiền", "show"),
        ("unsure", "10.000 đ", "maybe"),
    ],
)
def test_the_check_asks_who_is_let_off(group: str, total: str, proof: str) -> None:
    asked = walk("1.010038", **{**SPLITTING, "channel": ""})
    assert asked.current is not None
    assert asked.current.key == "fee_group"
    found = walk("1.010038", **SPLITTING, fee_group=group)
    assert found.current is None
    assert plain(outcome.describe_total(outcome.reckon(found, ON))) == total
    papers = outcome.list_papers(found)
    listed = {
        name: [item.requirement.key for item in getattr(papers, name)] for name in ("submit", "show", "maybe")
    }
    assert {name for name, keys in listed.items() if "giay_mien_le_phi" in keys} == (
        {proof} if proof else set()
    )


def test_the_answer_goes_along_into_the_form() -> None:
    found = walk("1.010038", **{**SPLITTING, "channel": "online"}, fee_group="ho_ngheo")
    params = dict(list_params(found))
    assert params["fee_group"] == "ho_ngheo"
    carried = read_carried(content_of("1.010038"), params, ON)
    assert carried.answers["fee_group"] == "ho_ngheo"
    assert (
        "fee_group" not in read_carried(content_of("1.010038"), {**params, "fee_group": "unsure"}, ON).answers
    )


def test_nobody_is_asked_where_nothing_depends_on_it() -> None:
    listed = walk(
        "1.004194",
        case="danh_sach",
        bao_lau="tu_30",
        cung_xa="false",
        bi_cam="false",
        people="12",
        channel="online",
    )
    assert listed.current is None
    assert walk(BUSINESS, case="ca_nhan").exemptions == ()
