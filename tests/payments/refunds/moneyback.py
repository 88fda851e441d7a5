"""Money that came in by every way, the people who give it back, and a gateway that answers as it is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from payments.gateways.base import RefundOrder, RefundState, RefundVerdict
from payments.gateways.registry import gateways
from payments.models import LedgerEntry, Payment, Receipt, Refund
from payments.refunds.reads import fingerprint
from payments.services import refunding
from payments.services.refund_steps import Source
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories.people import Officer, make_officer
from tests.payments.online.begun import begin, make_online_desk, make_waiting
from tests.payments.owed import Desk, Owed, make_desk, make_owed

REASON = "Thu nhầm mức của tổ chức."


@dataclass(frozen=True)
class Counter:
    """A desk, its case officer, and who decides there."""

    desk: Desk
    officer: Officer
    head: Officer

    def take(self) -> Receipt:
        """15.000 đ in cash: 12.000 phí, 3.000 lệ phí."""
        return make_owed(self.desk).pay()


@dataclass(frozen=True)
class Moneyback:
    """The same with one dossier paid online: 15.000 đ."""

    counter: Counter
    owed: Owed
    payment: Payment

    @property
    def receipt(self) -> Receipt:
        return Receipt.objects.get(payment=self.payment)


def make_counter(desk: Desk | None = None) -> Counter:
    place = desk or make_desk()
    officer = make_officer(Role.CASE_OFFICER, agency=place.agency, full_name="Đỗ Thị Lan")
    head = make_officer(Role.DESK_HEAD, agency=place.agency, full_name="Phạm Văn Trưởng")
    return Counter(place, officer, head)


def make_online() -> Moneyback:
    """Paid through VNPAY, as its server said."""
    place = make_online_desk()
    begun = begin(place, make_waiting(place))
    assert begun.send() == "00"
    return Moneyback(make_counter(place.desk), begun.owed, begun.again())


def make_surplus() -> Moneyback:
    """Paid online after the desk had taken cash for the same fee: all of it goes back."""
    place = make_online_desk()
    begun = begin(place, make_waiting(place))
    begun.owed.pay()
    assert begun.send() == "00"
    return Moneyback(make_counter(place.desk), begun.owed, begun.again())


def propose(counter: Counter, receipt: Receipt, amount: int = 15_000, way: str = "cash") -> Refund:
    source = Source.of(None, receipt)
    return refunding.begin(source, actor=counter.officer.actor, amount=amount, reason=REASON, way=way)


def approve(counter: Counter, refund: Refund) -> Refund:
    return refunding.approve(refund.pk, actor=counter.head.actor, seen=seen(refund))


def make_approved(place: Moneyback, amount: int = 15_000) -> Refund:
    """Decided by two people, and due to be sent through the gateway."""
    return approve(place.counter, propose(place.counter, place.receipt, amount, "gateway"))


def seen(refund: Refund) -> str:
    return fingerprint(Refund.objects.get(pk=refund.pk))


def again(refund: Refund) -> Refund:
    return Refund.objects.get(pk=refund.pk)


def make_due(refund: Refund) -> None:
    """Its waiting time is over."""
    Refund.objects.filter(pk=refund.pk).update(next_try_at=clock.now())


def balance(**conditions: Any) -> dict[str, int]:
    """Đồng by account; empty accounts are left out."""
    found: dict[str, int] = {}
    for account, amount in LedgerEntry.objects.filter(**conditions).values_list("account", "amount"):
        found[account] = found.get(account, 0) + amount
    return {account: amount for account, amount in found.items() if amount}


@dataclass
class Voice:
    """What the gateway is asked and told, in order."""

    calls: list[tuple[str, RefundOrder]]


def answer_refunds(
    monkeypatch: pytest.MonkeyPatch,
    *orders: RefundState | Exception,
    asked: tuple[RefundState, ...] = (),
    during: Callable[[], None] | None = None,
) -> Voice:
    """VNPAY answers each order with the next of `orders`, each question with the next of `asked`, the last for ever."""
    voice = Voice([])

    def play(name: str, script: tuple[RefundState | Exception, ...]) -> Callable[..., RefundVerdict]:
        def answer(_contract: object, order: RefundOrder) -> RefundVerdict:
            done = sum(called == name for called, _order in voice.calls)
            voice.calls.append((name, order))
            if during is not None:
                during()
            said = script[min(done, len(script) - 1)]
            if isinstance(said, Exception):
                raise said
            return RefundVerdict(said, "00" if said is RefundState.DONE else "99", "GT-1")

        return answer

    changed = replace(
        gateways.get("vnpay"),
        refund=play("order", orders),
        ask_refund=play("ask", asked or (RefundState.UNKNOWN,)),
    )
    monkeypatch.setitem(gateways._items, "vnpay", changed)
    return voice
