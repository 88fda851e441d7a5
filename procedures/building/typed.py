"""What was typed into the builder, read part by part; refusals name the control they belong to."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import refuse
from procedures.formschema.types.base import Refused, read_line, read_text

Typed = Mapping[str, Any]
"""By name of control: a text, or a list of texts where several may be picked."""
LABEL_LENGTH = 300
HINT_LENGTH = 2000


def one(typed: Typed, name: str) -> str:
    """The text of a control, on one line; "" for nothing. Raises RuleViolation for what is no text."""
    try:
        return read_line(typed.get(name))
    except Refused as refused:
        raise refuse(refused.message, name) from refused


def lines(typed: Typed, name: str) -> list[str]:
    """The lines of a text box that say something."""
    try:
        text = read_text(typed.get(name))
    except Refused as refused:
        raise refuse(refused.message, name) from refused
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def many(typed: Typed, name: str) -> list[str]:
    """The values picked; nothing twice."""
    found = typed.get(name)
    values = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(value for value in values if isinstance(value, str) and value))


def whole_number(typed: Typed, name: str, *, least: int, most: int) -> int | None:
    """None for nothing typed; thousands may be grouped."""
    text = one(typed, name).replace(".", "").replace(" ", "")
    if not text:
        return None
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):  # noqa: PLR2004  what JSON numbers hold
        raise refuse(_("Ghi bằng chữ số, ví dụ 12."), name)
    number = int(text)
    if not least <= number <= most:
        raise refuse(_("Số này phải từ %(least)d đến %(most)d.") % {"least": least, "most": most}, name)
    return number


def text_pair(
    typed: Typed, name: str, *, ask: str = "", most: int = LABEL_LENGTH, long: bool = False
) -> dict[str, str] | None:
    """A text in Vietnamese and, from the control `<name>_en`, English. `ask`: what to say when it is needed."""
    read = _long if long else one
    vi, en = read(typed, name), read(typed, f"{name}_en")
    if not vi and (ask or en):
        raise refuse(ask or _("Hãy ghi tiếng Việt trước."), name)
    for part, text in ((name, vi), (f"{name}_en", en)):
        if len(text) > most:
            raise refuse(_("Phần này dài quá %(most)d chữ cái, hãy viết gọn lại.") % {"most": most}, part)
    if not vi:
        return None
    return {"vi": vi, "en": en} if en else {"vi": vi}


def _long(typed: Typed, name: str) -> str:
    try:
        return read_text(typed.get(name))
    except Refused as refused:
        raise refuse(refused.message, name) from refused
