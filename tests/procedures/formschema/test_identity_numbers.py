"""An identity number that does not fit is a warning."""

import pytest

from procedures.formschema.identity_numbers import build_warnings, show_number

WOMAN_1990 = "037190001234"
MAN_2005 = "001205001234"
GENDER = "Số định danh này thường là của {}. Xem lại số hoặc giới tính."
YEAR = "Số định danh này thường là của người sinh năm {}. Xem lại số hoặc ngày sinh."


@pytest.mark.parametrize(
    ("number", "gender", "born", "warnings"),
    [
        (WOMAN_1990, "female", "1990-08-15", []),
        (WOMAN_1990, "", "", []),
        (WOMAN_1990, "male", "", [GENDER.format("nữ")]),
        (WOMAN_1990, "nam", "", [GENDER.format("nữ")]),
        (WOMAN_1990, "female", "1991", [YEAR.format(1990)]),
        (MAN_2005, "male", "2005-01-01", []),
        (MAN_2005, "female", "1905", [GENDER.format("nam"), YEAR.format(2005)]),
        (MAN_2005, "other", "", []),
        ("163123456", "male", "1990", []),
    ],
)
def test_it_warns_of_what_does_not_fit(number: str, gender: str, born: str, warnings: list[str]) -> None:
    assert build_warnings(number, gender, born) == warnings


@pytest.mark.parametrize(
    ("number", "shown"), [(WOMAN_1990, "037 190 001 234"), ("163123456", "163 123 456"), ("B12", "B12")]
)
def test_numbers_are_shown_in_threes(number: str, shown: str) -> None:
    assert show_number(number) == shown
