"""Any bank's file becomes rows of text; what is hostile, broken or endless is refused quickly and in words."""

import unicodedata
from datetime import date, datetime
from time import perf_counter

import pytest
from openpyxl import Workbook

from payments.statements.files import read_file
from payments.statements.rows import MOST_ROWS
from portal.core.errors import RuleViolation
from tests.payments.statements.files import LIMIT_S, bend, make_xlsx, save

TEXT = 'Ngày;Ghi có;Nội dung\r\n01/12/2026;15.000;"Lệ phí; hồ sơ ""gấp"""\r\n\r\n02/12/2026;20.000;Nguyễn Thị Mây\r\n'
ROWS = [
    ["Ngày", "Ghi có", "Nội dung"],
    ["01/12/2026", "15.000", 'Lệ phí; hồ sơ "gấp"'],
    [],
    ["02/12/2026", "20.000", "Nguyễn Thị Mây"],
]
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def cp1258(text: str) -> bytes:
    """As old Windows programs write Vietnamese: letters with their hat, the tone behind them."""
    parts: list[str] = []
    for letter in unicodedata.normalize("NFD", text):
        is_tone = letter in "\u0300\u0301\u0303\u0309\u0323"
        if parts and unicodedata.combining(letter) and not is_tone:
            tones = ""
            while parts[-1] in "\u0300\u0301\u0303\u0309\u0323":
                tones = parts.pop() + tones
            parts[-1] = unicodedata.normalize("NFC", parts[-1] + letter)
            parts += list(tones)
        else:
            parts.append(letter)
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        cp1258(TEXT),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace(";", "\t").replace("phí\t hồ", "phí; hồ").encode(),
        TEXT.replace(";", "|").replace("phí| hồ", "phí; hồ").encode(),
        TEXT.replace(";", ",").replace("phí, hồ", "phí; hồ").encode(),
    ],
    ids=lambda raw: f"{len(raw)} bytes",
)
def test_encodings_and_separators(raw: bytes) -> None:
    assert read_file(raw).cells == ROWS


def test_what_spreadsheet_programs_add_to_text() -> None:
    rows = read_file(b'sep=;\r\n="0012";=1+1;@x\r\n-5;+6;\x01a\r\n')

    assert rows.cells == [[], ["0012", "=1+1", "@x"], ["-5", "+6", "a"]]


def test_a_quotation_mark_that_is_never_closed_costs_one_line() -> None:
    rows = read_file(b'a;b\n1;"x\n2;y\n3;"z"\n')

    assert rows.cells == [["a", "b"], [], ["2", "y"], ["3", "z"]]
    assert list(rows.faults) == [2]


def test_spreadsheets_give_days_numbers_and_zeros_without_doubt() -> None:
    rows = read_file(
        make_xlsx(
            [
                ["Ngày", "Ghi có", "Nội dung"],
                [datetime(2026, 12, 1, 10, 22), 15_000, "Lệ  phí\nhồ sơ"],  # noqa: DTZ001 - a cell has no zone
                [date(2026, 12, 2), 20_000.0, True],
                ["03/12/2026", 1.5, "0012"],
                [None, None, None],
                ["04/12/2026", 1.234, None],
            ]
        )
    )

    assert rows.cells == [
        ["Ngày", "Ghi có", "Nội dung"],
        ["2026-12-01 10:22:00", "15000", "Lệ phí hồ sơ"],
        ["2026-12-02 00:00:00", "20000"],
        ["03/12/2026", "1.5000", "0012"],
        [],
        ["04/12/2026", "1.2340"],
    ]


def test_formulas_are_never_calculated() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ngày", "Ghi có"])
    sheet.append(['=HYPERLINK("http://evil.example","x")', "=15000+1"])
    sheet.append(["01/12/2026", 15_000])

    assert read_file(save(book)).cells == [["Ngày", "Ghi có"], [], ["01/12/2026", "15000"]]


def test_the_first_sheet_with_rows_is_read() -> None:
    book = Workbook()
    second = book.create_sheet("Sao kê")
    second.append(["a", "b"])

    assert read_file(save(book)).cells == [["a", "b"]]


def bomb() -> bytes:
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(12)
    )
    return (
        b'<?xml version="1.0"?><!DOCTYPE x ['
        + entities
        + b"]><worksheet "
        + NAMESPACE
        + b'><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row></sheetData></worksheet>'
    )


def far_cell(place: bytes) -> bytes:
    return (
        b"<worksheet "
        + NAMESPACE
        + b'><dimension ref="A1:XFD1048576"/><sheetData><row r="'
        + place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        + b'"><c r="'
        + place
        + b'"><v>1</v></c></row></sheetData></worksheet>'
    )


OUTSIDE = b'<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'
PLAIN = make_xlsx([["a", "b"], [1, 2]])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "trống"),
        (b" \n ", "trống"),
        (b"a;b\n" * 1_400_000, "5 MB"),
        (b"a;b\n" * (MOST_ROWS + 1), "50.000"),
        (b"a," * 10**6, "60 cột"),
        (b"abc\ndef", "các cột"),
        (b"x" * 200_000 + b",1\n", "các cột"),
        (b"\0\1\2\3" * 9, "không phải tệp CSV"),
        (b"\xff\xfe\x00", "bảng mã"),
        (b"%PDF-1.7", "CSV hoặc XLSX"),
        (b"\x89PNG\r\n", "CSV hoặc XLSX"),
        (b"<html><table>", "trang web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mật khẩu"),
        (b"PK\x03\x04nothing", "hỏng"),
        (PLAIN[:-40], "hỏng"),
        (bend(PLAIN, {SHEET: b"<worksheet"}), "hỏng"),
        (bend(PLAIN, {SHEET: bomb()}), "hỏng"),
        (bend(PLAIN, {"xl/workbook.xml": OUTSIDE}), "hỏng"),
        (bend(PLAIN, {"[Content_Types].xml": b"<Types/>"}), "hỏng"),
        (bend(PLAIN, {SHEET: b" " * (70 * 2**20)}), "giải nén"),
        (bend(PLAIN, {"xl/sharedStrings.xml": b" " * (30 * 2**20)}), "giải nén"),
        (bend(PLAIN, {f"xl/media/{n}.png": b"" for n in range(300)}), "giải nén"),
        (bend(PLAIN, {"xl/vbaProject.bin": b"x"}), "macro"),
        (bend(PLAIN, {SHEET: far_cell(b"XFD1")}), "không có dòng"),
        (bend(PLAIN, {SHEET: far_cell(b"BI1")}), "60 cột"),
        (bend(PLAIN, {SHEET: far_cell(b"A1048576")}), "50.000"),
        (make_xlsx([]), "không có dòng"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_every_refusal_is_quick_and_says_why(raw: bytes, words: str) -> None:
    began = perf_counter()

    with pytest.raises(RuleViolation) as refused:
        read_file(raw)

    assert words in refused.value.errors["file"][0]
    assert perf_counter() - began < LIMIT_S
