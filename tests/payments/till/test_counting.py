"""Counting a drawer and reading what cashiers type: tables."""

import pytest

from payments.till.counting import DENOMINATIONS, MOST_MONEY, Count, build_count, read_money, say_difference


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("   ", None),
        ("0", 0),
        ("15000", 15_000),
        ("15.000", 15_000),
        ("15,000", 15_000),
        ("1 234 000", 1_234_000),
        ("1.234.000 đ", 1_234_000),
        ("500.000đ", 500_000),
        ("200000 VND", 200_000),
        ("20.000 đồng", 20_000),
        (str(MOST_MONEY), MOST_MONEY),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: int | None) -> None:
    assert read_money(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["x", "-5", "15.00", "1.2345", "15k", "1e5", "12,5", "٣٠٠٠", "²", str(MOST_MONEY + 1), "1..000"],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_money(typed)


@pytest.mark.parametrize(
    ("notes", "total", "count"),
    [
        ({}, None, None),
        (dict.fromkeys(DENOMINATIONS), None, None),
        ({500_000: 2, 1_000: 3}, None, Count(1_003_000, {500_000: 2, 1_000: 3})),
        ({500_000: 0}, None, Count(0)),
        ({}, 0, Count(0)),
        ({}, 15_500, Count(15_500)),
        ({10_000: 1, 5_000: 1}, 15_000, Count(15_000, {10_000: 1, 5_000: 1})),
        (dict.fromkeys(DENOMINATIONS, 1), None, Count(888_000, dict.fromkeys(DENOMINATIONS, 1))),
    ],
)
def test_notes_or_a_total_or_both_make_a_count(
    notes: dict[int, int | None], total: int | None, count: Count | None
) -> None:
    assert build_count(notes, total) == count


@pytest.mark.parametrize(("notes", "total"), [({10_000: 1}, 15_000), ({10_000: 1}, 0), ({3_000: 1}, None)])
def test_notes_that_contradict_the_total_or_do_not_exist_are_no_count(
    notes: dict[int, int | None], total: int | None
) -> None:
    with pytest.raises(ValueError, match=r".*"):
        build_count(notes, total)


@pytest.mark.parametrize(
    ("difference", "words"), [(0, ""), (-20_000, "Thiếu 20.000 đ"), (1_000, "Thừa 1.000 đ")]
)
def test_a_difference_is_said_in_words(difference: int, words: str) -> None:
    assert say_difference(difference) == words
