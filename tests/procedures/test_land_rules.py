"""Fees, limits, levels and papers of residence, land, building, business and military service, as tables."""

from datetime import date
from typing import Any

import pytest

from tests.procedures.shipped import content_of

ON = date(2026, 3, 2)


PERMANENT, TEMPORARY, COMPANY_CODE, LAND = "1.004222", "1.004194", "2.001583", "1.013831"
LAST_HALVED, FIRST_FULL = date(2026, 12, 31), date(2027, 1, 1)
FEES: list[tuple[str, str, str, dict[str, Any], date, str, int]] = [
    (PERMANENT, "so_huu", "online", {}, ON, "after", 10_000),
    (PERMANENT, "so_huu", "desk", {}, ON, "after", 20_000),
    (TEMPORARY, "ca_nhan", "online", {}, ON, "after", 7_000),
    (TEMPORARY, "ca_nhan", "desk", {}, ON, "after", 15_000),
    (TEMPORARY, "don_vi", "desk", {}, ON, "after", 15_000),
    (TEMPORARY, "danh_sach", "online", {"people": 40}, ON, "after", 200_000),
    (TEMPORARY, "danh_sach", "desk", {"people": 40}, ON, "after", 400_000),
    ("1.010038", "cung_cho_o", "online", {}, ON, "after", 5_000),
    ("1.010038", "ly_hon", "desk", {}, ON, "after", 10_000),
    ("1.003677", "di_lau_ngay", "online", {}, ON, "none", 0),
    ("2.000720", "noi_dung", "online", {}, ON, "before", 30_000),
    (COMPANY_CODE, "ca_nhan", "online", {}, ON, "before", 100_000),
    (COMPANY_CODE, "ca_nhan", "desk", {}, ON, "before", 125_000),
    (COMPANY_CODE, "to_chuc", "post", {}, LAST_HALVED, "before", 125_000),
    (COMPANY_CODE, "to_chuc", "post", {}, FIRST_FULL, "before", 150_000),
    (COMPANY_CODE, "to_chuc", "online", {}, FIRST_FULL, "before", 100_000),
    ("1.001612", "ca_nhan", "online", {}, ON, "none", 0),
    ("1.001612", "ca_nhan", "desk", {}, ON, "before", 100_000),
    ("1.013225", "nha_o", "online", {}, ON, "after", 75_000),
    ("1.013229", "nha_o", "desk", {}, ON, "after", 75_000),
    ("1.013229", "tuong_dai", "desk", {}, ON, "after", 150_000),
    (LAND, "tang_cho", "online", {}, ON, "after", 428_000),
    (LAND, "tang_cho_cong_dong", "desk", {}, ON, "none", 0),
    ("1.012753", "cap_giay", "desk", {}, ON, "after", 1_100_000),
    ("1.012753", "chi_dang_ky", "desk", {}, ON, "after", 500_000),
    ("1.012812", "thong_thuong", "desk", {}, ON, "none", 0),
    ("1.013133", "nam_17", "online", {}, ON, "none", 0),
]


@pytest.mark.parametrize(("code", "case", "channel", "answers", "on", "mode", "amount"), FEES)
def test_what_a_dossier_owes(
    code: str, case: str, channel: str, answers: dict[str, Any], on: date, mode: str, amount: int
) -> None:
    [fee] = content_of(code).assess(case=case, channel=channel, answers=answers, on=on)
    assert (fee.mode, fee.amount) == (mode, amount)


@pytest.mark.parametrize("code", ["2.000720", "1.013831", "1.012753", "1.013229", "1.009994"])
def test_amounts_of_the_council_are_labelled_as_demo(code: str) -> None:
    assert all(rule.illustrative for rule in content_of(code).fees)


@pytest.mark.parametrize("code", ["1.004222", "1.004194", "1.010038", "1.003677", "2.001583", "1.013133"])
def test_amounts_of_the_state_are_no_demo(code: str) -> None:
    assert not any(rule.illustrative for rule in content_of(code).fees)
    assert all(rule.basis for rule in content_of(code).fees)


