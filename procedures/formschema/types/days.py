"""Days as people type them: 15/8/1990, 1/2/90, 15-8-90, 15081990, "15 tháng 8 năm 1990", 1990-08-15."""

import calendar
import re
from datetime import date

from django.utils.translation import gettext as _

from procedures.formschema.types.base import Refused, quote

FIRST_YEAR, LAST_YEAR = 1850, 2150
CENTURY = 100
FULL_YEAR = 4
MONTHS = 12
LONGEST_MONTH = 31
WORDS = re.compile(r"\b(?:ngày|ngay|tháng|thang|năm|nam)\b", re.IGNORECASE)
ISO_FULL = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


def parse_day(text: str, on: date, *, ahead: bool = False) -> str:
    """ISO day. Raises Refused. `ahead`: a two-digit year may lie in the future."""
    numbers = _split(text)
    if len(numbers) == 1 and len(numbers[0]) in (6, 8):
        numbers = [numbers[0][:2], numbers[0][2:4], numbers[0][4:]]
    if len(numbers) != 3:  # noqa: PLR2004  day, month, year
        raise Refused(
            _("Ghi đủ ngày, tháng, năm, ví dụ 15/8/1990. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
        )
    return _build(numbers[0], numbers[1], numbers[2], on, ahead)


def parse_partial_day(text: str, on: date) -> str:
    """ISO day, month ("1990-05") or year ("1990")."""
    month = ISO_MONTH.fullmatch(text)
    numbers = [month.group(2), month.group(1)] if month else _split(text)
    if len(numbers) == 1 and len(numbers[0]) == 6 and _is_month_year(numbers[0]):  # noqa: PLR2004  mmyyyy
        numbers = [numbers[0][:2], numbers[0][2:]]
    if len(numbers) == 1 and len(numbers[0]) <= FULL_YEAR:
        return f"{_year(numbers[0], on, full=True):04d}"
    if len(numbers) == 2:  # noqa: PLR2004  month, year
        year = _year(numbers[1], on, full=True)
        return f"{year:04d}-{_month(numbers[0]):02d}"
    return parse_day(text, on)


def show_day(iso: str) -> str:
    """ "1990-08-15" -> "15/08/1990", "1990-08" -> "08/1990"."""
    return "/".join(reversed(iso.split("-")))


def _split(text: str) -> list[str]:
    iso = ISO_FULL.fullmatch(text)
    if iso:
        return [iso.group(3), iso.group(2), iso.group(1)]
    plain = WORDS.sub(" ", text).replace("–", "-")
    if not re.fullmatch(r"[\d\s/.,\-]+", plain) or not plain.isascii():
        raise Refused(
            _("Chưa đọc được “%(text)s”. Ghi ngày, tháng, năm như 15/8/1990.") % {"text": quote(text)}
        )
    return re.findall(r"\d+", plain)


def _is_month_year(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= MONTHS and FIRST_YEAR <= int(digits[2:]) <= LAST_YEAR


def _build(day_text: str, month_text: str, year_text: str, on: date, ahead: bool) -> str:
    if len(day_text) > 2 or len(month_text) > 2:  # noqa: PLR2004  two digits each
        raise Refused(_("Ghi ngày trước, rồi tháng, rồi năm, ví dụ 15/8/1990."))
    if int(month_text) > MONTHS >= int(day_text) >= 1:
        raise Refused(_wrong_month(month_text) + " " + _("Ghi ngày trước, tháng sau."))
    month, year = _month(month_text), _year(year_text, on, ahead=ahead)
    day, last = int(day_text), calendar.monthrange(year, month)[1]
    if not 1 <= day <= LONGEST_MONTH:
        raise Refused(_("Ngày phải từ 1 đến 31. Bạn đã gõ ngày %(day)d.") % {"day": day})
    if day > last:
        raise Refused(
            _("Tháng %(month)d năm %(year)d chỉ có %(last)d ngày. Bạn đã gõ ngày %(day)d.")
            % {"month": month, "year": year, "last": last, "day": day}
        )
    return f"{year:04d}-{month:02d}-{day:02d}"


def _month(text: str) -> int:
    if not 1 <= int(text) <= MONTHS:
        raise Refused(_wrong_month(text))
    return int(text)


def _wrong_month(text: str) -> str:
    return _("Tháng phải từ 1 đến 12. Bạn đã gõ tháng %(month)s.") % {"month": int(text)}


def _year(text: str, on: date, *, full: bool = False, ahead: bool = False) -> int:
    """Two digits mean the last such year that has come; `ahead`, the one of this century."""
    year = int(text)
    if len(text) == 2 and not full:  # noqa: PLR2004  90 for 1990
        year += on.year // CENTURY * CENTURY
        return year if ahead or year <= on.year else year - CENTURY
    if len(text) != FULL_YEAR:
        raise Refused(
            _("Ghi đủ 4 chữ số của năm, ví dụ 1990. Bạn đã gõ năm %(year)s.") % {"year": quote(text)}
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            _("Năm phải từ %(first)d đến %(last)d. Bạn đã gõ năm %(year)d.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR, "year": year}
        )
    return year
