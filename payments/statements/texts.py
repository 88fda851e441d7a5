"""A statement as text: which encoding, which separator, and its rows, one by one.

A quotation mark that is never closed would swallow the rest of the file without a word, so quoting is strict; where
it is broken each line is read for itself, and only the broken ones are lost.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from payments.statements.rows import MOST_COLUMNS, MOST_ROWS, Rows, bad_file, clean_cell

SEPARATORS = ",;\t|"
_BOMS = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_SAMPLE = 200
_LINE_END = re.compile(r"\r\n|\r|\n")
_HINT = re.compile(r"sep=(.)\Z", re.IGNORECASE)


def read_text(raw: bytes) -> Rows:
    """The rows of a CSV file. Raises RuleViolation for what is no table of text."""
    text = _decode(raw)
    lines = _LINE_END.split(text.rstrip())
    if len(lines) > MOST_ROWS:
        raise bad_file(_("Tệp có quá 50.000 dòng. Hãy chia thành nhiều tệp, mỗi tệp một khoảng ngày."))
    hint = _HINT.fullmatch(lines[0].strip()) if lines else None
    separator = hint.group(1) if hint else _find_separator(lines[:_SAMPLE])
    rows, faults = _read_rows(text, lines, separator)
    return Rows.of([[], *rows[1:]] if hint else rows, faults)


def _decode(raw: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), "") or _guess_encoding(raw)
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_file(_("Chữ trong tệp không đọc được. Hãy lưu lại tệp theo bảng mã UTF-8.")) from error
    if "\0" in text:
        raise bad_file(_("Đây không phải tệp CSV. Hãy chọn tệp CSV hoặc XLSX của ngân hàng."))
    return text


def _guess_encoding(raw: bytes) -> str:
    """Without a mark at its head: every other byte empty is UTF-16; else UTF-8; else the old Vietnamese Windows."""
    sample = raw[:4096]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 1 and sample[start::2].count(0) * 4 > len(sample):
            return name
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def _find_separator(lines: list[str]) -> str:
    """The mark by which most lines come apart into equally many columns."""
    best = max(SEPARATORS, key=lambda mark: _rate(lines, mark))
    if _rate(lines, best)[1] < 2:  # noqa: PLR2004 - a table has two columns
        raise bad_file(
            _("Không thấy các cột trong tệp. Các cột phải cách nhau bằng dấu phẩy, chấm phẩy hoặc tab.")
        )
    return best


def _rate(lines: list[str], separator: str) -> tuple[int, int]:
    widths = Counter(len(cells) for line in lines if line.strip() and (cells := _read_line(line, separator)))
    tables = [(count, width) for width, count in widths.items() if width > 1]
    return max(tables, default=(0, 0))


def _read_rows(text: str, lines: list[str], separator: str) -> tuple[list[list[str]], dict[int, str]]:
    try:
        return list(_read_strictly(text, separator)), {}
    except csv.Error:
        rows, faults = [], {}
        for number, line in enumerate(lines, start=1):
            cells = _read_line(line, separator)
            if cells is None:
                faults[number] = _("Dấu ngoặc kép trong dòng này không khớp.")
            rows.append(cells or [])
        return rows, faults


def _read_strictly(text: str, separator: str) -> Iterator[list[str]]:
    for cells in csv.reader(StringIO(text.rstrip(), newline=""), delimiter=separator, strict=True):
        yield _clean(cells)


def _read_line(line: str, separator: str) -> list[str] | None:
    try:
        return _clean(next(csv.reader([line], delimiter=separator, strict=True), []))
    except csv.Error:
        return None


def _clean(cells: list[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise bad_file(_("Tệp có quá 60 cột. Hãy chọn tệp sao kê do ngân hàng xuất ra."))
    return [clean_cell(cell) for cell in cells]
