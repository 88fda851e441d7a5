"""Fees: by case, channel, day and count; phí and lệ phí apart; unknown is never free."""

from datetime import date
from typing import Any

import pytest

from procedures.content import parse_content
from procedures.facts import build_fee_fact
from procedures.fees import AssessedFee, assess, price_in_bands
from tests.factories.catalogue import make_document, read_catalogue

DAY = date(2026, 11, 23)


def _assess(
    code: str, *, case: str | None = None, channel: str = "online", **answers: Any
) -> tuple[AssessedFee, ...]:
    content = parse_content(read_catalogue(code))
    return content.assess(case=case, channel=channel, answers=answers, on=DAY)


@pytest.mark.parametrize(
    ("code", "case", "channel", "answers", "expected"),
    [
        ("1.001193", "co_giay_chung_sinh", "online", {}, [("none", 0)]),
        ("1.001193", "co_giay_chung_sinh", "online", {"copies": 3}, [("after", 24000)]),
        ("1.001193", "tre_bi_bo_roi", "desk", {"copies": 0}, [("none", 0)]),
        ("1.001193", None, "desk", {"copies": True}, [("none", 0)]),
        ("1.004873", "ket_hon_trong_nuoc", "online", {}, [("before", 15000)]),
        ("1.004873", "muc_dich_khac", "desk", {}, [("before", 15000)]),
        ("1.001612", "ca_nhan", "online", {}, [("none", 0)]),
        ("1.001612", "ca_nhan", "desk", {}, [("before", 100000)]),
        ("1.001612", "ho_gia_dinh", "post", {}, [("before", 100000)]),
        ("1.013225", "nha_o", "online", {}, [("after", 75000)]),
        ("1.001456", "lan_dau", "desk", {}, [("before", 200000)]),
        ("1.001456", "lan_dau", "online", {}, [("before", 160000)]),
        ("1.001456", "hong_mat", "desk", {}, [("before", 400000)]),
        ("1.001456", "hong_mat", "post", {}, [("before", 320000)]),
        ("2.000815", None, "desk", {"papers": [{"pages": 1, "copies": 1}]}, [("before", 2000)]),
        ("2.000815", None, "desk", {"papers": [{"pages": 3, "copies": 2}]}, [("before", 10000)]),
        ("2.000815", None, "desk", {"papers": [{"pages": 500, "copies": 1}]}, [("before", 200000)]),
        ("2.000815", None, "desk",
         {"papers": [{"pages": 2, "copies": 3}, {"pages": 4, "copies": 1}]}, [("before", 18000)]),
        ("2.000815", None, "desk", {"papers": []}, [("none", 0)]),
    ],
)  # fmt: skip
def test_it_assesses_the_catalogue(
    code: str, case: str | None, channel: str, answers: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    fees = _assess(code, case=case, channel=channel, **answers)
    assert [(fee.mode, fee.amount) for fee in fees] == expected


@pytest.mark.parametrize(
    ("pages", "price"), [(0, 0), (1, 2000), (2, 4000), (3, 5000), (10, 12000), (198, 200000), (200, 202000)]
)
def test_bands_price_each_page_in_its_band(pages: int, price: int) -> None:
    bands = parse_content(read_catalogue("2.000815")).fees[0].bands
    assert price_in_bands(bands, pages) == price


def test_the_cap_is_per_copy() -> None:
    [fee] = _assess("2.000815", channel="desk", papers=[{"pages": 500, "copies": 3}])
    assert fee.amount == 600000


def _rule(**changes: Any) -> dict[str, Any]:
    return {"key": "le_phi", "kind": "le_phi", "mode": "before", "label": {"vi": "Lệ phí"}, **changes}


def test_a_dated_rule_holds_through_its_last_day() -> None:
    document = make_document(fees=[_rule(amount=50000), _rule(amount=25000, until="2026-12-31")])
    rules = parse_content(document).fees
    amounts = [
        assess(rules, case=None, channel="desk", answers={}, on=day)[0].amount
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert amounts == [25000, 50000]


def test_an_unknown_amount_stays_unknown() -> None:
    document = make_document(fees=[_rule(), _rule(key="phi", kind="phi", amount=5000)])
    content = parse_content(document)
    [fee] = assess(content.fees, case=None, channel="desk", answers={}, on=DAY)
    assert (fee.mode, fee.amount) == ("before", None)
    assert fee.lines[0].explanation == "Mức thu do HĐND tỉnh quy định"
    fact = build_fee_fact(content, None, DAY)
    assert fact.value == "Mức thu do HĐND tỉnh quy định"
    assert "iễn phí" not in f"{fact.value}{fact.small}"


def test_moments_and_kinds_stay_apart() -> None:
    document = make_document(
        fees=[
            _rule(amount=10000),
            _rule(key="phi", kind="phi", mode="after", amount=7000),
            _rule(
                key="ban_sao",
                kind="phi",
                mode="after",
                unit={"field": "copies", "price": 8000, "name": {"vi": "bản"}},
            ),
        ]
    )
    before, after = assess(
        parse_content(document).fees, case=None, channel="desk", answers={"copies": 2}, on=DAY
    )
    assert (before.mode, before.amount, [line.kind for line in before.lines]) == ("before", 10000, ["le_phi"])
    assert (after.mode, after.amount, [line.amount for line in after.lines]) == (
        "after",
        23000,
        [7000, 16000],
    )
    assert after.lines[1].explanation.startswith("2 bản × 8.000")


def test_demo_amounts_are_labelled() -> None:
    [fee] = _assess("1.004873", case="muc_dich_khac")
    assert "mức thu minh họa" in fee.lines[0].explanation
    assert fee.lines[0].kind == "le_phi"


@pytest.mark.parametrize(
    ("code", "value", "small"),
    [
        ("1.001193", "0", "Bản sao giấy khai sinh 8.000"),
        ("1.004873", "15.000", "mức thu minh họa"),
        ("1.001612", "100.000 đ, nộp trực tuyến được miễn", ""),
        ("1.004222", "10.000 đ qua mạng", "20.000 đ tại quầy; có người được miễn, giảm"),
        ("2.001583", "100.000 đ qua mạng", "125.000 đ tại quầy, qua bưu chính"),
        ("2.000815", "2.000", ""),
        ("1.001456", "200.000 đ tại quầy", "160.000"),
    ],
)
def test_the_page_says_what_it_costs(code: str, value: str, small: str) -> None:
    fact = build_fee_fact(parse_content(read_catalogue(code)), None, DAY)
    assert fact.value.replace("\u00a0", " ").startswith(value)
    assert small in fact.small.replace("\u00a0", " ")
