"""Fees as charges: each with a small table of amounts by case and way to file, and lower rates with a last day."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core.money import group_thousands
from portal.core.text import fold
from procedures.editing.axes import ANY, Key, list_cases, list_channels
from procedures.editing.charging import (
    BANDS,
    FLAT,
    HEAD_SPECS,
    OWN_SPECS,
    UNIT,
    UNTIL,
    price_of,
    way_of,
    write_charging,
)
from procedures.editing.fields import Posted, read_number
from procedures.editing.keys import make_key
from procedures.editing.places import MISSING
from procedures.editing.rows import Done, Used, anchor_of, write_specs

Rule = dict[str, Any]
UNKNOWN = "HĐND"
"""What stands in a cell whose amount the provincial council sets."""
_FREE = ("khong thu", "mien", "mien phi")
_SHARED = tuple(spec.name for spec in HEAD_SPECS)
NEW_CHARGE = {"kind": "phi", "mode": "before"}


@dataclass(frozen=True)
class Charge:
    """The rules that share a key, by their place in the document. The head is the general one, or the first."""

    head: int
    members: tuple[int, ...]

    @property
    def others(self) -> tuple[int, ...]:
        return tuple(n for n in self.members if n != self.head)


def list_rules(document: Mapping[str, Any]) -> list[Any]:
    found = document.get("fees")
    return found if isinstance(found, list) else []


def list_charges(rules: list[Any]) -> list[Charge]:
    """Charges in the order they are written; a rule without a key is a charge of its own."""
    groups: dict[object, list[int]] = {}
    for n, rule in enumerate(rules):
        if isinstance(rule, dict):
            key = rule.get("key")
            groups.setdefault(key if isinstance(key, str) and key else n, []).append(n)
    return [Charge(_find_head(rules, members), tuple(members)) for members in groups.values()]


def _find_head(rules: list[Any], members: list[int]) -> int:
    general = (n for n in members if where_of(rules[n]) == (None, None) and not is_dated(rules[n]))
    return next(general, members[0])


def where_of(rule: Mapping[str, Any]) -> tuple[Key, Key]:
    case, channel = rule.get("case") or None, rule.get("channel") or None
    return (case if isinstance(case, str) else None), (channel if isinstance(channel, str) else None)


def is_dated(rule: Mapping[str, Any]) -> bool:
    return rule.get("until") is not None


def list_axes(
    document: Mapping[str, Any], rules: list[Any], charge: Charge
) -> tuple[list[tuple[Key, str]], list[tuple[Key, str]]]:
    """Lines and columns of a charge's table."""
    places = [where_of(rules[n]) for n in charge.members]
    return (
        list_cases(document, [case for case, _channel in places]),
        list_channels(document, [channel for _case, channel in places]),
    )


def find_rule(rules: list[Any], charge: Charge, where: tuple[Key, Key]) -> int:
    """The undated rule of a cell; -1 where the cell follows the general one."""
    fitting = (n for n in charge.members if where_of(rules[n]) == where and not is_dated(rules[n]))
    return next(fitting, -1)


def show_amount(rule: Mapping[str, Any]) -> str:
    """What stands in the cell: 50.000, or the word for an amount the council sets."""
    price = price_of(rule)
    if isinstance(price, int) and not isinstance(price, bool):
        return group_thousands(price)
    return price if isinstance(price, str) else UNKNOWN if way_of(rule) == FLAT else ""


def new_cell_name(charge: Charge, where: tuple[Key, Key]) -> str:
    return f"fees.{charge.head}.{where[0] or ANY}.{where[1] or ANY}"


def write_fees(document: dict[str, Any], posted: Posted, used: Used) -> None:
    """Puts what was typed into the rules that were on the page."""
    rules = list_rules(document)
    shown = {int(number) for number in posted("fees.rows") if number.isdecimal()}
    gone: set[int] = set()
    added: dict[int, list[Rule]] = {}
    for charge in list_charges(rules):
        if charge.head in shown:
            _write_charge(document, charge, posted, gone, added)
            _give_key(rules, charge, used, added)
    if gone or added:
        document["fees"] = list(_join(rules, gone, added))
    elif "fees" not in document and posted("fees.none"):
        document["fees"] = []  # seen and saved: nothing is collected


def _join(rules: list[Any], gone: set[int], added: Mapping[int, list[Rule]]) -> Iterator[Any]:
    """New exceptions stand behind the last rule of their charge."""
    for n, rule in enumerate(rules):
        if n not in gone:
            yield rule
        yield from added.get(n, ())


def _write_charge(
    document: dict[str, Any], charge: Charge, posted: Posted, gone: set[int], added: dict[int, list[Rule]]
) -> None:
    rules = list_rules(document)
    head = rules[charge.head]
    old = copy.deepcopy(head)
    lines, columns = list_axes(document, rules, charge)
    for n in charge.members:
        _write_rule(rules[n], n, posted, is_head=n == charge.head)
        _write_amount(rules[n], n, posted, gone, is_head=n == charge.head)
    _spread(head, old, [rules[n] for n in charge.others])
    for case, _words in lines:
        for channel, _name in columns:
            typed = "".join(posted(new_cell_name(charge, (case, channel)))[:1]).strip()
            if typed and find_rule(rules, charge, (case, channel)) < 0:
                exception = _make_exception(head, (case, channel), typed)
                added.setdefault(charge.members[-1], []).append(exception)


def _write_rule(rule: Rule, n: int, posted: Posted, *, is_head: bool) -> None:
    prefix = f"fees[{n}]."
    write_specs(HEAD_SPECS if is_head else OWN_SPECS, rule, prefix, posted)
    if is_dated(rule):
        write_specs((UNTIL,), rule, prefix, posted)
        rule.setdefault("until", "")
    write_charging(rule, prefix, posted)


