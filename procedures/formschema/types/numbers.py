"""Whole numbers, decimals and amounts of money, typed the Vietnamese way: 1.234.567 and 75,5."""

import math
import re
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from portal.core.money import format_vnd
from procedures.formschema.definition import Field
from procedures.formschema.types.base import BaseType, Input, Refused, Shown, quote, read_line

MAX_DIGITS = 15
LARGEST = 10**MAX_DIGITS - 1
GROUPED = re.compile(r"\d{1,3}([ .,])\d{3}(\1\d{3})*")
DECIMAL = re.compile(r"(\d+)(?:[.,](\d+))?")
GROUPED_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)|(\d{1,3}(?:,\d{3})+)\.(\d+)")
UNITS = {"nghìn": 3, "ngàn": 3, "k": 3, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9}
MONEY = re.compile(r"(.*?)\s*(nghìn|ngàn|k|triệu|tr|tỷ|tỉ)?\s*(đồng|đ|vnđ|vnd)?\.?", re.IGNORECASE)


class IntegerType(BaseType):
    """A whole number."""

    name, title = "integer", "Số nguyên"
    settings = frozenset({"min", "max"})
    example: ClassVar[str] = "12"

    def clean(self, raw: object, field: Field, on: date) -> Json:
        number = raw if isinstance(raw, int) and not isinstance(raw, bool) else None
        if isinstance(raw, float) and raw.is_integer():
            number = int(raw)
        if number is None:
            text = read_line(str(raw) if isinstance(raw, float) else raw)
            if not text:
                return None
            number = self.read(text)
        return int(_within(number, field))

    def read(self, text: str) -> int:
        sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
        if GROUPED.fullmatch(digits):
            digits = re.sub(r"\D", "", digits)
        if not (digits.isascii() and digits.isdigit()):
            raise Refused(
                _("Ghi bằng chữ số, ví dụ %(example)s. Bạn đã gõ “%(text)s”.")
                % {"example": self.example, "text": quote(text)}
            )
        return sign * _short(digits)

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "integer", **_bounds(field)}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": _grouped(value) if _is_number(value) else str(value or "")}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="numeric", width="w-s"),)


class MoneyType(IntegerType):
    """An amount in whole đồng; "5 triệu" and "1,5 tỷ" are understood."""

    name, title = "money", "Số tiền"
    example = "1.234.567"

    def read(self, text: str) -> int:
        match = MONEY.fullmatch(text)
        number, unit = (match.group(1), match.group(2)) if match else (text, None)
        if not unit:
            return super().read(number)
        parts = DECIMAL.fullmatch(number)
        zeros = UNITS[unit.lower()]
        if not parts or len(parts.group(2) or "") > zeros:
            raise Refused(
                _("Ghi số tiền như 1.234.567 hoặc 5 triệu. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
            )
        return _short(parts.group(1) + (parts.group(2) or "").ljust(zeros, "0"))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "integer", **_bounds(field)}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="numeric", width="w-m"),)

    def display(self, value: Any, field: Field) -> str:
        return format_vnd(value) if _is_number(value) else str(value or "")


class DecimalType(BaseType):
    """A number with decimals, kept as a JSON number."""

    name, title = "decimal", "Số thập phân"
    settings = frozenset({"min", "max", "decimals"})

    def clean(self, raw: object, field: Field, on: date) -> Json:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            if abs(raw) >= 10**MAX_DIGITS:
                raise Refused(_too_long())
            if math.isnan(raw):
                raise Refused(_("Số này không dùng được."))
            number: float = raw
        else:
            text = read_line(raw)
            if not text:
                return None
            number = _read_decimal(text, field)
        number = _within(round(number, field.decimals), field)
        return int(number) if float(number).is_integer() else number

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "number", **_bounds(field)}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": _grouped(value) if _is_number(value) else str(value or "")}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="decimal", width="w-s"),)


def _read_decimal(text: str, field: Field) -> float:
    """A comma is the decimal mark; a dot before three digits groups thousands, as Vietnamese writing does."""
    grouped = GROUPED_DECIMAL.fullmatch(text)
    whole, rest = text, ""
    if grouped:
        whole, rest = (
            re.sub(r"\D", "", grouped.group(1) or grouped.group(3)),
            grouped.group(2) or grouped.group(4),
        )
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        whole = text.replace(".", "")
    else:
        parts = DECIMAL.fullmatch(text)
        if not parts:
            raise Refused(_("Ghi bằng chữ số, ví dụ 75,5. Bạn đã gõ “%(text)s”.") % {"text": quote(text)})
        whole, rest = parts.group(1), parts.group(2) or ""
    if len(rest) > field.decimals:
        raise Refused(_("Ghi tối đa %(most)d chữ số sau dấu phẩy.") % {"most": field.decimals})
    _short(whole)
    return float(f"{whole}.{rest or 0}")


def _short(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Refused(_too_long())
    return int(digits)


def _too_long() -> str:
    return _("Số này dài quá %(most)d chữ số. Xem lại giúp.") % {"most": MAX_DIGITS}


def _within(number: Any, field: Field) -> Any:
    least = field.min if isinstance(field.min, int) else 0
    most = field.max if isinstance(field.max, int) else LARGEST
    if least <= number <= most:
        return number
    typed = _grouped(number) if abs(number) < 10**MAX_DIGITS else "…"
    if isinstance(field.max, int):
        raise Refused(
            _("%(label)s phải từ %(least)s đến %(most)s. Bạn đã gõ %(typed)s.")
            % {"label": field.label, "least": _grouped(least), "most": _grouped(most), "typed": typed}
        )
    if number > most:
        raise Refused(_too_long())
    raise Refused(
        _("%(label)s phải từ %(least)s trở lên. Bạn đã gõ %(typed)s.")
        % {"label": field.label, "least": _grouped(least), "typed": typed}
    )


def _bounds(field: Field) -> JsonObject:
    least = field.min if isinstance(field.min, int) else 0
    return {"minimum": least, "maximum": field.max if isinstance(field.max, int) else LARGEST}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _grouped(number: float) -> str:
    """1234567.5 -> "1.234.567,5"."""
    return f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
