"""The page of fees: each charge with its table, its exceptions, and what people pay in the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.money import format_vnd
from procedures.editing import faults as wrong
from procedures.editing.axes import Key, find_general, list_cases, list_channels
from procedures.editing.charges import (
    Charge,
    find_rule,
    is_dated,
    list_axes,
    list_charges,
    list_rules,
    new_cell_name,
    show_amount,
    where_of,
)
from procedures.editing.charging import (
    BANDS,
    CAP,
    EMPTY_BANDS,
    FLAT,
    HEAD_SPECS,
    OWN_SPECS,
    UNTIL,
    WAYS,
    counted_of,
    show_bands,
    show_counted,
    way_of,
)
from procedures.editing.fields import Spec, show
from procedures.editing.inputs import Input, build_input, make_id
from procedures.fee_reader import read_fee, read_relief
from procedures.fees import FeeRule, describe_rule, rules_for
from procedures.reading import Node
from procedures.reliefs import Person, Relief, describe_size, find_best, list_applying


@dataclass(frozen=True)
class FeeCell:
    """One cell. `words`: shown instead of an input where bands say the price; `general`: what an empty one follows."""

    name: str
    label: str
    value: str
    unit: str = ""
    words: str = ""
    error: str = ""
    general: str = ""

    @property
    def id(self) -> str:
        return make_id(self.name)


@dataclass(frozen=True)
class FeeLine:
    label: str
    cells: tuple[FeeCell, ...]


@dataclass(frozen=True)
class RuleForm:
    """The details of one rule: what it is called, how it is counted, its last day."""

    index: int
    title: str
    inputs: tuple[Input, ...]
    counted: Mapping[str, str]
    questions: tuple[tuple[str, str], ...]
    multipliers: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, str], ...]
    cap: Input
    cell: FeeCell | None
    is_open: bool
    errors: tuple[str, ...]
    ways: Any = WAYS

    @property
    def is_counted(self) -> bool:
        return self.counted["way"] != FLAT

    @property
    def has_bands(self) -> bool:
        return self.counted["way"] == BANDS


@dataclass(frozen=True)
class ChargeForm:
    number: int
    title: str
    head: RuleForm
    columns: tuple[str, ...]
    lines: tuple[FeeLine, ...]
    exceptions: tuple[RuleForm, ...]
    dated: tuple[RuleForm, ...]
    is_first: bool
    is_last: bool

    @property
    def opens_exceptions(self) -> bool:
        return any(rule.is_open or any(item.errors for item in rule.inputs) for rule in self.exceptions)


@dataclass(frozen=True)
class TotalLine:
    label: str
    totals: tuple[str, ...]


@dataclass(frozen=True)
class FeeForm:
    charges: tuple[ChargeForm, ...]
    columns: tuple[str, ...]
    totals: tuple[TotalLine, ...]


def build_fees(document: Mapping[str, Any], faults: wrong.Faults, at: str = "") -> FeeForm:
    """The page of a raw document's fees. `at`: the row that was just worked on."""
    rules = list_rules(document)
    charges = list_charges(rules)
    forms = tuple(
        _charge(document, rules, charge, faults, at, place=(n, len(charges)))
        for n, charge in enumerate(charges)
    )
    columns, totals = build_totals(document)
    return FeeForm(forms, columns, totals)


def _charge(
    document: Mapping[str, Any],
    rules: list[Any],
    charge: Charge,
    faults: wrong.Faults,
    at: str,
    *,
    place: tuple[int, int],
) -> ChargeForm:
    lines, columns = list_axes(document, rules, charge)

    def build(n: int) -> RuleForm:
        return _rule(document, rules[n], n, faults, is_head=n == charge.head, at=at)

    others = [n for n in charge.others if not is_dated(rules[n])]
    return ChargeForm(
        number=place[0] + 1,
        title=_words(rules[charge.head].get("label")) or _("Khoản thu chưa có tên"),
        head=build(charge.head),
        columns=tuple(words for _key, words in columns),
        lines=tuple(
            FeeLine(words, tuple(_cell(rules, charge, (case, words), column, faults) for column in columns))
            for case, words in lines
        ),
        exceptions=tuple(build(n) for n in others),
        dated=tuple(build(n) for n in charge.members if is_dated(rules[n])),
        is_first=place[0] == 0,
        is_last=place[0] == place[1] - 1,
    )


