"""Phí and lệ phí: pure rules in, explained amounts out. Money is whole đồng.

Rules that share a `key` are alternatives for one charge: the most specific one applies (case before
channel before a date), so a general amount and its exceptions are simply listed together.
An amount of None is unknown: the provincial council sets it; it never reads as free.
Then the single best relief (miễn, giảm) of each line is taken off it: `procedures.reliefs`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.money import format_vnd
from procedures.choices import FeeMode
from procedures.reliefs import Person, Relief, explain, find_best, list_applying
from procedures.texts import EMPTY, Text

_COUNCIL = re.compile(r"HĐND|Hội đồng nhân dân", re.IGNORECASE)


@dataclass(frozen=True)
class Band:
    """`price` for each piece up to and including `up_to`; the last band is open."""

    up_to: int | None
    price: int


@dataclass(frozen=True)
class Counted:
    """What a charge is counted by: an answer, or a column of a repeatable group summed over its rows."""

    field: str
    name: Text
    group: str = ""
    times: str = ""


@dataclass(frozen=True)
class FeeRule:
    key: str
    kind: str
    mode: str
    label: Text
    case: str | None = None
    channel: str | None = None
    amount: int | None = None
    counted: Counted | None = None
    bands: tuple[Band, ...] = ()
    cap: int | None = None
    basis: Text = EMPTY
    until: date | None = None
    refund_on_withdraw: bool = False
    illustrative: bool = False

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        return self.case is not None, self.channel is not None, self.until is not None

    def fits(self, *, case: str | None, channel: str | None, on: date) -> bool:
        return (
            self.case in (None, case)
            and self.channel in (None, channel)
            and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True)
class FeeLine:
    """`normal`: the amount before the relief of key `relief`, which `paper` (a requirement's key) proves.

    `label_en`, `explanation_en`: the same in English, where both are kept.
    """

    kind: str
    label: str
    amount: int | None
    explanation: str
    refund_on_withdraw: bool = False
    normal: int | None = None
    relief: str = ""
    paper: str = ""
    label_en: str = ""
    explanation_en: str = ""


@dataclass(frozen=True)
class AssessedFee:
    """What is owed at one moment. `mode` none: the lines come to nothing and there is nothing to pay."""

    mode: str
    amount: int | None
    lines: tuple[FeeLine, ...]


def rules_for(
    rules: Sequence[FeeRule], *, case: str | None, channel: str | None, on: date
) -> tuple[FeeRule, ...]:
    """The one rule per key that applies, in the order the keys were written."""
    chosen: dict[str, FeeRule] = {}
    for rule in rules:
        if not rule.fits(case=case, channel=channel, on=on):
            continue
        best = chosen.get(rule.key)
        if best is None or rule.rank > best.rank:
            chosen[rule.key] = rule
    return tuple(chosen.values())


def assess(
    rules: Sequence[FeeRule],
    *,
    case: str | None,
    channel: str | None,
    answers: Mapping[str, Any],
    on: date,
    reliefs: Sequence[Relief] = (),
    types: Mapping[str, str] | None = None,
) -> tuple[AssessedFee, ...]:
    """What one dossier owes, one result per mode (before, after); a mode that comes to 0 has mode none.

    `answers` are the cleaned answers of the form; a count that was not answered is 0. `types`: type of each answer
    by key, for the conditions of reliefs. `Content.assess` gives what belongs together.
    """
    applying = list_applying(reliefs, Person(case, channel, on, answers, types or {}))
    lines: dict[str, list[FeeLine]] = {}
    for rule in rules_for(rules, case=case, channel=channel, on=on):
        lines.setdefault(rule.mode, []).append(_line(rule, answers, applying))
    owed = []
    for mode in (FeeMode.BEFORE, FeeMode.AFTER, FeeMode.NONE):
        if mode in lines:
            total = _total(lines[mode])
            owed.append(
                AssessedFee(FeeMode.NONE.value if total == 0 else mode.value, total, tuple(lines[mode]))
            )
    return tuple(owed)


def add_english(fee: AssessedFee, english: AssessedFee) -> AssessedFee:
    """The fee with the words of the same one, assessed for a reader of English."""
    lines = (
        replace(line, label_en=other.label, explanation_en=other.explanation)
        for line, other in zip(fee.lines, english.lines, strict=True)
    )
    return replace(fee, lines=tuple(lines))


def _total(lines: Sequence[FeeLine]) -> int | None:
    amounts = [line.amount for line in lines]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def _line(rule: FeeRule, answers: Mapping[str, Any], applying: Sequence[Relief]) -> FeeLine:
    amount, explanation = _amount(rule, answers)
    if rule.illustrative:
        explanation = _("%(explanation)s (mức thu minh họa)") % {"explanation": explanation}
    line = FeeLine(
        kind=rule.kind,
        label=str(rule.label),
        amount=amount,
        explanation=explanation,
        refund_on_withdraw=rule.refund_on_withdraw,
    )
    best = find_best(applying, rule.key, amount)
    return line if best is None else _relieve(line, best)


def _relieve(line: FeeLine, relief: Relief) -> FeeLine:
    return replace(
        line,
        amount=relief.leaves(line.amount),
        explanation=explain(relief, line.amount, line.explanation),
        normal=line.amount,
        relief=relief.key,
        paper=relief.paper,
    )


def _amount(rule: FeeRule, answers: Mapping[str, Any]) -> tuple[int | None, str]:
    if rule.counted is None:
        return rule.amount, describe_rule(rule)
    if rule.bands:
        return _banded_amount(rule, rule.counted, answers)
    count = sum(_count(row, rule.counted.field) for row in _rows(rule.counted, answers))
    price = rule.amount or 0
    amount = _capped(count * price, rule.cap)
    explanation = _("%(count)d %(name)s × %(price)s") % {
        "count": count,
        "name": rule.counted.name,
        "price": format_vnd(price),
    }
    return amount, explanation


def _banded_amount(rule: FeeRule, counted: Counted, answers: Mapping[str, Any]) -> tuple[int, str]:
    total, parts = 0, []
    for row in _rows(counted, answers):
        pieces = _count(row, counted.field)
        times = _count(row, counted.times) if counted.times else 1
        single = _capped(price_in_bands(rule.bands, pieces), rule.cap)
        total += single * times
        parts.append(
            _("%(pieces)d %(name)s: %(single)s × %(times)d")
            % {"pieces": pieces, "name": counted.name, "single": format_vnd(single), "times": times}
        )
    return total, "; ".join(parts) or describe_rule(rule)


def price_in_bands(bands: Sequence[Band], pieces: int) -> int:
    """The sum over all pieces, each at the price of its band."""
    total, start = 0, 0
    for band in bands:
        end = pieces if band.up_to is None else min(pieces, band.up_to)
        total += max(0, end - start) * band.price
        start = max(start, end)
    return total


def _capped(amount: int, cap: int | None) -> int:
    return amount if cap is None else min(amount, cap)


def _rows(counted: Counted, answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if not counted.group:
        return [answers]
    rows = answers.get(counted.group)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _count(row: Mapping[str, Any], field: str) -> int:
    value = row.get(field)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def describe_rule(rule: FeeRule) -> str:
    """The rule in words, for the procedure's page and for explanations."""
    if rule.counted is None:
        return _describe_unknown(rule) if rule.amount is None else format_vnd(rule.amount)
    if not rule.bands:
        return _("%(price)s một %(name)s") % {
            "price": format_vnd(rule.amount or 0),
            "name": rule.counted.name,
        }
    return _describe_bands(rule, rule.counted)


def _describe_unknown(rule: FeeRule) -> str:
    """Who sets it, where its ground does not say otherwise; never free."""
    if rule.basis and not _COUNCIL.search(rule.basis.vi):
        return _("Tùy hồ sơ, chưa có số cụ thể")
    return _("Mức thu do HĐND tỉnh quy định")


def _describe_bands(rule: FeeRule, counted: Counted) -> str:
    first, *later = rule.bands
    text = _("%(price)s một %(name)s") % {"price": format_vnd(first.price), "name": counted.name}
    start = first.up_to
    for band in later:
        text += _(", từ %(name)s thứ %(start)d thu %(price)s") % {
            "name": counted.name,
            "start": (start or 0) + 1,
            "price": format_vnd(band.price),
        }
        start = band.up_to
    if rule.cap is not None:
        text += _(", nhiều nhất %(cap)s") % {"cap": format_vnd(rule.cap)}
    return text
