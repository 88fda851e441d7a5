"""Refunds through the gateway: every answer, every loss of one, always the same reference."""

from datetime import timedelta

import pytest

from payments.choices import RefundStatus
from payments.gateways.base import RefundState
from payments.integrity_money import check_accounts, check_refunds
from payments.models import Difference, GatewayEvent, LedgerEntry, Refund
from payments.services import refund_paying
from payments.services.refund_sending import LEASE, send_due
from portal.core import clock
from tests.payments.refunds.moneyback import (
    Moneyback,
    again,
    answer_refunds,
    balance,
    make_approved,
    make_due,
    seen,
)

pytestmark = pytest.mark.django_db
DONE, ACCEPTED, REFUSED, ABSENT, UNKNOWN = (
    RefundState.DONE,
    RefundState.ACCEPTED,
    RefundState.REFUSED,
    RefundState.ABSENT,
    RefundState.UNKNOWN,
)


def test_it_is_sent_once_and_booked_when_the_gateway_paid(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online, 5_000)
    voice = answer_refunds(monkeypatch, DONE)

    assert (send_due(), send_due()) == (1, 0)

    sent = again(refund)
    assert (sent.status, sent.gateway_number, sent.attempts, sent.next_try_at) == ("done", "GT-1", 1, None)
    [(name, order)] = voice.calls
    assert (name, order.request_number, order.reference) == (
        "order",
        refund.reference,
        online.payment.reference,
    )
    assert (order.amount, order.paid_amount, order.is_whole) == (5_000, 15_000, False)
    assert order.ordered_by == online.counter.head.user.username
    assert balance(refund=refund, kind="refund_paid") == {"refund": 5_000, "gateway_clearing": -5_000}
    assert GatewayEvent.objects.filter(kind="refund", reference=refund.reference, verdict="done").count() == 1
    assert [*check_accounts(), *check_refunds()] == []


@pytest.mark.parametrize(
    ("orders", "asked", "calls", "status"),
    [
        ([ACCEPTED], [DONE], ["order", "ask"], "done"),
        ([UNKNOWN], [DONE], ["order", "ask"], "done"),
        ([UNKNOWN], [ABSENT], ["order", "ask", "order"], "unsure"),
        ([UNKNOWN, DONE], [ABSENT], ["order", "ask", "order"], "done"),
        ([UNKNOWN, REFUSED], [ABSENT], ["order", "ask", "order"], "failed"),
        ([UNKNOWN], [REFUSED], ["order", "ask"], "failed"),
        ([ACCEPTED], [ACCEPTED], ["order", "ask"], "unsure"),
        ([UNKNOWN], [UNKNOWN], ["order", "ask"], "unsure"),
        ([TimeoutError()], [DONE], ["order", "ask"], "done"),
    ],
)
def test_what_is_not_clear_is_asked_before_it_is_ordered_again(
    online: Moneyback,
    monkeypatch: pytest.MonkeyPatch,
    orders: list[RefundState | Exception],
    asked: list[RefundState],
    calls: list[str],
    status: str,
) -> None:
    refund = make_approved(online)
    voice = answer_refunds(monkeypatch, *orders, asked=tuple(asked))
    send_due()
    assert again(refund).status == RefundStatus.UNSURE

    make_due(refund)
    send_due()

    assert [name for name, _order in voice.calls] == calls
    assert {order.request_number for _name, order in voice.calls} == {refund.reference}
    assert len({(order.ordered_at, order.amount) for _name, order in voice.calls}) == 1
    assert again(refund).status == status
    paid = LedgerEntry.objects.filter(refund=refund, kind="refund_paid").count()
    assert paid == (2 if status == "done" else 0)


