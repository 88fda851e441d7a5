"""Codes of dossiers in what payers and banks make of them."""

from datetime import date

import pytest

from payments.statements.memos import Match, choose_code, find_codes, index_agencies

CODE = "H13.36.01-261123-0014"
KNOWN = {
    CODE,
    "H13.36.01-261123-0015",
    "H13.36-261123-0014",
    "H13.36.01-261120-0140",
    "H13.36.01-261122-12345",
    "000.00.17.H13-261123-0002",
}
INDEX = index_agencies(["H13.36", "H13.36.01", "H13.36.02", "000.00.17.H13"])
TODAY = date(2026, 12, 1)


def match(memo: str) -> Match | None:
    found = find_codes(memo, INDEX, today=TODAY)
    begun = [code for code in KNOWN if any(code.startswith(start) for start in found.starts)]
    return choose_code(found, KNOWN, begun)


@pytest.mark.parametrize(
    "memo",
    [
        "H13.36.01-261123-0014",
        "h13.36.01-261123-0014",
        "H133601-261123-0014",
        "H13 36 01 261123 0014",
        "H133601 261123 0014",
        "H1336012611230014",
        "h1336012611230014",
        "H13.36.01.261123.0014",
        "H13.36.01_261123_0014",
        "H13.36.01/261123/0014",
        "H13.36.01 - 261123 - 0014",
        "H13.36.01–261123–0014",
        "H13.36.01-26 11 23-00 14",
        "H13 . 36 . 01 - 261123 - 0014",
        "Ｈ１３．３６．０１－２６１１２３－００１４",
        "HI3.36.O1-261123-OO14",
        "Nop le phi H13.36.01-261123-0014",
        "NGUYEN VAN BINH chuyen tien H13.36.01-261123-0014",
        "Nộp lệ phí hồ sơ H13.36.01-261123-0014 cho con tôi",
        "Ma ho so: H13.36.01-261123-0014.",
        "MBVCB.7891234567.H13 36 01 261123 0014.CT tu 0123456789 NGUYEN THI MAY toi 0011001234567",
        "IBFT H1336012611230014 FT26330812345678",
        "FT26330812345678;H13.36.01-261123-0014",
        "H13.36.01-261123-0014-CHUYEN TIEN-OQCH00012345-MOMO",
        "CT DEN:633081234567 H1336012611230014",
        "QR - H13.36.01-261123-0014 GD 123456-112326 10:22:33",
        "TH H13.36.01-261123-0014",
        "H13.36.01-261123-0014 20000",
        "20000 H13.36.01-261123-0014",
        "20000H13.36.01-261123-0014",
        "H13.36.01-261123-0014 H13.36.01-261123-0014",
        "H13.36.01-261123-0014\nNguyen Van Binh",
        "0014 H13.36.01-261123-0014",
        "ho so H13.36.01-261123-0014 ngay 24/11/2026",
        "H13.36.01-261123-0014LE PHI",
        "lephiH13.36.01-261123-0014",
        "Thanh toan QR H13.36.01-261123-0014 REF0098",
        "BNK H13.36.01 261123 0014 tai Napas",
        "ZP26112309 H13.36.01-261123-0014",
        "H-1-3-3-6-0-1-2-6-1-1-2-3-0-0-1-4",
    ],
)
def test_the_code_is_found_however_it_was_mangled(memo: str) -> None:
    assert match(memo) == Match(CODE, is_sure=True)


@pytest.mark.parametrize(
    ("memo", "code"),
    [
        ("H13.36.01-261122-12345 le phi", "H13.36.01-261122-12345"),
        ("000.00.17.H13-261123-0002", "000.00.17.H13-261123-0002"),
        ("0000017H132611230002", "000.00.17.H13-261123-0002"),
        ("H13.36-261123-0014", "H13.36-261123-0014"),
        ("H13362611230014", "H13.36-261123-0014"),
    ],
)
def test_every_shape_of_code(memo: str, code: str) -> None:
    assert match(memo) == Match(code, is_sure=True)


@pytest.mark.parametrize(
    ("memo", "code"),
    [
        ("H1336012611230014190012345", CODE),
        ("CT H13.36.01-261120-01", "H13.36.01-261120-0140"),
        ("Nop le phi H13.36.01-261120", "H13.36.01-261120-0140"),
        ("H13.36.01-261122-123", "H13.36.01-261122-12345"),
    ],
)
def test_jammed_and_cut_codes_are_found_but_not_sure(memo: str, code: str) -> None:
    assert match(memo) == Match(code, is_sure=False)


@pytest.mark.parametrize(
    "memo",
    [
        "",
        "nop le phi",
        "NGUYEN VAN BINH CHUYEN TIEN",
        "H13.36.01-261123-0099",
        "H13.36.01-261123-00",
        "H13.36.01-261123",
        "H13.36.01-261123-00014",
        "H13.36.01-261123-001 cam on",
        "H13.36.01-261123-0000",
        "H13.36.01-261323-0014",
        "H13.36.01-271123-0014",
        "H13.36.01-061123-0014",
        "H13.36.02-261123-0014",
        "H14.36.01-261123-0014",
        "261123-0014",
        "H13.36.01-261123-0014 H13.36.01-261123-0015",
        "H13.36.01-261123-0014 va H13.36-261123-0014",
        "=H13.36.01",
        "H" * 500,
        "1" * 500,
    ],
)
def test_nothing_is_guessed(memo: str) -> None:
    assert match(memo) is None