LIMITS = [
    ("1.004222", "so_huu", "online", 7, "working_day"),
    ("1.004194", "danh_sach", "desk", 3, "working_day"),
    ("1.010038", "ly_hon", "online", 5, "working_day"),
    ("1.003677", "di_lau_ngay", "online", 1, "working_day"),
    ("1.003677", "bi_can", "online", 2, "working_day"),
    ("2.000720", "chu_ho_mat", "post", 3, "working_day"),
    ("2.001583", "to_chuc", "desk", 3, "working_day"),
    ("1.013225", "nha_o", "online", 7, "working_day"),
    ("1.013225", "theo_tuyen", "desk", 10, "working_day"),
    ("1.013229", "nha_o", "desk", 7, "working_day"),
    ("1.013229", "ngoai_giao", "desk", 10, "working_day"),
    ("1.013831", "tang_cho", "online", 4, "working_day"),
    ("1.013831", "tai_san_dat_thue", "desk", 18, "working_day"),
    ("1.012753", "chi_dang_ky", "desk", 17, "working_day"),
    ("1.012753", "cap_giay", "desk", 20, "working_day"),
    ("1.012753", "vung_kho_khan", "desk", 30, "working_day"),
    ("1.012812", "thong_thuong", "desk", 30, "calendar_day"),
    ("1.012812", "vung_kho_khan", "desk", 40, "calendar_day"),
    ("1.013133", "nam_17", "online", 2, "hour"),
    ("1.013133", "nam_17", "desk", 1, "working_day"),
    ("1.009994", "nha_o", "desk", 15, "calendar_day"),
    ("1.009994", "khong_theo_tuyen", "desk", 20, "calendar_day"),
]


@pytest.mark.parametrize(("code", "case", "channel", "value", "unit"), LIMITS)
def test_how_long_it_may_take(code: str, case: str, channel: str, value: int, unit: str) -> None:
    limit = content_of(code).limit_for(case, channel)
    assert limit is not None
    assert (limit.value, limit.unit) == (value, unit)


LEVELS = [
    ("1.004222", 4), ("1.004194", 4), ("1.010038", 4), ("1.003677", 3), ("2.000720", 3), ("2.001583", 4),
    ("1.013225", 3), ("1.013229", 2), ("1.013831", 3), ("1.012753", 2), ("1.012812", 1), ("1.001612", 4),
    ("1.013133", 3), ("1.009994", 2),
]  # fmt: skip


@pytest.mark.parametrize(("code", "level"), LEVELS)
def test_the_level_is_that_of_the_catalogue(code: str, level: int) -> None:
    assert content_of(code).level == level


def test_databases_stand_in_for_papers() -> None:
    """Resolution 66.7/2025: what a national database answers is looked up and not handed in."""
    wanted = {
        "1.004222": {"thong_tin_cho_o", "thong_tin_quan_he", "thong_tin_dien_tich"},
        "1.004194": {"thong_tin_cho_o"},
        "1.010038": {"thong_tin_ly_hon"},
        "2.001583": {"thong_tin_to_chuc"},
        "1.013133": {"can_cuoc"},
        "1.013229": {"du_lieu_dat"},
    }
    for code, keys in wanted.items():
        looked_up = {paper.key for paper in content_of(code).requirements if paper.is_looked_up}
        assert keys <= looked_up, code


def test_a_permit_to_alter_lists_the_papers_of_each_of_its_cases() -> None:
    content = content_of("1.013229")
    counts = {case.key: len(content.requirements_for(case.key)) for case in content.cases}
    assert len(counts) == 7
    assert min(counts.values()) >= 20
    assert sum(counts.values()) >= 150
    [instead] = {paper.replaces for paper in content.requirements} - {""}
    assert instead == "giay_to_dat"


@pytest.mark.parametrize(
    ("code", "rounds", "window"), [("1.013225", 2, 7), ("1.013229", 2, 7), ("1.013831", 1, 3)]
)
def test_how_often_one_may_be_asked_to_complete(code: str, rounds: int, window: int) -> None:
    policy = content_of(code).supplement
    assert (policy.rounds, policy.window_days) == (rounds, window)


def test_the_clock_of_a_land_change_pauses_for_what_is_asked() -> None:
    assert content_of("1.013831").supplement.policy == "PAUSE"