def _cell(
    rules: list[Any], charge: Charge, case: tuple[Key, str], channel: tuple[Key, str], faults: wrong.Faults
) -> FeeCell:
    where = case[0], channel[0]
    label = _("%(case)s, %(way)s") % {"case": case[1], "way": channel[1].lower()}
    n = find_rule(rules, charge, where)
    if n < 0:
        return FeeCell(new_cell_name(charge, where), label, "", general=_follow(rules, charge, where))
    return _amount_cell(rules[n], n, label, faults)


def _follow(rules: list[Any], charge: Charge, where: tuple[Key, Key]) -> str:
    undated = [rules[n] for n in charge.members if not is_dated(rules[n])]
    n = find_general([where_of(rule) for rule in undated], where)
    return show_amount(undated[n]) if n >= 0 else ""


def _amount_cell(rule: Mapping[str, Any], n: int, label: str, faults: wrong.Faults) -> FeeCell:
    way = way_of(rule)
    unit = _words(counted_of(rule).get("name"))
    said = [line for name in ("amount", "unit.price") for line in wrong.find(faults, f"fees[{n}].{name}")]
    return FeeCell(
        name=f"fees[{n}].amount",
        label=label,
        value=show_amount(rule),
        unit=_("một %(unit)s") % {"unit": unit} if way != FLAT and unit else "",
        words=_("Theo bậc") if way == BANDS else "",
        error=" ".join(said),
    )


def _rule(
    document: Mapping[str, Any],
    rule: Mapping[str, Any],
    n: int,
    faults: wrong.Faults,
    *,
    is_head: bool,
    at: str,
) -> RuleForm:
    prefix = f"fees[{n}]."
    specs = HEAD_SPECS if is_head else OWN_SPECS
    specs = (*specs, UNTIL) if is_dated(rule) else specs
    inputs = tuple(build_input(spec, rule, prefix, document, faults) for spec in specs)
    counted = show_counted(rule)
    said = {line for item in inputs for line in item.errors}
    own = [line for line in wrong.find(faults, f"fees[{n}]") if line not in said]
    return RuleForm(
        index=n,
        title=_name_place(document, rule),
        inputs=inputs,
        counted=counted,
        questions=tuple(_questions(document, counted["question"])),
        multipliers=tuple(_multipliers(document, counted)),
        bands=tuple(show_bands(rule)) + (("", ""),) * EMPTY_BANDS,
        cap=build_input(CAP, rule, prefix, document, faults),
        cell=_amount_cell(rule, n, _("Mức thu"), faults) if is_dated(rule) else None,
        is_open=bool(own) or at.startswith(f"fees-{n}-"),
        errors=tuple(dict.fromkeys(own)),
    )


