"""How dates, money, sizes and numbers read on a page: in Vietnamese order, in English for who reads English."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy

from portal.core.clock import to_local
from portal.core.money import format_vnd, group_thousands
from portal.core.reading import reads_english

register = template.Library()

NO_BREAK = "\u00a0"
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
KILOBYTE = 1024
ID_GROUP = 3
NATIONAL_ID_LENGTH = 12


def _local_day(value: date) -> date:
    return to_local(value).date() if isinstance(value, datetime) else value


@register.filter
def vn_date(value: date | None) -> str:
    """A promised day, with its weekday: "thứ Tư, 02/12/2026", "Wednesday 2 December 2026"."""
    if not value:
        return ""
    weekday = WEEKDAYS[_local_day(value).weekday()]
    return f"{weekday}{' ' if reads_english() else ', '}{vn_day(value)}"


@register.filter
def vn_day(value: date | None) -> str:
    """A day without its weekday: "02/12/2026", "2 December 2026" (readers of English disagree on 02/12)."""
    if not value:
        return ""
    day = _local_day(value)
    return format_date(day, "j F Y") if reads_english() else f"{day:%d/%m/%Y}"


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """A moment that was: "09:58, 02/12/2026", Vietnamese time."""
    return f"{to_local(value):%H:%M}, {vn_day(value)}" if value else ""


@register.filter
def vn_deadline(value: datetime | None) -> str:
    """A moment that is promised: "17:00, thứ Tư, 02/12/2026", Vietnamese time."""
    return f"{to_local(value):%H:%M}, {vn_date(value)}" if value else ""


@register.filter
def vnd(amount: int | None) -> str:
    """An amount in đồng: "10.000 đ", "10,000 VND"; None is an amount nobody has set yet."""
    return format_vnd(amount)


@register.filter
def number(value: int | None) -> str:
    """A count with its thousands apart: "420.475", "420,475"."""
    return "" if value is None else group_thousands(value)


@register.filter
def percent(value: float | Decimal | None) -> str:
    """A share given in percent, one decimal place: "98,2 %", "98.2%"."""
    if value is None:
        return ""
    return f"{value:.1f}%" if reads_english() else _with_comma(f"{value:.1f}") + NO_BREAK + "%"


@register.filter
def filesize(size: int | None) -> str:
    """Bytes as people read them on a phone: "640 KB", "1,8 MB"."""
    if size is None:
        return ""
    if size < KILOBYTE:
        return gettext("dưới 1 KB")
    if size < KILOBYTE**2:
        return f"{size // KILOBYTE}{NO_BREAK}KB"
    megabytes = f"{size / KILOBYTE**2:.1f}".removesuffix(".0")
    return (megabytes if reads_english() else _with_comma(megabytes)) + f"{NO_BREAK}MB"


def _with_comma(number: str) -> str:
    return number.replace(".", ",")


@register.filter
def id_in_threes(value: str | None) -> str:
    """A 12-digit citizen number in threes, "037 190 001 234"; other papers' numbers stay as they are."""
    text = value or ""
    if len(text) != NATIONAL_ID_LENGTH or not text.isdigit():
        return text
    return NO_BREAK.join(text[start : start + ID_GROUP] for start in range(0, len(text), ID_GROUP))


@register.filter
def phone(value: str | None) -> str:
    """A Vietnamese telephone number as it is said, "0912 345 678"; a foreign one stays as it is."""
    text = value or ""
    if text.startswith("+84"):
        text = "0" + text[3:].strip()
    if not (text.isdigit() and text.startswith("0") and len(text) in (10, 11)):
        return value or ""
    return NO_BREAK.join((text[:4], text[4:7], text[7:]))
