"""How one fee rule is counted, as fields: one amount, a price for each, or prices in bands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.choices import FeeKind, FeeMode
from procedures.editing.fields import Choices, Posted, Spec, read_number, show, write
from procedures.editing.places import MISSING, put_at

FLAT, UNIT, BANDS = "flat", "unit", "bands"
WAYS: Choices = (
    (FLAT, _("Một mức cho mỗi hồ sơ")),
    (UNIT, _("Đơn giá nhân với số lượng")),
    (BANDS, _("Theo bậc số lượng")),
)
HEAD_SPECS = (
    Spec("label", _("Tên khoản thu")),
    Spec("kind", _("Loại"), "one", choices=FeeKind.choices, width="m"),
    Spec("mode", _("Thu lúc nào"), "one", width="l", choices=(
        (FeeMode.BEFORE.value, FeeMode.BEFORE.label), (FeeMode.AFTER.value, FeeMode.AFTER.label),
    )),
    Spec("basis", _("Căn cứ"), "long", optional=True,
         hint=_("Văn bản quy định mức thu. Ai được miễn, giảm thì ghi ở dưới.")),
    Spec("refund_on_withdraw", _("Trả lại tiền khi người dân rút hồ sơ"), "flag"),
    Spec("illustrative", _("Mức thu chỉ để minh họa"), "flag",
         hint=_("Dùng khi HĐND tỉnh chưa quy định mức chính thức.")),
)  # fmt: skip
OWN_SPECS = (HEAD_SPECS[0], HEAD_SPECS[3])
"""What an exception may say otherwise than the general rule."""
UNTIL = Spec("until", _("Chỉ áp dụng đến hết ngày"), "day", width="s", hint=_("Ví dụ 31/12/2026."))
CAP = Spec("cap", _("Thu nhiều nhất"), "money", optional=True, width="s")
EMPTY_BANDS = 2


def way_of(rule: Mapping[str, Any]) -> str:
    if isinstance(rule.get("unit"), dict):
        return UNIT
    return BANDS if rule.get("bands") else FLAT


def counted_of(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What the rule counts by, or nothing."""
    part = rule.get("unit" if way_of(rule) == UNIT else "per")
    return part if isinstance(part, dict) else {}


def show_counted(rule: Mapping[str, Any]) -> dict[str, str]:
    """What its inputs hold: the question it counts by, the word for one, what it is multiplied with."""
    part = counted_of(rule)
    field, group = part.get("field") or "", part.get("group") or ""
    return {
        "way": way_of(rule),
        "question": f"{group}.{field}" if group else str(field),
        "name": show(Spec("name", ""), part)[".vi"][0],
        "times": str(part.get("times") or ""),
    }


def show_bands(rule: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(up to, price) as typed; a few empty lines follow."""
    rows = rule.get("bands")
    bands = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    specs = Spec("up_to", "", "number"), Spec("price", "", "money")
    return [(show(specs[0], band)[""][0], show(specs[1], band)[""][0]) for band in bands]


def write_charging(rule: dict[str, Any], prefix: str, posted: Posted) -> None:
    """Puts the way of counting into the rule; unchanged inputs leave it alone."""
    shown = show_counted(rule)
    typed = {name: (posted(f"{prefix}{name}") or [shown[name]])[0].strip() for name in shown}
    if typed["way"] != shown["way"]:
        _change_way(rule, typed["way"])
    changed = {name for name in ("question", "name", "times") if typed[name] != shown[name]}
    if changed and way_of(rule) != FLAT:
        _write_counted(rule, typed, changed)
    if way_of(rule) == BANDS:
        _write_bands(rule, prefix, posted)
    write(CAP, rule, prefix + CAP.name, posted)


def _change_way(rule: dict[str, Any], way: str) -> None:
    counted = {name: value for name, value in counted_of(rule).items() if name != "price"}
    price = price_of(rule)
    for name in ("amount", "unit", "per", "bands"):
        rule.pop(name, None)
    if way == UNIT:
        rule["unit"] = {**counted, "price": price}
        rule["unit"].pop("times", None)
    elif way == BANDS:
        rule["per"] = counted
        rule["bands"] = [{"up_to": None, "price": price}]
    elif price is not None:
        rule["amount"] = price


def price_of(rule: Mapping[str, Any]) -> Any:
    """The number that stands for the rule: its amount, price for one, or price of the first band."""
    if way_of(rule) == FLAT:
        return rule.get("amount")
    part = rule["unit"] if way_of(rule) == UNIT else rule["bands"][0]
    return part.get("price") if isinstance(part, dict) else None


def _write_counted(rule: dict[str, Any], typed: Mapping[str, str], changed: set[str]) -> None:
    part = rule.setdefault("unit" if way_of(rule) == UNIT else "per", {})
    if "question" in changed:
        group, _dot, field = typed["question"].rpartition(".")
        put_at(part, "field", field or MISSING)
        put_at(part, "group", group or MISSING)
    if "name" in changed:
        put_at(part, "name.vi", typed["name"] or MISSING)
    if "times" in changed:
        put_at(part, "times", typed["times"] or MISSING)


def _write_bands(rule: dict[str, Any], prefix: str, posted: Posted) -> None:
    limits, prices = posted(f"{prefix}up_to"), posted(f"{prefix}price")
    shown = show_bands(rule)
    typed = [(limit.strip(), price.strip()) for limit, price in zip(limits, prices, strict=False)]
    typed = [band for band in typed if any(band)]
    if typed and typed != shown:
        rule["bands"] = [_band(limit, price) for limit, price in typed]


def _band(limit: str, price: str) -> dict[str, Any]:
    up_to, amount = read_number(limit), read_number(price)
    return {"up_to": None if up_to is MISSING else up_to, "price": 0 if amount is MISSING else amount}
