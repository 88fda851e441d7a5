"""Amounts in Vietnamese words."""

import pytest

from payments.words import amount_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (41, "bốn mươi mốt"),
        (55, "năm mươi lăm"),
        (99, "chín mươi chín"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (555, "năm trăm năm mươi lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_010, "một nghìn không trăm mười"),
        (1_105, "một nghìn một trăm linh năm"),
        (8_000, "tám nghìn"),
        (15_000, "mười lăm nghìn"),
        (21_500, "hai mươi mốt nghìn năm trăm"),
        (75_000, "bảy mươi lăm nghìn"),
        (100_000, "một trăm nghìn"),
        (104_004, "một trăm linh bốn nghìn không trăm linh bốn"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (21_000_000, "hai mươi mốt triệu"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (5_020_000_000, "năm tỷ không trăm hai mươi triệu"),
        (
            15_015_015_015,
            "mười lăm tỷ không trăm mười lăm triệu không trăm mười lăm nghìn không trăm mười lăm",
        ),
        (2_001_000_000_000, "hai nghìn không trăm linh một tỷ"),
        (1_000_000_000_000_000_000, "một tỷ tỷ"),
    ],
)
def test_numbers_read_as_people_say_them(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_an_amount_begins_with_a_capital_and_ends_with_its_unit() -> None:
    assert amount_in_words(15_000) == "Mười lăm nghìn đồng"
    assert amount_in_words(0) == "Không đồng"


def test_no_two_amounts_read_the_same() -> None:
    numbers = [*range(2_200), *range(0, 3_000_000, 997), *(10**power + 1 for power in range(4, 16))]

    assert len({number_in_words(number) for number in numbers}) == len(set(numbers))


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        amount_in_words(-1)
