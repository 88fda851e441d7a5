"""The register as a spreadsheet: true dates, text that no program takes for a formula, ready to print."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from dossiers.prints.register import RegisterLine
from dossiers.prints.render import WATERMARK
from portal.core.clock import to_local

A4 = 9
HEAD_ROW = 3
WIDTHS = (6, 26, 42, 7, 26, 40, 18, 28, 17, 17, 17, 17, 17, 12, 14, 28)


def build_sheet(lines: Iterable[RegisterLine], *, agency: str, period: str, made_at: datetime) -> bytes:
    """XLSX of these lines, written row by row. `made_at` is aware."""
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": _("Sổ theo dõi hồ sơ"), "created": to_local(made_at).replace(tzinfo=None)})
    sheet = book.add_worksheet(_("Sổ theo dõi"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    title = book.add_format({"bold": True, "font_size": 14})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, agency)
    sheet.write_string(1, 0, " ".join(filter(None, (_("SỔ THEO DÕI HỒ SƠ"), _mark()))), title)
    sheet.write_string(2, 0, period)
    for column, name in enumerate(list_heads()):
        sheet.write_string(HEAD_ROW, column, name, bold)
    last = _write_lines(book, sheet, lines)
    _set_up(sheet, last)
    book.close()
    return out.getvalue()


_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def list_heads() -> list[str]:
    """The columns of Mẫu 06 (2018), Mẫu 07 (2025)."""
    return [
        _("TT"), _("Mã hồ sơ"), _("Tên thủ tục hành chính"), _("Số bộ"), _("Tên cá nhân, tổ chức"),
        _("Địa chỉ"), _("Điện thoại"), _("Cơ quan giải quyết"), _("Nhận hồ sơ"), _("Hẹn trả kết quả"),
        _("Chuyển hồ sơ đi"), _("Nhận kết quả về"), _("Ngày trả"), _("Cách nộp"), _("Cách nhận"), _("Ghi chú"),
    ]  # fmt: skip


def _write_lines(book: Any, sheet: Any, lines: Iterable[RegisterLine]) -> int:
    """Returns the number of the last row."""
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "border": 1})
    row = HEAD_ROW
    for line in lines:
        row += 1
        for column, value in enumerate(_values(line)):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, to_local(value).replace(tzinfo=None), moment)
            elif isinstance(value, int):
                sheet.write_number(row, column, value, cell)
            else:
                sheet.write_string(row, column, value or "", cell)
    return row


def _values(line: RegisterLine) -> tuple[str | int | datetime | None, ...]:
    return (
        line.number, line.code, line.procedure, line.sets, line.owner, line.address, line.phone,
        line.handling_agency, line.received_at, line.due_at, line.handed_on_at, line.result_at,
        line.returned_at, line.filed_through, line.returned_through, line.note,
    )  # fmt: skip


def _set_up(sheet: Any, last: int) -> None:
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, last, len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer(f"&L{_mark()}&R&P/&N")


def _mark() -> str:
    return WATERMARK if settings.TRAINING else ""
