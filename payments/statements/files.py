"""A bank's file: spreadsheet or text, told by its bytes and not by its name."""

from django.utils.translation import gettext as _

from payments.statements.rows import MOST_BYTES, Rows, bad_file
from payments.statements.sheets import OLE, ZIP, read_sheet
from payments.statements.texts import read_text

_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")


def read_file(raw: bytes) -> Rows:
    """All rows. Raises RuleViolation with errors under `file`: too large, not a table, hostile."""
    if not raw.strip():
        raise bad_file(_("Tệp trống."))
    if len(raw) > MOST_BYTES:
        raise bad_file(_("Tệp lớn quá 5 MB. Hãy chia thành nhiều tệp, mỗi tệp một khoảng ngày."))
    if raw.startswith(OLE):
        raise bad_file(
            _("Tệp .xls cũ hoặc có mật khẩu thì không đọc được. Hãy lưu lại thành .xlsx hoặc .csv.")
        )
    if raw.startswith(_OTHERS):
        raise bad_file(_("Đây không phải tệp CSV hoặc XLSX. Hãy tải sao kê dạng bảng từ ngân hàng."))
    if raw.lstrip()[:1] == b"<":
        raise bad_file(_("Tệp này là trang web đổi tên. Hãy mở ra rồi lưu lại thành .xlsx hoặc .csv."))
    return read_sheet(raw) if raw.startswith(ZIP) else read_text(raw)
