"""Days as they are written out on civil status papers."""

import pytest

from procedures.formschema.day_words import day_in_words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("1990-08-15", "ngày mười lăm tháng tám năm một nghìn chín trăm chín mươi"),
        ("2026-11-01", "ngày một tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("2005-04-21", "ngày hai mươi mốt tháng tư năm hai nghìn không trăm linh năm"),
        ("2000-12-30", "ngày ba mươi tháng mười hai năm hai nghìn"),
        ("1955-05-05", "ngày năm tháng năm năm một nghìn chín trăm năm mươi lăm"),
        ("1984-10-24", "ngày hai mươi tư tháng mười năm một nghìn chín trăm tám mươi tư"),
        ("2014-01-14", "ngày mười bốn tháng một năm hai nghìn không trăm mười bốn"),
        ("1971-03", "tháng ba năm một nghìn chín trăm bảy mươi mốt"),
        ("1990", "năm một nghìn chín trăm chín mươi"),
    ],
)
def test_days_are_written_in_words(iso: str, words: str) -> None:
    assert day_in_words(iso) == words
