"""Counting a drawer: notes by denomination, amounts as cashiers type them, and what is explained."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.money import format_vnd

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""Notes in circulation that a desk meets, in đồng; anything smaller is typed into the total."""

MOST_NOTES = 99_999
MOST_MONEY = 999_999_999_999
"""Đồng in one drawer; more is a slip of the keyboard."""

_MONEY = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d+")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """What lay in the drawer: `total` in đồng, and `notes` ({500000: 3, …}) where they were counted one by one."""

    total: int
    notes: Mapping[int, int] = field(default_factory=dict)


def read_money(typed: str) -> int | None:
    """ "1.234.000", "1 234 000 đ" or "1234000" in đồng. None for nothing; ValueError for anything else."""
    text = _CURRENCY.sub("", " ".join(typed.split()))
    if not text:
        return None
    if not text.isascii() or not _MONEY.fullmatch(text):
        raise ValueError(typed)
    amount = int(re.sub(r"\D", "", text))
    if amount > MOST_MONEY:
        raise ValueError(typed)
    return amount


def build_count(notes: Mapping[int, int | None], total: int | None) -> Count | None:
    """From how many of each note, or a typed total, or both. None when nothing was counted.

    Raises ValueError when both were given and differ, or for a note that does not exist.
    """
    counted = {value: number for value, number in notes.items() if number}
    if unknown := counted.keys() - set(DENOMINATIONS):
        raise ValueError(f"no such note: {sorted(unknown)}")
    summed = sum(value * number for value, number in counted.items())
    if total is None:
        return Count(summed, counted) if any(number is not None for number in notes.values()) else None
    if counted and summed != total:
        raise ValueError("the notes and the total differ")
    return Count(total, counted)


def say_difference(difference: int) -> str:
    """Counted minus expected in words; nothing is said where both agree."""
    if not difference:
        return ""
    words = _("Thiếu %(amount)s") if difference < 0 else _("Thừa %(amount)s")
    return words % {"amount": format_vnd(abs(difference))}
