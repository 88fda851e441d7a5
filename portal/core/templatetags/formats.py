"""How dates, money, sizes and numbers read on a page, in Vietnamese order."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.translation import gettext, gettext_lazy

from portal.core.clock import to_local
from portal.core.money import format_vnd

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
    """A promised day, with its weekday: "thứ Tư, 02/12/2026"."""
    if not value:
        return ""
    day = _local_day(value)
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


@register.filter
def vn_day(value: date | None) -> str:
    """A day without its weekday: "02/12/2026"."""
    return f"{_local_day(value):%d/%m/%Y}" if value else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """A moment that was: "09:58, 02/12/2026", Vietnamese time."""
    return f"{to_local(value):%H:%M, %d/%m/%Y}" if value else ""


@register.filter
def vn_deadline(value: datetime | None) -> str:
    """A moment that is promised: "17:00, thứ Tư, 02/12/2026", Vietnamese time."""
    return f"{to_local(value):%H:%M}, {vn_date(value)}" if value else ""


@register.filter
def vnd(amount: int | None) -> str:
    """An amount in đồng: "10.000 đ"; None is an amount nobody has set yet."""
    return format_vnd(amount)


@register.filter
def number(value: int | None) -> str:
    """A count with dots between thousands: "420.475"."""
    return "" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def percent(value: float | Decimal | None) -> str:
    """A share given in percent, one decimal place: "98,2 %"."""
    return "" if value is None else f"{value:.1f}".replace(".", ",") + NO_BREAK + "%"


@register.filter
def filesize(size: int | None) -> str:
    """Bytes as people read them on a phone: "640 KB", "1,8 MB"."""
    if size is None:
        return ""
    if size < KILOBYTE:
        return gettext("dưới 1 KB")
    if size < KILOBYTE**2:
        return f"{size // KILOBYTE}{NO_BREAK}KB"
    return f"{size / KILOBYTE**2:.1f}".replace(".0", "").replace(".", ",") + f"{NO_BREAK}MB"


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
