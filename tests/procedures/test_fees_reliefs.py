"""Miễn, giảm: the single best relief of each line, explained, never below zero, unknown stays unknown."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core import clock
from portal.core.clock import VN_TZ
from portal.core.errors import RuleViolation
from procedures.content import Content, parse_content
from procedures.fees import AssessedFee
from procedures.reliefs import Relief, find_best
from procedures.texts import Text
from tests.factories.catalogue import make_document

DAY = date(2026, 11, 23)
FEE = {
    "key": "lp",
    "kind": "le_phi",
    "mode": "before",
    "label": {"vi": "Lệ phí", "en": "Fee"},
    "amount": 50_000,
}
PHI = {**FEE, "key": "phi", "kind": "phi", "label": {"vi": "Phí"}, "amount": 30_000}
COPIES = {
    **FEE, "key": "ban_sao", "kind": "phi", "amount": None,
    "unit": {"field": "copies", "price": 8_001, "name": {"vi": "bản"}},
}  # fmt: skip
BANDS = {
    "key": "trang", "kind": "phi", "mode": "before", "label": {"vi": "Chứng thực"}, "cap": 200_000,
    "per": {"group": "papers", "field": "pages", "times": "copies", "name": {"vi": "trang"}},
    "bands": [{"up_to": 2, "price": 2_000}, {"up_to": None, "price": 1_000}],
}  # fmt: skip
GROUP = {
    "key": "nhom", "type": "choice", "label": {"vi": "Bạn thuộc diện nào?"},
    "options": [{"value": name, "label": {"vi": name}} for name in ("khong", "ho_ngheo", "tre_em")],
}  # fmt: skip
POOR = {"all": [{"field": "nhom", "is": "ho_ngheo"}]}


def relief(**changes: Any) -> dict[str, Any]:
    """Everybody, everything, for nothing."""
    return {
        "key": "mien",
        "label": {"vi": "Nộp trực tuyến", "en": "Filing online"},
        "percent": 100,
        **changes,
    }


def content(*reliefs: dict[str, Any], fees: list[dict[str, Any]] | None = None, **changes: Any) -> Content:
    return parse_content(document(*reliefs, fees=fees, **changes))


def document(
    *reliefs: dict[str, Any], fees: list[dict[str, Any]] | None = None, **changes: Any
) -> dict[str, Any]:
    made = make_document(fees=fees or [FEE], reliefs=list(reliefs), **changes)
    made["form"]["pages"][0]["fields"].append(GROUP)
    return made


def owe(
    found: Content, *, channel: str = "online", on: date = DAY, **answers: Any
) -> tuple[AssessedFee, ...]:
    return found.assess(case=None, channel=channel, answers=answers, on=on)


def total(found: Content, **asked: Any) -> int | None:
    amounts = [line.amount for fee in owe(found, **asked) for line in fee.lines]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


@pytest.mark.parametrize(
    ("reliefs", "asked", "owed"),
    [
        ([], {}, 50_000),
        ([relief()], {}, 0),
        ([relief(channel="online")], {"channel": "online"}, 0),
        ([relief(channel="online")], {"channel": "desk"}, 50_000),
        ([relief(percent=50)], {}, 25_000),
        ([relief(percent=33)], {}, 33_500),
        ([relief(percent=None, amount=20_000)], {}, 30_000),
        ([relief(percent=None, amount=80_000)], {}, 0),
        ([relief(**{"if": POOR})], {"nhom": "ho_ngheo"}, 0),
        ([relief(**{"if": POOR})], {"nhom": "khong"}, 50_000),
        ([relief(**{"if": POOR})], {}, 50_000),
        ([relief(percent=50), relief(key="it", percent=None, amount=20_000)], {}, 25_000),
        ([relief(percent=50), relief(key="nua", percent=50)], {}, 25_000),
        ([relief(percent=30), relief(key="ngheo", percent=70, **{"if": POOR})], {"nhom": "ho_ngheo"}, 15_000),
        ([relief(percent=50, until="2026-12-31")], {"on": date(2026, 12, 31)}, 25_000),
        ([relief(percent=50, until="2026-12-31")], {"on": date(2027, 1, 1)}, 50_000),
        ([relief(percent=50, **{"from": "2025-07-01"})], {"on": date(2025, 6, 30)}, 50_000),
        ([relief(percent=50, **{"from": "2025-07-01"})], {"on": date(2025, 7, 1)}, 25_000),
    ],
)  # fmt: skip
def test_the_best_relief_is_taken_off(reliefs: list[Any], asked: dict[str, Any], owed: int) -> None:
    assert total(content(*reliefs), **asked) == owed


def test_each_line_has_its_own_and_kinds_stay_apart() -> None:
    found = content(relief(of=["lp"]), relief(key="nua", percent=50, of=["phi"]), fees=[FEE, PHI])
    [fee] = owe(found)
    assert [(line.kind, line.normal, line.amount, line.relief) for line in fee.lines] == [
        ("le_phi", 50_000, 0, "mien"),
        ("phi", 30_000, 15_000, "nua"),
    ]
    assert (fee.mode, fee.amount) == ("before", 15_000)


def test_what_comes_to_nothing_is_nothing_to_pay() -> None:
    [fee] = owe(content(relief()))
    assert (fee.mode, fee.amount) == ("none", 0)


def test_a_part_of_a_dong_falls_to_the_citizen() -> None:
    assert total(content(relief(percent=50), fees=[COPIES]), copies=1) == 4_000
    assert total(content(relief(percent=50), fees=[COPIES]), copies=3) == 12_001


def test_bands_and_caps_are_reckoned_before_the_relief() -> None:
    certified = make_document(fees=[BANDS], reliefs=[relief(percent=50)], form=None, level=2)
    rows = [{"pages": 500, "copies": 2}, {"pages": 4, "copies": 1}]
    assert total(parse_content(certified), papers=rows) == (2 * 200_000 + 6_000) // 2


@pytest.mark.parametrize(
    ("size", "amount"),
    [({"percent": 50}, None), ({"percent": None, "amount": 1_000}, None), ({"percent": 100}, 0)],
)
def test_of_an_unknown_amount_only_the_whole_is_known(size: dict[str, Any], amount: int | None) -> None:
    [fee] = owe(content(relief(**size), fees=[{**FEE, "amount": None}]))
    assert fee.amount == amount
    assert fee.mode == ("none" if amount == 0 else "before")
    assert "Nộp trực tuyến" in fee.lines[0].explanation
    assert ("Còn" in fee.lines[0].explanation) == (amount == 0)


def test_a_line_explains_itself_in_both_languages() -> None:
    found = content(relief(percent=50, basis={"vi": "Thông tư 64/2025/TT-BTC"}))
    [fee] = owe(found)
    assert fee.lines[0].explanation == (
        "Mức thường 50.000 đ. Giảm 50%: Nộp trực tuyến. Căn cứ: Thông tư 64/2025/TT-BTC. Còn 25.000 đ."
    )
    with translation.override("en"):
        [english] = owe(found)
    assert "Filing online" in english.lines[0].explanation
    assert "25,000 VND" in english.lines[0].explanation


def test_the_case_is_asked_as_the_form_asks_it() -> None:
    cases = [{"key": key, "label": {"vi": key}} for key in ("moi", "lai")]
    found = content(
        relief(**{"if": {"any": [{"field": "case", "is": "lai"}]}}),
        cases=cases, case_question={"vi": "Trường hợp nào?"},
    )  # fmt: skip
    amounts = [
        found.assess(case=case, channel="online", answers={}, on=DAY)[0].amount for case in ("moi", "lai")
    ]
    assert amounts == [50_000, 0]


@pytest.mark.parametrize(
    ("moment", "owed"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=VN_TZ), 25_000),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=VN_TZ), 50_000),
    ],
)
def test_a_day_ends_at_midnight_in_viet_nam(moment: datetime, owed: int) -> None:
    with time_machine.travel(moment, tick=False):
        assert total(content(relief(percent=50, until="2026-12-31")), on=clock.today()) == owed


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (relief(percent=None), "reliefs[0].percent"),
        (relief(amount=5), "reliefs[0].percent"),
        (relief(percent=0), "reliefs[0].percent"),
        (relief(percent=101), "reliefs[0].percent"),
        (relief(percent=None, amount=0), "reliefs[0].amount"),
        (relief(of=["khong_co"]), "reliefs[0].of[0]"),
        (relief(paper="khong_co"), "reliefs[0].paper"),
        (relief(case="khong_co"), "reliefs[0].case"),
        (relief(channel="fax"), "reliefs[0].channel"),
        (relief(until="2025-01-01", **{"from": "2026-01-01"}), "reliefs[0].until"),
        (relief(until="31/12/2026"), "reliefs[0].until"),
        (relief(**{"if": {"all": [{"field": "khong_co", "is": "x"}]}}), "reliefs[0].if.all[0].field"),
        (relief(**{"if": {"all": [{"field": "nhom", "is": "sai"}]}}), "reliefs[0].if.all[0].is"),
        (relief(**{"if": {"all": []}}), "reliefs[0].if.all"),
        (relief(extra=1), "reliefs[0].extra"),
        (relief(label={"en": "only"}), "reliefs[0].label.vi"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(wrong: dict[str, Any], path: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        content(wrong)
    assert path in refused.value.errors, refused.value.errors


def test_two_reliefs_have_two_keys() -> None:
    with pytest.raises(RuleViolation) as refused:
        content(relief(), relief())
    assert "reliefs[1].key" in refused.value.errors


RELIEFS = st.lists(
    st.one_of(
        st.builds(lambda percent: {"percent": percent}, st.integers(1, 100)),
        st.builds(lambda amount: {"amount": amount}, st.integers(1, 10**9)),
    ),
    max_size=5,
)


def _build(sizes: list[dict[str, int]]) -> list[Relief]:
    return [
        Relief(key=f"k{n}", label=Text("Diện"), percent=size.get("percent"), amount=size.get("amount"))
        for n, size in enumerate(sizes)
    ]


@settings(max_examples=150, deadline=None)
@given(RELIEFS, st.one_of(st.none(), st.integers(0, 10**10)), st.randoms())
def test_never_negative_never_more_never_by_order(sizes: list[Any], normal: int | None, random: Any) -> None:
    reliefs = _build(sizes)
    best = find_best(reliefs, "lp", normal)
    left = normal if best is None else best.leaves(normal)
    shuffled = list(reliefs)
    random.shuffle(shuffled)
    assert find_best(shuffled, "lp", normal) == best
    if normal is None:
        assert left in (None, 0)
        assert (left == 0) == any(relief.percent == 100 for relief in reliefs)
        return
    assert left is not None
    assert 0 <= left <= normal
    assert all(left <= (relief.leaves(normal) or 0) for relief in reliefs)