def _write_amount(rule: Rule, n: int, posted: Posted, gone: set[int], *, is_head: bool) -> None:
    values = posted(f"fees[{n}].amount")
    if not values or way_of(rule) == BANDS or values[0].strip() == show_amount(rule):
        return
    if not values[0].strip() and not is_head:
        gone.add(n)
        return
    put_amount(rule, values[0])


def put_amount(rule: Rule, typed: str) -> None:
    """50.000, 0 or "không thu", "HĐND" for an amount that is not known here."""
    words = fold(typed.strip())
    amount = 0 if words in _FREE else MISSING if not words or words.startswith("hdnd") else read_number(typed)
    if way_of(rule) == UNIT:
        rule["unit"]["price"] = 0 if amount is MISSING else amount
    elif amount is MISSING:
        rule.pop("amount", None)
    else:
        rule["amount"] = amount


def _make_exception(head: Rule, where: tuple[Key, Key], typed: str) -> Rule:
    """A rule for one cell, in everything else like the general one."""
    exception = copy.deepcopy(head)
    for name in ("case", "channel", "until", "bands", "per", "cap"):
        exception.pop(name, None)
    for name, key in zip(("case", "channel"), where, strict=True):
        if key:
            exception[name] = key
    put_amount(exception, typed)
    return exception


def _spread(head: Rule, old: Rule, others: list[Rule]) -> None:
    """What the general rule said and exceptions repeated follows it; a charge has one kind and one moment."""
    for name in _SHARED:
        if head.get(name) == old.get(name):
            continue
        for other in others:
            if other.get(name) == old.get(name) or name in ("kind", "mode"):
                if name in head:
                    other[name] = copy.deepcopy(head[name])
                else:
                    other.pop(name, None)


def _give_key(rules: list[Any], charge: Charge, used: Used, added: Mapping[int, list[Rule]]) -> None:
    head = rules[charge.head]
    label = head.get("label")
    words = label.get("vi") if isinstance(label, dict) else ""
    if head.get("key") or not words:
        return
    others = {rule.get("key") for rule in rules if isinstance(rule, dict)}
    head["key"] = make_key(words, used("fees") | {key for key in others if isinstance(key, str)})
    for exceptions in added.values():
        for exception in exceptions:
            if not exception.get("key") and exception.get("label") == label:
                exception["key"] = head["key"]


def act_on_fees(document: dict[str, Any], action: str, index: int, used: Used) -> Done | None:
    """Adds, removes, moves or doubles a charge; `dated` adds a lower rate with a last day, `drop` ends one."""
    rules = list_rules(document)
    if action == "add":
        document["fees"] = [*rules, dict(NEW_CHARGE)]
        return Done(_("Phí, lệ phí: thêm một khoản"), anchor_of("fees", len(rules), "label"))
    charges = list_charges(rules)
    place = next((n for n, charge in enumerate(charges) if index in charge.members), -1)
    if place < 0:
        return None
    if action in ("dated", "drop"):
        return _act_on_rule(document, rules, charges[place], action, index)
    return _act_on_charge(document, charges, place, action, used)


def _act_on_rule(document: dict[str, Any], rules: list[Any], charge: Charge, action: str, index: int) -> Done:
    name = _name(rules[charge.head])
    if action == "drop":
        document["fees"] = [rule for n, rule in enumerate(rules) if n != index]
        return Done(
            _("Phí, lệ phí: bỏ một mức của “%(name)s”") % {"name": name}, anchor_of("fees", charge.head)
        )
    dated = {**copy.deepcopy(rules[index]), "until": ""}
    last = charge.members[-1] + 1
    document["fees"] = [*rules[:last], dated, *rules[last:]]
    return Done(
        _("Phí, lệ phí: thêm mức có thời hạn cho “%(name)s”") % {"name": name},
        anchor_of("fees", last, "until"),
    )


def _act_on_charge(
    document: dict[str, Any], charges: list[Charge], place: int, action: str, used: Used
) -> Done | None:
    rules = list_rules(document)
    groups = [[rules[n] for n in charge.members] for charge in charges]
    name = _name(rules[charges[place].head])
    to = place
    if action == "remove":
        del groups[place]
        words, to = _("Phí, lệ phí: bỏ khoản “%(name)s”"), min(place, len(groups) - 1)
    elif action == "copy":
        groups.insert(place + 1, _double(groups[place], rules, used))
        words, to = _("Phí, lệ phí: nhân đôi khoản “%(name)s”"), place + 1
    elif action in ("up", "down"):
        to = place + (1 if action == "down" else -1)
        if not 0 <= to < len(groups):
            return None
        groups[place], groups[to] = groups[to], groups[place]
        words = _("Phí, lệ phí: chuyển chỗ khoản “%(name)s”")
    else:
        return None
    document["fees"] = [rule for group in groups for rule in group]
    return Done(words % {"name": name}, _anchor(document, to))


def _anchor(document: dict[str, Any], place: int) -> str:
    charges = list_charges(list_rules(document))
    return anchor_of("fees", charges[place].head) if 0 <= place < len(charges) else "fees-add"


def _double(group: list[Rule], rules: list[Any], used: Used) -> list[Rule]:
    twins = copy.deepcopy(group)
    keys = {rule.get("key") for rule in rules if isinstance(rule, dict)}
    key = make_key(
        _name(group[0]), used("fees") | {key for key in keys if isinstance(key, str)}, otherwise="khoan"
    )
    for twin in twins:
        twin["key"] = key
    return twins


def _name(rule: Rule) -> str:
    label = rule.get("label")
    words = label.get("vi") if isinstance(label, dict) else ""
    return words[:80] if isinstance(words, str) and words else _("khoản chưa có tên")
