"""Days, days of which only a part is known, and times of day."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field
from procedures.formschema.types.base import BaseType, Input, Refused, Shown, ask, own_token, quote
from procedures.formschema.types.days import parse_day, parse_partial_day, show_day

SHAPE = r"\d{4}(-\d\d(-\d\d)?)?"
YEAR, MONTH, DAY = (
    "(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|21[0-4][0-9]|2150)",
    "(0[1-9]|1[0-2])",
    "(0[1-9]|[12][0-9]|3[01])",
)
FULL = f"^{YEAR}-{MONTH}-{DAY}$"
PARTIAL = f"^{YEAR}(-{MONTH}(-{DAY})?)?$"
TIME = re.compile(r"(\d{1,2})(?:\s*(?:[:hg.]|giờ)\s*(\d{1,2})?\s*(?:phút|p)?)?|(\d{2})(\d{2})", re.IGNORECASE)
LAST_HOUR, LAST_MINUTE = 23, 59


class DateType(BaseType):
    """A full day, kept as ISO text; typed in one box."""

    name, title = "date", "Ngày"
    prefill = frozenset({"person.birth_date"})
    settings = frozenset({"min", "max"})

    def parse(self, text: str, field: Field, on: date) -> Json:
        return _within(parse_day(text, on, ahead=field.min == "today"), field, on)

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Nhập %(lead)s, ví dụ 15/8/1990.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "format": "date", "pattern": FULL}

    def show(self, value: Any, field: Field) -> Shown:
        text = str(value or "")
        return {"": show_day(text) if re.fullmatch(SHAPE, text) else text}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        hint = _("Ví dụ: 15/8/1990")
        return (Input(inputmode="numeric", autocomplete=own_token(field, "bday"), width="w-m", hint=hint),)


class PartialDateType(DateType):
    """A day, or only its month and year, or only its year."""

    name, title = "partial_date", "Ngày, có thể chỉ biết năm"

    def parse(self, text: str, field: Field, on: date) -> Json:
        return _within(parse_partial_day(text, on), field, on)

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Nhập %(lead)s, ví dụ 15/8/1990, 8/1990 hoặc 1990.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "pattern": PARTIAL}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        hint = _("Ví dụ: 15/8/1990. Không nhớ ngày thì ghi 8/1990 hoặc 1990.")
        return (Input(inputmode="numeric", autocomplete=own_token(field, "bday"), width="w-m", hint=hint),)


class TimeType(BaseType):
    """A time of day, "HH:MM"."""

    name, title = "time", "Giờ"

    def parse(self, text: str, field: Field, on: date) -> Json:
        match = TIME.fullmatch(text)
        if not match:
            raise Refused(
                _("Ghi giờ và phút như 7:30 hoặc 19 giờ 5. Bạn đã gõ “%(text)s”.") % {"text": quote(text)}
            )
        hour, minute = int(match.group(1) or match.group(3)), int(match.group(2) or match.group(4) or 0)
        if hour > LAST_HOUR:
            raise Refused(_("Giờ phải từ 0 đến 23. Bạn đã gõ %(hour)d giờ.") % {"hour": hour})
        if minute > LAST_MINUTE:
            raise Refused(_("Phút phải từ 0 đến 59. Bạn đã gõ %(minute)d phút.") % {"minute": minute})
        return f"{hour:02d}:{minute:02d}"

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(inputmode="numeric", width="w-s", hint=_("Ví dụ: 7:30 hoặc 19:05")),)


def _within(day: str, field: Field, on: date) -> str:
    """A part of a day is refused only when none of the days it may mean is allowed."""
    least, most = _bound(field.min, on), _bound(field.max, on)
    if most and day > most[: len(day)]:
        if field.max == "today":
            raise Refused(
                _("Ngày %(day)s chưa đến. Hôm nay là %(today)s.")
                % {"day": show_day(day), "today": show_day(most)}
            )
        raise Refused(_("Ngày phải từ %(most)s trở về trước.") % {"most": show_day(most)})
    if least and day < least[: len(day)]:
        if field.min == "today":
            raise Refused(
                _("Ngày %(day)s đã qua. Hôm nay là %(today)s.")
                % {"day": show_day(day), "today": show_day(least)}
            )
        raise Refused(_("Ngày phải từ %(least)s trở về sau.") % {"least": show_day(least)})
    return day


def _bound(value: int | str | None, on: date) -> str:
    if value == "today":
        return on.isoformat()
    return value if isinstance(value, str) else ""