def test_it_waits_longer_after_each_try_but_never_gives_up(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online)
    answer_refunds(monkeypatch, UNKNOWN)
    waits = []
    for _try in range(9):
        make_due(refund)
        now = clock.now()
        send_due()
        at = again(refund).next_try_at
        assert at is not None
        waits.append(round((at - now) / timedelta(minutes=1)))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert send_due() == 0
    [difference] = Difference.objects.filter(kind="unanswered", ended_at=None)
    assert (difference.reference, difference.ours) == (refund.reference, 15_000)

    answer_refunds(monkeypatch, DONE, asked=(DONE,))
    make_due(refund)
    send_due()

    assert again(refund).status == "done"
    assert not Difference.objects.filter(ended_at=None).exists()


def test_who_died_while_sending_left_a_lease_and_the_next_one_asks(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """kill -9: nothing after it runs."""

    def die() -> None:
        raise Killed

    refund = make_approved(online)
    answer_refunds(monkeypatch, DONE, during=die)
    with pytest.raises(Killed):
        send_due()
    left = again(refund)
    assert (left.status, left.attempts) == ("approved", 1)
    assert left.next_try_at is not None
    assert left.next_try_at > clock.now() + LEASE / 2

    voice = answer_refunds(monkeypatch, DONE, asked=(DONE,))
    assert send_due() == 0
    make_due(refund)
    assert send_due() == 1
    assert [name for name, _order in voice.calls] == ["ask"]


def test_refunds_of_one_payment_go_one_after_another(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_approved(online, 5_000), make_approved(online, 5_000)
    voice = answer_refunds(monkeypatch, UNKNOWN, DONE, asked=(DONE,))

    send_due()
    assert [order.request_number for _name, order in voice.calls] == [first.reference]
    assert again(second).attempts == 0
    make_due(first)
    send_due()

    assert [again(row).status for row in (first, second)] == ["done", "done"]
    assert [order.request_number for _name, order in voice.calls] == [
        first.reference, first.reference, second.reference,
    ]  # fmt: skip
    assert balance(kind="refund_paid") == {"refund": 10_000, "gateway_clearing": -10_000}


def test_one_that_cannot_be_sent_does_not_hold_up_the_others(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online)
    answer_refunds(monkeypatch, ZeroDivisionError())

    assert send_due() == 0

    assert (again(refund).status, again(refund).answer_code) == ("unsure", "fault")


def test_what_failed_is_sent_again_under_its_reference(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online)
    answer_refunds(monkeypatch, REFUSED)
    send_due()
    assert (again(refund).status, again(refund).next_try_at) == ("failed", None)
    assert send_due() == 0

    refund_paying.retry(refund.pk, actor=online.counter.head.actor, seen=seen(refund))
    voice = answer_refunds(monkeypatch, DONE, asked=(ABSENT,))
    send_due()

    assert again(refund).status == "done"
    assert {order.request_number for _name, order in voice.calls} == {refund.reference}


def test_what_failed_is_paid_by_hand_and_never_sent_again(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online)
    answer_refunds(monkeypatch, REFUSED)
    send_due()
    refund_paying.turn(refund.pk, actor=online.counter.head.actor, way="transfer", seen=seen(refund))
    voice = answer_refunds(monkeypatch, DONE)
    make_due(refund)

    assert send_due() == 0
    refund_paying.pay_out(refund.pk, actor=online.counter.desk.cashier.actor, seen=seen(refund), number="FT9")

    assert voice.calls == []
    assert balance() == {"gateway_clearing": 15_000, "bank": -15_000}
    assert [*check_accounts(), *check_refunds()] == []


def test_a_late_answer_to_what_has_ended_changes_nothing(
    online: Moneyback, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = make_approved(online)

    def end_meanwhile() -> None:
        Refund.objects.filter(pk=refund.pk).update(status="failed", next_try_at=None)

    answer_refunds(monkeypatch, DONE, during=end_meanwhile)

    assert send_due() == 0

    assert again(refund).status == "failed"
    assert not LedgerEntry.objects.filter(kind="refund_paid").exists()
    assert GatewayEvent.objects.filter(kind="refund").count() == 1
    assert Difference.objects.get(kind="status").theirs == 15_000
