"""Miễn, giảm: pure rules of what one line still comes to. Money is whole đồng.

Of the reliefs that apply to a line the single best one is taken, never two at once (Circulars name the lower
amount, they do not add reliefs up); equal ones are told apart so that the order they are written in says nothing.
A part of a đồng falls to the citizen. An amount off is off the whole line, not off each unit of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core.money import format_vnd
from portal.core.templatetags.formats import vn_day
from procedures.formschema.conditions import evaluate
from procedures.formschema.definition import CASE, Condition
from procedures.texts import EMPTY, Text

WHOLE = 100
"""Per cent: nothing remains, even of an amount that nobody knows."""


@dataclass(frozen=True)
class Relief:
    """Takes `percent` (1 to 100) or `amount` (đồng) off every charge of `of` (keys of fees; empty: all).

    `condition` asks about answers of the e-form or the case; None holds for everybody. It runs from the day
    `since` to the end of the day `until`. `paper`: key of the requirement that proves it, "" for none.
    """

    key: str
    label: Text
    percent: int | None = None
    amount: int | None = None
    of: tuple[str, ...] = ()
    condition: Condition | None = None
    case: str | None = None
    channel: str | None = None
    since: date | None = None
    until: date | None = None
    basis: Text = EMPTY
    paper: str = ""

    @property
    def is_whole(self) -> bool:
        return self.percent == WHOLE

    @property
    def is_claimed(self) -> bool:
        """Does it depend on who the citizen is?"""
        return self.condition is not None

    def covers(self, fee_key: str) -> bool:
        return not self.of or fee_key in self.of

    def fits(self, *, case: str | None, channel: str | None, on: date) -> bool:
        """Everything but its condition: case, way of filing, day."""
        return (
            self.case in (None, case)
            and self.channel in (None, channel)
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
        )

    def leaves(self, normal: int | None) -> int | None:
        """What remains of `normal` (None: not known), never less than 0 nor more than without it."""
        if normal is None:
            return 0 if self.is_whole else None
        if self.percent is not None:
            return normal * (WHOLE - self.percent) // WHOLE
        return max(0, normal - (self.amount or 0))


@dataclass(frozen=True)
class Person:
    """Whose reliefs are looked for: answers that count, with the type of each by key, and the day."""

    case: str | None
    channel: str | None
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    def meets(self, condition: Condition | None) -> bool:
        answers = {**self.answers, CASE: self.case}
        return evaluate(condition, answers, {**self.types, CASE: "choice"}, on=self.on)


def list_applying(reliefs: Iterable[Relief], person: Person) -> tuple[Relief, ...]:
    """The reliefs that this person has, here and today."""
    return tuple(
        relief
        for relief in reliefs
        if relief.fits(case=person.case, channel=person.channel, on=person.on)
        and person.meets(relief.condition)
    )


def find_best(applying: Sequence[Relief], fee_key: str, normal: int | None) -> Relief | None:
    """The one that leaves the least of a line, of an unknown one the greatest; None where none leaves less.

    Asking for no proof wins a tie.
    """
    useful = [relief for relief in applying if relief.covers(fee_key) and _helps(relief, normal)]
    return min(useful, key=lambda relief: _rank(relief, normal), default=None)


def _helps(relief: Relief, normal: int | None) -> bool:
    return normal is None or relief.leaves(normal) != normal


def _rank(relief: Relief, normal: int | None) -> tuple[int, int, bool, bool, str]:
    left = WHOLE - (relief.percent or 0) if normal is None else relief.leaves(normal) or 0
    off = -(relief.amount or 0) if normal is None else 0
    return left, off, relief.is_claimed, bool(relief.paper), relief.key


def explain(relief: Relief, normal: int | None, said: str) -> str:
    """Normal amount and how it came about, which relief, its basis, what remains. `said`: the amount's own words."""
    parts = [said if normal is None else _explain_normal(normal, said)]
    parts.append(_("%(size)s: %(label)s") % {"size": describe_size(relief), "label": relief.label})
    if relief.basis:
        parts.append(_("Căn cứ: %(basis)s") % {"basis": relief.basis})
    left = relief.leaves(normal)
    if left is not None:
        parts.append(_("Còn %(left)s") % {"left": format_vnd(left)})
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _explain_normal(normal: int, said: str) -> str:
    amount = format_vnd(normal)
    how = said if said != amount and not said.startswith(f"{amount} (") else said.removeprefix(amount).strip()
    words = _("Mức thường %(amount)s") % {"amount": amount}
    return f"{words}: {how}" if how and not how.startswith("(") else f"{words} {how}".strip()


def describe_size(relief: Relief) -> str:
    """ "Được miễn", "Giảm 50%" or "Giảm 20.000 đ"."""
    if relief.is_whole:
        return _("Được miễn")
    if relief.percent is not None:
        return _("Giảm %(percent)d%%") % {"percent": relief.percent}
    return _("Giảm %(amount)s") % {"amount": format_vnd(relief.amount or 0)}


def describe_days(relief: Relief) -> str:
    """ "từ ngày 01/07/2025 đến hết ngày 31/12/2026"; "" without days."""
    start = _("từ ngày %(day)s") % {"day": vn_day(relief.since)} if relief.since else ""
    end = _("đến hết ngày %(day)s") % {"day": vn_day(relief.until)} if relief.until else ""
    return " ".join(part for part in (start, end) if part)
