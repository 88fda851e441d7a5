"""A statement as a spreadsheet (XLSX): looked at as an archive first, then read cell by cell, never calculated.

A spreadsheet is a ZIP of XML. What unpacks to more than a statement can be, holds macros, or hides entities is
refused before or while it is read (ASVS 5.0 V5.2.3, V1.5.1).
"""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from payments.statements.rows import MOST_COLUMNS, MOST_ROWS, Rows, bad_file, clean_cell

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 64 * 2**20
MOST_TEXTS = 24 * 2**20
MOST_PARTS = 200
_MACROS = ("vbaproject", "macrosheets/", "activex/")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, DefusedXmlException, ParseError, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError, RuntimeError, NotImplementedError, AssertionError,
    OverflowError,
)  # fmt: skip
"""What openpyxl and zipfile raise for a file that somebody broke, by accident or on purpose."""


def read_sheet(raw: bytes) -> Rows:
    """The rows of the first sheet that has some. Formulas give the value that was stored with them.

    Raises RuleViolation for everything that is no plain spreadsheet.
    """
    _check_archive(raw)
    if not DEFUSEDXML:
        raise RuntimeError("openpyxl reads without defusedxml")
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        try:
            return _read_book(book)
        finally:
            book.close()
    except _BROKEN as error:
        raise bad_file(_("Tệp bảng tính bị hỏng. Hãy tải lại từ ngân hàng rồi thử lại.")) from error


def _check_archive(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise bad_file(_("Tệp bảng tính bị hỏng. Hãy tải lại từ ngân hàng rồi thử lại.")) from error
    names = [part.filename.lower() for part in parts]
    if any(mark in name for name in names for mark in _MACROS):
        raise bad_file(_("Tệp có macro nên không đọc. Hãy lưu lại thành .xlsx thường hoặc .csv."))
    texts = max((part.file_size for part in parts if "sharedstrings" in part.filename.lower()), default=0)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or texts > MOST_TEXTS:
        raise bad_file(_("Tệp giải nén ra quá lớn nên không đọc. Hãy chia thành nhiều tệp nhỏ hơn."))


def _read_book(book: "object") -> Rows:
    for sheet in book.worksheets:  # type: ignore[attr-defined]
        sheet.reset_dimensions()  # what the file says about its own size is not believed
        rows = list(_read_rows(sheet))
        if any(rows):
            return Rows.of(rows)
    raise bad_file(_("Tệp không có dòng nào."))


def _read_rows(sheet: "object") -> Iterator[list[str]]:
    cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)  # type: ignore[attr-defined]
    for number, row in enumerate(cells, start=1):
        if number > MOST_ROWS:
            raise bad_file(_("Tệp có quá 50.000 dòng. Hãy chia thành nhiều tệp, mỗi tệp một khoảng ngày."))
        if len(row) > MOST_COLUMNS and row[MOST_COLUMNS] is not None:
            raise bad_file(_("Tệp có quá 60 cột. Hãy chọn tệp sao kê do ngân hàng xuất ra."))
        yield [_show(value) for value in row[:MOST_COLUMNS]]


def _show(value: object) -> str:
    """A cell as text that can be read one way only: days as 2026-12-01, numbers without thousands' marks."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ", "seconds") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float | Decimal):
        return _show_number(float(value))
    return clean_cell(str(value))


def _show_number(value: float) -> str:
    if value != value or abs(value) > 10**15:  # noqa: PLR0124 - not a number, or more than can be exact
        return "?"
    return str(int(value)) if value == int(value) else f"{value:.4f}"
