"""Amounts as banks write them, Vietnamese and English, read as whole đồng."""

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.core.text import fold

MOST = 10**13
_GROUP = 3
_CURRENCY = re.compile(r"(?:vnđ|vnd|đồng|dong|₫|đ)\Z")
_SIDES = {"cr": 1, "co": 1, "c": 1, "credit": 1, "+": 1, "dr": -1, "no": -1, "d": -1, "debit": -1, "-": -1}
_SIDE = re.compile(r"(?<![a-z])(credit|debit|cr|dr|có|co|nợ|no|c)\Z")
"""A single D is no word here: it may be debit, and it may be đồng."""
_SHAPE = re.compile(r"[0-9][0-9.,]*")
_SPACED = re.compile(r"(?<=[0-9])[\s'’](?=[0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[\s'’][0-9]{3})+(?:[.,][0-9]+)?")
_EXPONENT = re.compile(r"[0-9.,]+e[+-]?[0-9]+")


class Unreadable(ValueError):  # noqa: N818 - the name says what happened
    """A cell that cannot be read. `str()` is the reason, a whole sentence without what stood in the cell."""


def read_amount(text: str) -> int:
    """`1.234.567`, `1,234,567.00`, `-15.000 đ`, `(15,000)`, `20000 CR` as đồng; 0 for an empty cell or a dash.

    One separator before exactly three digits parts thousands. Raises Unreadable, also for a part of a đồng.
    """
    rest, sign = _take_sign(_normalise(text))
    if rest in ("", "-"):
        return 0
    if _SPACED.search(rest):
        if not _GROUPED.fullmatch(rest):
            raise Unreadable(_("Số tiền không đọc được."))
        rest = _SPACED.sub("", rest)
    if _EXPONENT.fullmatch(rest):
        raise Unreadable(_("Bảng tính đã rút gọn số tiền. Hãy lấy lại tệp gốc của ngân hàng."))
    if not _SHAPE.fullmatch(rest):
        raise Unreadable(_("Số tiền không đọc được."))
    value = sign * _read_digits(rest)
    if abs(value) >= MOST:
        raise Unreadable(_("Số tiền lớn quá, có lẽ đây là cột khác."))
    return value


def read_side(text: str) -> int:
    """Which way money went, from a cell like Có, C, CR, Nợ, D, DR, +, -: 1 in, -1 out. Raises Unreadable."""
    word = fold(_normalise(text)).strip(" .")
    side = next((_SIDES[part] for part in re.split(r"[\s/()]+", word) if part in _SIDES), None)
    if side is None:
        raise Unreadable(_("Không rõ tiền vào hay tiền ra."))
    return side


def _normalise(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in plain).strip()


def _take_sign(text: str) -> tuple[str, int]:
    """The digits alone, and the sign that stood before, behind or around them."""
    sign, rest = 1, text
    if rest.startswith("(") and rest.endswith(")"):
        sign, rest = -1, rest[1:-1]
    rest = rest.strip()
    side = _SIDE.search(rest)
    if side and any(c.isdigit() for c in rest[: side.start()]):
        sign, rest = sign * _SIDES[fold(side.group(1))], rest[: side.start()].strip()
    rest = _CURRENCY.sub("", rest).strip().removeprefix("vnd").removeprefix("vnđ").strip()
    for mark, factor in (("+", 1), ("-", -1)):
        if rest.startswith(mark) and len(rest) > 1:
            return rest[1:].strip(), sign * factor
        if rest.endswith(mark) and len(rest) > 1:
            return rest[:-1].strip(), sign * factor
    return rest, sign


def _read_digits(text: str) -> int:
    marks = [c for c in text if c in ".,"]
    if not marks:
        return int(text)
    decimal = _find_decimal(text, marks)
    whole, fraction = text, ""
    if decimal:
        whole, _mark, fraction = text.rpartition(decimal)
    if fraction.strip("0"):
        raise Unreadable(_("Số tiền có phần lẻ dưới một đồng."))
    return int(_join_groups(whole))


def _find_decimal(text: str, marks: list[str]) -> str:
    """The mark that parts đồng from its fraction; "" where all marks part thousands."""
    last = marks[-1]
    if len(set(marks)) > 1:
        if marks.count(last) > 1:
            raise Unreadable(_("Dấu chấm và dấu phẩy trong số tiền lẫn lộn."))
        return last
    if len(marks) > 1:
        return ""
    whole, _mark, rest = text.partition(last)
    return "" if len(rest) == _GROUP and 1 <= len(whole) <= _GROUP and whole != "0" else last


def _join_groups(text: str) -> str:
    first, *groups = re.split(r"[.,]", text)
    if not first or (groups and len(first) > _GROUP) or any(len(group) != _GROUP for group in groups):
        raise Unreadable(_("Dấu chấm, dấu phẩy trong số tiền đặt sai chỗ."))
    return first + "".join(groups)
