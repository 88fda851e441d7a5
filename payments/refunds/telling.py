"""What the one who paid is told of money on its way back. Pure values but for the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from payments.choices import RefundCause, RefundStatus, RefundWay
from portal.core.clock import to_local
from portal.core.money import format_vnd

_TOO_MUCH = frozenset({RefundCause.SURPLUS, RefundCause.DOUBLE})
_CONSIDERED = frozenset({RefundStatus.SUGGESTED, RefundStatus.PROPOSED})


@dataclass(frozen=True, slots=True)
class Part:
    """One refund as far as its payer is told. `amount` in đồng."""

    amount: int
    cause: str
    way: str
    status: str
    paid_at: datetime | None = None

    @classmethod
    def read(cls, row: dict[str, Any]) -> Part:
        """From `money_back` of a fee (payments.selectors)."""
        paid_at = row["paid_at"]
        return cls(**{**row, "paid_at": datetime.fromisoformat(paid_at) if paid_at else None})


def tell_refunds(parts: Iterable[Part], due: int) -> tuple[str, ...]:
    """A sentence for what has gone back each day, is on its way, can be fetched, is considered, is still due.

    `due`: what the fee owes back by its dossier's course (`Fee.refund_due`); surpluses are not part of it.
    """
    gone, comes = defaultdict[date, int](int), defaultdict[str, int](int)
    considered = 0
    for part in parts:
        is_decided = part.status not in _CONSIDERED
        if part.cause == RefundCause.WITHDRAWN and is_decided:
            due -= part.amount
        if part.paid_at is not None:
            gone[to_local(part.paid_at).date()] += part.amount
        elif is_decided and part.status != RefundStatus.REJECTED:
            comes[part.way] += part.amount
        elif not is_decided and part.cause in _TOO_MUCH:
            considered += part.amount
    told = [say_gone(amount, day) for day, amount in sorted(gone.items())]
    told += [f"{say_coming(comes[way])} {say_way(way)}" for way in RefundWay if comes[way]]
    if considered:
        text = _("Bạn đã nộp thừa %(amount)s. Cơ quan đang xét để hoàn lại, bạn không phải làm gì.")
        told.append(text % {"amount": format_vnd(considered)})
    if due > 0:
        told.append(_("Được hoàn lại %(amount)s.") % {"amount": format_vnd(due)})
    return tuple(told)


def say_gone(amount: int, day: date) -> str:
    return _("Đã hoàn lại %(amount)s ngày %(day)s.") % {
        "amount": format_vnd(amount),
        "day": f"{day:%d/%m/%Y}",
    }


def say_coming(amount: int) -> str:
    return _("Đang hoàn lại %(amount)s.") % {"amount": format_vnd(amount)}


def say_way(way: str) -> str:
    """What the payer has to do, in a sentence."""
    if way == RefundWay.GATEWAY:
        return _("Tiền về thẻ hoặc tài khoản bạn đã dùng để nộp, thường sau vài ngày.")
    if way == RefundWay.CASH:
        return _("Mời bạn đến quầy nhận tiền mặt, mang theo giấy tờ tùy thân.")
    return _("Cơ quan chuyển khoản cho bạn. Mời bạn báo số tài khoản tại quầy.")