def _name_place(document: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    case, channel = where_of(rule)
    cases, channels = dict(list_cases(document, [case])), dict(list_channels(document, [channel]))
    return _("%(case)s, %(way)s") % {"case": cases.get(case, ""), "way": channels.get(channel, "").lower()}


def _fields(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    form = document.get("form")
    pages = form.get("pages") if isinstance(form, dict) else None
    fields: list[dict[str, Any]] = []
    for page in pages if isinstance(pages, list) else ():
        found = page.get("fields") if isinstance(page, dict) else None
        fields += [field for field in found if isinstance(field, dict)] if isinstance(found, list) else []
    return fields


def _numbers(fields: object) -> list[tuple[str, str]]:
    rows = [field for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    return [(str(row.get("key")), _words(row.get("label"))) for row in rows if row.get("type") == "integer"]


def _questions(document: Mapping[str, Any], chosen: str) -> list[tuple[str, str]]:
    """Questions of the e-form that are answered with a number, those of repeated groups too."""
    fields = _fields(document)
    found = _numbers(fields)
    for group in fields:
        columns = _numbers(group.get("fields"))
        found += [
            (f"{group.get('key')}.{key}", f"{_words(group.get('label'))}: {words}") for key, words in columns
        ]
    if chosen and chosen not in dict(found):
        found.append((chosen, _("Câu hỏi không còn trong mẫu")))
    return [("", _("– chọn câu hỏi –")), *found]


def _multipliers(document: Mapping[str, Any], counted: Mapping[str, str]) -> list[tuple[str, str]]:
    group = counted["question"].rpartition(".")[0]
    columns: object = next(
        (field.get("fields") for field in _fields(document) if field.get("key") == group), []
    )
    found = [pair for pair in _numbers(columns) if pair[0] != counted["question"].rpartition(".")[2]]
    if counted["times"] and counted["times"] not in dict(found):
        found.append((counted["times"], _("Câu hỏi không còn trong mẫu")))
    return [("", _("– không nhân –")), *found] if found else []


def build_totals(document: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[TotalLine, ...]]:
    """What people pay by case and way to file, in words: from the rules as they are now."""
    rules = tuple(rule for rule in map(_read, list_rules(document)) if rule)
    reliefs = tuple(_list_everybodys(document))
    channels = [pair for pair in list_channels(document, []) if pair[0]] or [(None, _("Mọi cách nộp"))]
    cases = list_cases(document, [])
    wanted = [pair for pair in cases if pair[0]] or cases
    lines = tuple(
        TotalLine(words, tuple(_total(rules, reliefs, case, channel) for channel, _name in channels))
        for case, words in wanted
    )
    return tuple(words for _key, words in channels), lines


def _read(raw: object) -> FeeRule | None:
    if not isinstance(raw, dict):
        return None
    return read_fee(Node({**raw, "until": raw.get("until") or None}, ""))


def _list_everybodys(document: Mapping[str, Any]) -> Iterator[Relief]:
    """Reliefs that ask nobody who they are; of an unfinished one what can be read."""
    found = document.get("reliefs")
    for raw in found if isinstance(found, list) else ():
        if isinstance(raw, dict) and not raw.get("if"):
            node = Node({**raw, "from": raw.get("from") or None, "until": raw.get("until") or None}, "")
            relief = read_relief(node, None)
            if not node.faults:
                yield relief


def _total(rules: tuple[FeeRule, ...], reliefs: tuple[Relief, ...], case: Key, channel: Key) -> str:
    on = clock.today()
    chosen = rules_for(rules, case=case, channel=channel, on=on)
    if not chosen:
        return _("Không thu")
    here = list_applying(reliefs, Person(case, channel, on))
    flat = [rule for rule in chosen if rule.counted is None and rule.amount is not None]
    other = [_describe(rule, here) for rule in chosen if rule not in flat]
    total = sum(_leave(rule, here) for rule in flat)
    is_free = not total and any(rule.amount for rule in flat)
    words = (
        [format_vnd(total)] if total else [_("Được miễn")] if is_free else [] if other else [_("Không thu")]
    )
    return " + ".join([*words, *other])


def _leave(rule: FeeRule, here: tuple[Relief, ...]) -> int:
    best = find_best(here, rule.key, rule.amount)
    return (best.leaves(rule.amount) if best else rule.amount) or 0


def _describe(rule: FeeRule, here: tuple[Relief, ...]) -> str:
    best = find_best(here, rule.key, None)
    return f"{describe_rule(rule)} ({describe_size(best).lower()})" if best else describe_rule(rule)


def _words(text: object) -> str:
    return show(Spec("x", ""), {"x": text})[".vi"][0]
