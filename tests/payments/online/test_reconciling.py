"""The gateway is asked: a lost message, silence, the end of an attempt, and a worker that dies in between."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from payments.gateways.base import PayState, Verdict
from payments.gateways.registry import gateways
from payments.models import Difference, Payment, Receipt
from payments.services import reconciling, verdicts
from payments.services.reconciling import reconcile_due
from payments.services.returning import note_return
from portal.core.errors import LockTimeout
from tests.payments.online.begun import (
    CANCELLED,
    PAID,
    UNDECIDED,
    Begun,
    OnlineDesk,
    answer_with,
    begin,
    paid,
)

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
PENDING, UNKNOWN = (Verdict(state, code="91") for state in (PayState.PENDING, PayState.UNKNOWN))


def after(begun: Begun, minutes: int) -> int:
    """Beat comes by so many minutes after the attempt began; how many it asked about."""
    with time_machine.travel(begun.payment.created_at + minutes * MINUTE, tick=False):
        return reconcile_due()


def test_a_lost_message_is_found_by_asking(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer_with(monkeypatch, paid(begun.payment))

    assert [after(begun, minutes) for minutes in (4, 5, 6, 30)] == [0, 1, 0, 0]
    assert asked == [begun.payment.reference]
    assert (begun.again().status, begun.dossier.status) == ("paid", "submitted")
    assert begun.send() == "02"
    assert Receipt.objects.count() == 1


def test_it_expires_only_when_the_gateway_says_not_paid(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, PENDING, UNKNOWN, PENDING)

    statuses = [(after(begun, minutes), begun.again().status) for minutes in (5, 90, 91, 100)]
    assert statuses == [(1, "created"), (1, "created"), (0, "created"), (1, "expired")]
    assert begun.dossier.status == "awaiting_payment"


def test_an_expired_attempt_that_was_paid_after_all_is_paid(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, PENDING, paid(begun.payment))
    after(begun, 90)
    assert begun.again().status == "expired"

    assert after(begun, 100) == 1
    assert (begun.again().status, begun.dossier.status) == ("paid", "submitted")


@pytest.mark.parametrize(("last", "asked_after"), [(PENDING, None), (UNKNOWN, 75)])
def test_a_failed_attempt_is_asked_about_once_more(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, last: Verdict, asked_after: int | None
) -> None:
    answer_with(monkeypatch, last)
    with time_machine.travel(begun.payment.created_at + 5 * MINUTE, tick=False):
        begun.send(CANCELLED)

    assert after(begun, 15) == 1
    payment = begun.again()
    expected = None if asked_after is None else payment.created_at + asked_after * MINUTE
    assert (payment.status, payment.next_ask_at) == ("failed", expected)


@pytest.mark.parametrize(
    ("code", "amount", "asked_at"),
    [(PAID, "1400000", 2 * MINUTE + 10 * SECOND), (UNDECIDED, "1500000", 3 * MINUTE)],
)
def test_no_repeated_message_puts_our_own_question_off(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, code: str, amount: str, asked_at: timedelta
) -> None:
    answer_with(monkeypatch, paid(begun.payment))
    for minutes in (2, 4):
        with time_machine.travel(begun.payment.created_at + minutes * MINUTE, tick=False):
            begun.send(code, vnp_Amount=amount)

    assert begun.again().next_ask_at == begun.payment.created_at + asked_at
    assert after(begun, 5) == 1
    assert begun.again().status == "paid"


def test_silence_is_shown_to_a_person_after_an_hour_and_ends_with_an_answer(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, *[UNKNOWN] * 4, paid(begun.payment))

    found = [
        (after(begun, minutes), Difference.objects.filter(ended_at=None).count())
        for minutes in (5, 59, 60, 70)
    ]
    assert found == [(1, 0), (1, 0), (0, 0), (1, 1)]
    assert Difference.objects.get().kind == "unanswered"
    after(begun, 80)
    after(begun, 90)
    assert begun.again().status == "paid"
    assert not Difference.objects.filter(ended_at=None).exists()


def test_an_answer_with_another_amount_takes_nothing(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, Verdict(PayState.PAID, 14_000, code="00"))

    assert after(begun, 5) == 1
    assert (begun.again().status, Difference.objects.get().kind) == ("created", "amount")


def test_what_a_dying_worker_had_claimed_is_asked_again(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_with(monkeypatch, paid(begun.payment))
    with monkeypatch.context() as dying:
        dying.setattr(reconciling, "apply_verdict", _raise(SystemExit()))
        with pytest.raises(SystemExit):
            after(begun, 5)
    assert (after(begun, 7), after(begun, 8), len(asked)) == (0, 1, 2)
    assert begun.again().status == "paid"


def test_one_attempt_that_breaks_holds_up_nobody(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    other = begin(OnlineDesk(begun.owed.desk, begun.account))
    answer_with(monkeypatch, paid(begun.payment))
    apply = verdicts.apply_verdict

    def break_once(payment_id: UUID, *arguments: Any) -> Any:
        if payment_id == begun.payment.pk:
            raise ZeroDivisionError
        return apply(payment_id, *arguments)

    monkeypatch.setattr(reconciling, "apply_verdict", break_once)
    assert after(other, 6) == 2
    assert (begun.again().status, other.again().status) == ("created", "paid")


def test_a_return_after_the_end_has_the_gateway_asked_again(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, PENDING, PENDING, paid(begun.payment))
    assert [after(begun, minutes) for minutes in (90, 100, 120)] == [1, 1, 0]

    with time_machine.travel(begun.payment.created_at + 121 * MINUTE, tick=False):
        note_return("vnpay", begun.say(PAID))
    assert begun.again().status == "expired"
    assert after(begun, 122) == 1
    assert (begun.again().status, begun.dossier.status) == ("paid", "submitted")


def test_a_dossier_that_somebody_holds_waits_for_the_next_time(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, paid(begun.payment))
    with monkeypatch.context() as held:
        held.setattr(verdicts, "write_dossier", _raise(LockTimeout()))
        assert after(begun, 5) == 1
    assert begun.again().status == "created"
    assert after(begun, 8) == 1
    assert begun.again().status == "paid"


def test_a_gateway_that_cannot_be_asked_ends_by_the_clock(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    mute = replace(gateways.get("vnpay"), can_query=False)
    monkeypatch.setitem(gateways._items, "vnpay", mute)

    assert [(after(begun, minutes), begun.again().status) for minutes in (5, 90)] == [
        (1, "created"),
        (1, "expired"),
    ]
    assert begun.send(PAID) == "00"
    assert begun.again().status == "paid"


def test_a_gateway_that_breaks_is_silence(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(gateways.get("vnpay"), ask=_raise(ZeroDivisionError()))
    monkeypatch.setitem(gateways._items, "vnpay", broken)

    assert after(begun, 5) == 1
    assert Payment.objects.get().status == "created"
    assert begun.send(PAID) == "00"


def _raise(error: BaseException) -> Any:
    def fail(*_arguments: Any, **_named: Any) -> Any:
        raise error

    return fail
