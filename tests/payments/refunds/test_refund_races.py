"""Two people at once: one decision, never more than came in, one order; and what happens without locks."""

from collections.abc import Callable
from functools import partial

import pytest

from dossiers.work import write_dossier
from payments.gateways.base import RefundState
from payments.models import LedgerEntry, Receipt, Refund
from payments.refunds.rules import Room
from payments.services import refund_paying, refunding
from payments.services.refund_sending import send_due
from payments.services.refund_steps import check_amount
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.errors import Conflict, RuleViolation
from tests.concurrency.unlocked import Meeting, take_locks_away
from tests.core.races import race
from tests.factories.people import make_officer
from tests.payments.refunds.moneyback import (
    answer_refunds,
    approve,
    balance,
    make_approved,
    make_counter,
    make_online,
    propose,
    seen,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _suggest(receipt: Receipt, cause: str) -> Refund:
    with write_dossier(receipt.dossier_id, actor=Actor.system()) as work:
        return refunding.suggest(work, receipt=receipt, amount=10_000, cause=cause)


def _suggest_at_once(receipt: Receipt) -> list[Refund | Exception]:
    return race([partial(_suggest, receipt, cause) for cause in ("mistake", "withdrawn")])


def test_two_refunds_at_once_never_come_to_more_than_was_paid() -> None:
    outcomes = _suggest_at_once(make_counter().take())

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refund", "RuleViolation"]
    assert sum(Refund.objects.values_list("amount", flat=True)) == 10_000


def meet_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have found room before either takes it."""
    meeting = Meeting(2)

    def check_and_meet(amount: int, room: Room) -> None:
        check_amount(amount, room)
        meeting.wait()

    monkeypatch.setattr(refunding, "check_amount", check_and_meet)


def test_without_the_lock_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = make_counter().take()
    take_locks_away(monkeypatch, parties=2)
    meet_before_writing(monkeypatch)

    _suggest_at_once(receipt)

    assert sum(Refund.objects.values_list("amount", flat=True)) == 20_000


def test_two_heads_at_once_decide_once() -> None:
    counter = make_counter()
    refund, other = propose(counter, counter.take()), make_officer(Role.DESK_HEAD, agency=counter.desk.agency)
    now = seen(refund)
    acts: list[Callable[[], Refund]] = [
        lambda: refunding.approve(refund.pk, actor=counter.head.actor, seen=now),
        lambda: refunding.approve(refund.pk, actor=other.actor, seen=now),
        lambda: refunding.reject(refund.pk, actor=other.actor, reason="Không", seen=now),
    ]

    outcomes = race(acts)

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 2
    booked = LedgerEntry.objects.filter(refund=refund).count()
    assert booked == (3 if Refund.objects.get().status == "approved" else 0)


def test_two_cashiers_at_once_pay_once() -> None:
    counter = make_counter()
    refund = approve(counter, propose(counter, counter.take(), way="transfer"))
    pay = partial(refund_paying.pay_out, refund.pk, actor=counter.desk.cashier.actor, seen=seen(refund))

    outcomes = race([partial(pay, number="FT1"), partial(pay, number="FT2")])

    assert sum(isinstance(outcome, Conflict | RuleViolation) for outcome in outcomes) == 1
    assert balance(account="bank") == {"bank": -15_000}


def test_two_workers_at_once_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refund = make_approved(make_online())
    voice = answer_refunds(monkeypatch, RefundState.DONE)

    outcomes = race([send_due, send_due, send_due])

    assert sorted(map(str, outcomes)) == ["0", "0", "1"]
    assert len(voice.calls) == 1
    assert LedgerEntry.objects.filter(refund=refund, kind="refund_paid").count() == 2
