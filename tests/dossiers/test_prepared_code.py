"""The code on a form filled at home: guessed by nobody, read in any writing."""

import pytest

from dossiers.prepared_code import ALPHABET, LENGTH, new_code, read_code, show_code


def test_a_new_code_is_read_back_as_shown_and_holds_a_digit() -> None:
    for _ in range(200):
        code = new_code()
        plain = code.removeprefix("P-")
        assert len(plain) == LENGTH
        assert set(plain) <= set(ALPHABET)
        assert any(letter.isdigit() for letter in plain)
        assert read_code(show_code(code)) == read_code(code.lower()) == code


def test_no_keyboard_of_vietnamese_makes_other_letters_of_a_code() -> None:
    assert not set(ALPHABET) & set("AEIOUYDW")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("P-7KQ4N2TB9X", "P-7KQ4N2TB9X"),
        (" p 7kq4n - 2tb9x ", "P-7KQ4N2TB9X"),
        ("P-OKQ4NITB9L", "P-0KQ4N1TB91"),
        ("P-7KQ4N2TB9", None),
        ("P-7KQ4N2TB9XX", None),
        ("P-AEIOUYDWAE", None),
        ("7KQ4N2TB9X", None),
        ("H13.36.01-261123-0014", None),
        ("Phạm Văn Bình", None),
        ("P-7KQ4N2TB9X' OR 1=1 --", None),
        ("P-" + "7" * 5000, None),
        ("P-７KQ4N2TB9X", None),
        ("", None),
    ],
)
def test_what_is_read_as_a_code(typed: str, read: str | None) -> None:
    assert read_code(typed) == read
