"""Amounts and days in every notation that a bank may use; what could mean two things is refused."""

from datetime import date

import pytest

from payments.statements.amounts import Unreadable, read_amount, read_side
from payments.statements.days import Order, guess_order, read_day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15000", 15_000),
        ("15.000", 15_000),
        ("15,000", 15_000),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1,234,567.00", 1_234_567),
        ("1.234.567,00", 1_234_567),
        ("15000.00", 15_000),
        ("15000,0", 15_000),
        ("15000.000", 15_000),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1'234'567", 1_234_567),
        ("15.000 đ", 15_000),
        ("15.000đ", 15_000),
        ("15.000 ₫", 15_000),
        ("15.000 VNĐ", 15_000),
        ("15,000 VND", 15_000),
        ("VND 15,000", 15_000),
        ("15.000 đồng", 15_000),
        ("+15.000", 15_000),
        ("15.000+", 15_000),
        ("-15.000", -15_000),
        ("−15.000", -15_000),
        ("– 15.000", -15_000),
        ("15.000-", -15_000),
        ("(15,000)", -15_000),
        ("(15,000.00)", -15_000),
        ("15,000 CR", 15_000),
        ("15,000CR", 15_000),
        ("15,000 DR", -15_000),
        ("15.000 Có", 15_000),
        ("15.000 Nợ", -15_000),
        ("15,000.00 C", 15_000),
        ("１５．０００", 15_000),
        ("", 0),
        ("-", 0),
        ("0", 0),
        ("0.00", 0),
        ("9.999.999.999.999", 9_999_999_999_999),
    ],
)
def test_amounts(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "15.5", "1,234.567", "1.2340", "12,34", "1.234.56", "1.23.456", "1.234,567,890", "1,2,3", "12 34",
        "1234.567.890", "1.5E+06", "2e3", "15.000 D", "15.000 USD", "abc", "15000x", "=15000", "1.234.567.890.123.456",
        "0.5", ".500",
        "15..000", "--15", "१५०००", "?",
    ],
)  # fmt: skip
def test_amounts_that_may_mean_something_else_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "side"),
    [("Có", 1), ("C", 1), ("CR", 1), ("Credit", 1), ("+", 1), ("Nợ", -1), ("D", -1),
     ("DR", -1), ("debit", -1), ("-", -1)],
)  # fmt: skip
def test_sides(text: str, side: int) -> None:
    assert read_side(text) == side


@pytest.mark.parametrize("text", ["", "Chuyển khoản", "X", "1"])
def test_sides_that_say_nothing_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_side(text)


@pytest.mark.parametrize(
    "text",
    [
        "01/12/2026", "1/12/2026", "01-12-2026", "01.12.2026", "1/12/26", "01 12 2026", "2026-12-01", "2026/12/01",
        "20261201", "01122026", "01 Dec 2026", "01-DEC-26", "1 December 2026", "46357", "46357.43", "46357,9",
        "01/12/2026 10:22:33", "01/12/2026 10:22", "10:22 01/12/2026", "2026-12-01T10:22:33Z", "2026-12-01 00:00:00",
        "1/12/2026 9:05 AM", "01/12/2026, 10h22", "1 tháng 12 năm 2026", "Ngày 1 tháng 12 năm 2026",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert read_day(text) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "12/31/2026", "x", "99999", "1", "01/13/2026", "2026-13-01", "1/1", "0/0/0",
             "01 Xyz 2026"]
)  # fmt: skip
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_day(text)


def test_the_order_of_a_file_is_the_vietnamese_one_unless_it_cannot_be() -> None:
    assert guess_order(["01/12/2026", "02/12/2026"]) is Order.DAY_FIRST
    assert guess_order(["01/12/2026", "12/31/2026"]) is Order.MONTH_FIRST
    assert guess_order(["31/12/2026", "12/31/2026"]) is Order.DAY_FIRST
    assert read_day("12/01/2026", Order.MONTH_FIRST) == date(2026, 12, 1)
    assert read_day("2026-12-01", Order.MONTH_FIRST) == date(2026, 12, 1)
