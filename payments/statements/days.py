"""Days as banks write them: day, month and year in three orders, names of months, serials of spreadsheets."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from payments.statements.amounts import Unreadable
from portal.core.text import fold

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
"""The days 01/01/2000 and 31/12/2099 as spreadsheets count them."""
_CENTURY, _TWO_DIGITS = 2000, 100
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_TIME = re.compile(
    r"[t\s,]*(?<!\d)\d{1,2}[:h]\d{2}(?:[:m]\d{2}(?:\.\d+)?)?(?:\s*(?:am|pm|sa|ch))?(?:z|[+-]\d{2}:?\d{2})?"
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_NAMED = re.compile(r"(\d{1,2})[\s\-/.]*([a-z]{3})[a-z]*[\s\-/.,]*(\d{2}|\d{4})")
_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_PARTS = re.compile(r"(\d{1,4})[/\-. ]+(\d{1,2})[/\-. ]+(\d{1,4})")
_TIGHT = 8


class Order(StrEnum):
    """In which order a file writes the parts of a day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def read_day(text: str, order: Order = Order.DAY_FIRST) -> date:
    """`01/12/2026 10:22`, `1-12-26`, `2026-12-01`, `20261201`, `01 Dec 2026`, `46357`. Raises Unreadable.

    A year written first is never mistaken, whatever the order.
    """
    plain = fold(text).strip()
    if not plain:
        raise Unreadable(_("Thiếu ngày."))
    bare = _TIME.sub(" ", plain).strip(" ,;")
    try:
        return _read(bare, order)
    except (ValueError, OverflowError) as error:
        raise Unreadable(_("Ngày không đọc được.")) from error


def guess_order(texts: Iterable[str]) -> Order:
    """Month first only where some day cannot be read the Vietnamese way and all can be read the other."""
    cells = [text for text in texts if text.strip()]
    if all(_can_read(text, Order.DAY_FIRST) for text in cells):
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if all(_can_read(text, Order.MONTH_FIRST) for text in cells) else Order.DAY_FIRST


def _can_read(text: str, order: Order) -> bool:
    try:
        read_day(text, order)
    except Unreadable:
        return False
    return True


def _read(text: str, order: Order) -> date:
    if found := _SERIAL.fullmatch(text):
        return _from_serial(int(found.group(1)))
    if text.isdigit() and len(text) == _TIGHT:
        return _from_tight(text)
    if found := _WORDS.fullmatch(text):
        return _day(found.group(3), found.group(2), found.group(1))
    if found := _NAMED.fullmatch(text):
        month = _MONTHS.get(found.group(2))
        if month:
            return _day(found.group(3), month, found.group(1))
    found = _PARTS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return _from_parts(found.groups(), order)


def _from_parts(parts: tuple[str, ...], order: Order) -> date:
    first, second, third = parts
    if len(first) > 2:  # noqa: PLR2004 - a year
        return _day(first, second, third)
    day, month = (second, first) if order is Order.MONTH_FIRST else (first, second)
    return _day(third, month, day)


def _from_serial(serial: int) -> date:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise ValueError(serial)
    return _EPOCH + timedelta(days=serial)


def _from_tight(text: str) -> date:
    if text.startswith("20"):
        try:
            return _day(text[:4], text[4:6], text[6:])
        except ValueError:
            pass
    return _day(text[4:], text[2:4], text[:2])


def _day(year: int | str, month: int | str, day: int | str) -> date:
    number = int(year)
    return date(number + _CENTURY if number < _TWO_DIGITS else number, int(month), int(day))
