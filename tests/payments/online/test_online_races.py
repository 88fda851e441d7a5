"""Real connections at once: one attempt, one settlement, one question; and what the lock saves us from."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from dossiers.choices import FeeStatus
from payments.integrity import check_balance, check_bookings, check_fees
from payments.models import GatewayEvent, LedgerEntry, Payment, Receipt, Refund
from payments.services.confirming import take_server_message
from payments.services.reconciling import reconcile_due
from portal.core.errors import PortalError
from tests.concurrency.unlocked import Meeting, take_locks_away
from tests.core.races import race
from tests.payments.online.begun import (
    GATEWAY,
    Begun,
    OnlineDesk,
    answer_with,
    begin,
    book_of,
    make_online_desk,
    make_waiting,
    paid,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def begun() -> Begun:
    return begin(make_online_desk())


def send_at_once(begun: Begun, times: int) -> Counter[str]:
    """Equal server messages on connections of their own; how often each answer was given."""
    query = begun.say()

    def send() -> str:
        return take_server_message(GATEWAY, query)["RspCode"]

    answers = race([send] * times)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    return Counter(map(str, answers))


def test_ten_equal_messages_at_once_settle_once(begun: Begun) -> None:
    assert send_at_once(begun, 10) == {"00": 1, "02": 9}

    assert (Receipt.objects.count(), begun.dossier.status) == (1, "submitted")
    assert book_of()["gateway_clearing"] == 15_000
    assert GatewayEvent.objects.count() == 10
    assert [*check_fees(), *check_bookings(), *check_balance()] == []


def test_ten_equal_messages_for_a_fee_that_is_gone_are_one_surplus(begun: Begun) -> None:
    begun.owed.dossier.fees.update(status=FeeStatus.WAIVED)

    assert send_at_once(begun, 10) == {"00": 1, "02": 9}
    assert book_of() == {"gateway_clearing": 15_000, "refund": -15_000}
    assert Refund.objects.count() == 1


def test_control_without_the_lock_one_payment_is_booked_twice(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun.owed.dossier.fees.update(status=FeeStatus.WAIVED)
    take_locks_away(monkeypatch, parties=2)
    for module in ("payments.services.verdicts", "payments.services.refund_steps"):
        monkeypatch.setattr(f"{module}.lock_rows", lambda rows: list(rows.order_by("pk")))
    monkeypatch.setattr("dossiers.work.Work.flush", _flush_events_apart)

    send_at_once(begun, 2)

    assert book_of() == {"gateway_clearing": 30_000, "refund": -30_000}


def _flush_events_apart(work: Any) -> None:
    """Without the chain of events, whose own unique key would stop the second: the booking is of interest."""
    for insert in work._inserts:
        insert()


def test_cash_and_online_at_once_settle_once_and_the_other_is_surplus_or_refused() -> None:
    place = make_online_desk()
    begun = begin(place)
    version = begun.owed.version

    def online() -> str:
        return begun.send()

    def cash() -> Receipt:
        return begun.owed.pay(version=version)

    answer, taken = race([online, cash])

    payment, receipt = begun.again(), Receipt.objects.get()
    assert (answer, payment.status, begun.fee.status) == ("00", "paid", "settled")
    if payment.outcome == "surplus":
        assert (receipt.method, book_of()["refund"]) == ("cash", -15_000)
    else:
        assert isinstance(taken, PortalError)
        assert (receipt.method, "refund" in book_of()) == ("online", False)
    assert [*check_fees(), *check_bookings(), *check_balance()] == []


def test_two_tabs_at_once_begin_one_attempt() -> None:
    place = make_online_desk()
    owed = make_waiting(place)

    def start() -> Payment:
        return begin(place, owed).payment

    found = race([start] * 6)

    assert {payment.pk for payment in found if isinstance(payment, Payment)} == {Payment.objects.get().pk}
    assert not [payment for payment in found if isinstance(payment, Exception)]


def ask_with_two_workers(
    place: OnlineDesk, monkeypatch: pytest.MonkeyPatch, many: int
) -> tuple[list[str], list[Begun]]:
    waiting = [begin(place) for _ in range(many)]
    asked = answer_with(monkeypatch, paid(waiting[0].payment))
    with time_machine.travel(
        max(row.payment.created_at for row in waiting) + timedelta(minutes=5), tick=False
    ):
        counted = race([reconcile_due, reconcile_due])
    assert sum(count for count in counted if isinstance(count, int)) == len(asked)
    return asked, waiting


def test_two_workers_ask_about_each_attempt_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, waiting = ask_with_two_workers(make_online_desk(), monkeypatch, 6)

    assert sorted(asked) == sorted(row.payment.reference for row in waiting)
    assert {row.again().status for row in waiting} == {"paid"}
    assert LedgerEntry.objects.filter(account="gateway_clearing").count() == 6


def test_control_without_the_claim_both_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Meeting(2)

    def read_only(rows: Any, *, limit: int) -> list[Any]:
        found = list(rows[:limit])
        meeting.wait()
        return found

    monkeypatch.setattr("payments.services.reconciling.claim_rows", read_only)
    asked, waiting = ask_with_two_workers(make_online_desk(), monkeypatch, 2)

    assert len(asked) == 2 * len(waiting)
    assert LedgerEntry.objects.filter(account="gateway_clearing").count() == 2
