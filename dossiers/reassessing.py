"""A supplement changed the answers: what is still owed, or due back, after what was paid. Pure; whole đồng.

What was paid keeps its receipt and its lines. Owed is the new amount less what was paid and is not due back
already; what was paid too much is due back. Phí and lệ phí stay apart in what is charged in addition.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.money import format_vnd
from procedures.choices import FeeKind
from procedures.fees import AssessedFee, FeeLine


class Paid(Protocol):
    """A fee that was paid."""

    amount: int | None
    refund_due: int

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """`more`: lines to pay in addition, `back`: đồng paid too much; never both."""

    more: tuple[FeeLine, ...] = ()
    back: int = 0


def compare(paid: Sequence[Paid], new: AssessedFee | None) -> Difference:
    """Between what was paid at one moment of paying and what it comes to now (None: to nothing).

    An unknown amount was written by an officer from a paper; it is not asked for again.
    """
    if new is not None and new.amount is None:
        return Difference()
    covered = sum((fee.amount or 0) - fee.refund_due for fee in paid)
    difference = (new.amount or 0 if new else 0) - covered
    if new is None or difference <= 0:
        return Difference(back=max(0, -difference))
    return Difference(more=tuple(_list_more(paid, new, difference, covered)))


def _list_more(paid: Sequence[Paid], new: AssessedFee, difference: int, covered: int) -> list[FeeLine]:
    """One line for each kind that grew, together exactly the difference."""
    grown = _sum_by_kind(new.lines) - _sum_by_kind([line for fee in paid for line in fee.lines])
    first = next(iter(grown), new.lines[0].kind)
    shares: dict[str, int] = {}
    left = difference
    for kind, growth in grown.items():
        shares[kind] = min(growth, left)
        left -= shares[kind]
    shares[first] = shares.get(first, 0) + left
    return [_line(kind, amount, new, covered) for kind, amount in shares.items() if amount]


def _sum_by_kind(lines: Sequence[FeeLine] | Sequence[Mapping[str, Any]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for line in lines:
        kind, amount = (
            (line.kind, line.amount) if isinstance(line, FeeLine) else (line.get("kind"), line.get("amount"))
        )
        sums[str(kind)] += amount or 0
    return sums


def _line(kind: str, amount: int, new: AssessedFee, covered: int) -> FeeLine:
    words = {language: _say(language, kind, new, covered) for language in ("vi", "en")}
    refundable = any(line.refund_on_withdraw for line in new.lines if line.kind == kind)
    return FeeLine(kind, words["vi"][0], amount, words["vi"][1], refundable,
                   label_en=words["en"][0], explanation_en=words["en"][1])  # fmt: skip


def _say(language: str, kind: str, new: AssessedFee, covered: int) -> tuple[str, str]:
    with translation.override(language):
        names = ", ".join(
            (line.label_en if language == "en" else "") or line.label
            for line in new.lines
            if line.kind == kind and line.amount
        )
        label = _("%(kind)s nộp thêm sau khi bổ sung") % {"kind": FeeKind(kind).label}
        said = _("%(names)s. Nay tất cả là %(new)s, đã nộp %(paid)s") % {
            "names": names,
            "new": format_vnd(new.amount),
            "paid": format_vnd(covered),
        }
    return label, said


def share_back(paid: Sequence[Paid], back: int) -> list[int]:
    """How much of `back` falls on each paid fee, the latest (last) first, none more than is left of it."""
    shares = [0] * len(paid)
    for n in range(len(paid) - 1, -1, -1):
        shares[n] = min(back, (paid[n].amount or 0) - paid[n].refund_due)
        back -= shares[n]
    return shares
