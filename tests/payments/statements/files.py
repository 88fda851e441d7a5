"""Files of banks, as small as they can be; spreadsheets are written by hand so that they can be broken."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADER = ("STT", "Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung")
LIMIT_S = 2.0


def make_csv(*rows: Sequence[object], header: Sequence[str] = HEADER, separator: str = ";") -> bytes:
    """UTF-8 with a mark, as Vietnamese banks write it."""
    lines = [separator.join(map(str, row)) for row in (header, *rows)]
    return "\r\n".join(lines).encode("utf-8-sig")


def credit(
    number: int, amount: int, memo: str, *, day: str = "20/11/2026", reference: str = ""
) -> tuple[object, ...]:
    """A row of `HEADER`."""
    return (number, day, reference, "", f"{amount:,}".replace(",", "."), "", memo)


def make_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    return save(book)


def save(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def bend(xlsx: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with parts replaced or added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()
