"""Values of a document in everyday words. Drafts may hold anything, so nothing here fails on odd values."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext as _

from portal.core.money import format_vnd, group_thousands
from portal.core.templatetags.formats import vn_day
from procedures.choices import Channel, LimitUnit
from procedures.comparing.parts import Words
from procedures.comparing.speaking import Names, objects, vietnamese
from procedures.reliefs import WHOLE


def plain(value: object, _names: Names) -> str:
    """Any value: texts as they are, lists with commas, parts of an unknown shape as they are written."""
    if value is None:
        return _("không ghi")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, str):
        return value or _("để trống")
    if isinstance(value, int):
        return group_thousands(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or _("để trống")
    return vietnamese(value) or written(value)


def written(value: object) -> str:
    """As it is written, for what no words tell apart."""
    if value in ([], {}):
        return _("không có mục nào")
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def one_of(choices: type[Choices]) -> Words:
    """A value of a closed list, by its label."""
    labels = {value: str(label) for value, label in zip(choices.values, choices.labels, strict=True)}
    return lambda value, names: labels.get(value, "") if _hashable(value) else plain(value, names)


def named(labels: Mapping[str, Any]) -> Words:
    """A value by the name a table gives it."""
    return lambda value, names: (
        str(labels[value]) if isinstance(value, str) and value in labels else plain(value, names)
    )


def each(words: Words) -> Words:
    """A list, each value in its words."""

    def say(value: object, names: Names) -> str:
        if not isinstance(value, list):
            return plain(value, names)
        return ", ".join(words(item, names) or plain(item, names) for item in value) or _("để trống")

    return say


def either(yes: str, no: str, *, default: bool = False) -> Words:
    """A yes-or-no that has words of its own; what is not written counts as the default."""

    def say(value: object, names: Names) -> str:
        if value is None:
            value = default
        return (yes if value else no) if isinstance(value, bool) else plain(value, names)

    return say


def by_names(call: Callable[[Names, object], str]) -> Words:
    """A key, by the label that the document gives it."""
    return lambda value, names: (
        call(names, value) if isinstance(value, str) and value else plain(value, names)
    )


def day(value: object, names: Names) -> str:
    try:
        return vn_day(date.fromisoformat(value)) if isinstance(value, str) else plain(value, names)
    except ValueError:
        return plain(value, names)


def money(value: object, names: Names) -> str:
    is_amount = isinstance(value, int) and not isinstance(value, bool)
    return format_vnd(value) if is_amount else plain(value, names)  # type: ignore[arg-type]


def relief_size(item: Mapping[str, Any], names: Names) -> str:
    """ "được miễn", "giảm 50%" or "giảm 20.000 đ"; odd values as they are."""
    percent, amount = item.get("percent"), item.get("amount")
    if percent == WHOLE and amount is None:
        return _("được miễn")
    parts = [_("giảm %(size)s%%") % {"size": plain(percent, names)}] if percent is not None else []
    parts += [_("giảm %(amount)s") % {"amount": money(amount, names)}] if amount is not None else []
    return ", ".join(parts) or _("chưa ghi mức giảm")


def hours(value: object, names: Names) -> str:
    if not isinstance(value, int):
        return plain(value, names)
    return _("%(hours)s giờ làm việc") % {"hours": plain(value, names)}


def place(item: Mapping[str, Any], names: Names) -> str:
    """For which case and channel something holds: "Tại quầy, Người thân đăng ký"."""
    parts = [names.case(item["case"])] if item.get("case") else []
    channel = item.get("channel")
    parts += [str(Channel(channel).label) if channel in Channel.values else str(channel)] if channel else []
    return ", ".join(parts) or _("Mọi trường hợp, mọi cách nộp")


def limit_amount(item: Mapping[str, Any], names: Names) -> str:
    """ "3 ngày làm việc"."""
    value, unit = item.get("value"), item.get("unit")
    if unit == LimitUnit.SAME_DAY and value == 1:
        return str(LimitUnit.SAME_DAY.label).capitalize()
    label = LimitUnit(unit).label if unit in LimitUnit.values else plain(unit, names)
    return f"{plain(value, names)} {label}"


def fee_amount(item: Mapping[str, Any], names: Names) -> str:
    """How much: an amount, a price for each piece, or prices in bands."""
    unit, bands = item.get("unit"), objects(item.get("bands"))
    if isinstance(unit, Mapping):
        text = _("%(price)s một %(name)s") % {
            "price": money(unit.get("price"), names),
            "name": _counted(unit, names),
        }
    elif bands:
        per = item.get("per") if isinstance(item.get("per"), Mapping) else {}
        text = "; ".join(_band(band, names) for band in bands)
        text = _("mỗi %(name)s: %(bands)s") % {"name": _counted(per, names), "bands": text}
    elif item.get("amount") is None:
        text = _("mức thu do HĐND tỉnh quy định")
    else:
        text = money(item.get("amount"), names)
    if item.get("cap") is not None:
        text = _("%(text)s, nhiều nhất %(cap)s") % {"text": text, "cap": money(item["cap"], names)}
    return text


def _counted(unit: Any, names: Names) -> str:
    name = vietnamese(unit.get("name")) or _("đơn vị")
    keys = [names.field(unit[part]) for part in ("group", "field", "times") if unit.get(part)]
    return _("%(name)s (đếm theo %(fields)s)") % {"name": name, "fields": ", ".join(keys)} if keys else name


def _band(band: Mapping[str, Any], names: Names) -> str:
    price = money(band.get("price"), names)
    if band.get("up_to") is None:
        return _("còn lại %(price)s") % {"price": price}
    return _("đến %(most)s: %(price)s") % {"most": plain(band["up_to"], names), "price": price}


def _hashable(value: object) -> bool:
    return isinstance(value, str | int | bool) or value is None
