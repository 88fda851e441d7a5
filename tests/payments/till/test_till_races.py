"""Real connections at once: one cashier has one session, and a close misses no receipt."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from payments.integrity import check_books
from payments.models import CashSession, LedgerEntry, Receipt
from payments.services import closing, post
from payments.services import tills as services
from payments.services.closing import Closing
from payments.till import reads as tills
from payments.till.counting import Count
from portal.accounts.actor import Actor
from portal.core.errors import Conflict
from tests.concurrency.unlocked import Meeting
from tests.core.races import race
from tests.payments.owed import Owed, make_desk, make_owed
from tests.payments.till.drawers import FEE, balances, take

pytestmark = pytest.mark.django_db(transaction=True)


def pay_at_once(owed: list[Owed]) -> list[Receipt | Exception]:
    def pay(place: int) -> Callable[[], Receipt]:
        return owed[place].pay

    return race([pay(place) for place in range(len(owed))])


def test_two_receipts_at_once_open_one_session() -> None:
    place = make_desk()
    owed = [make_owed(place) for _ in range(4)]

    outcomes = pay_at_once(owed)

    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    session = CashSession.objects.get()
    assert {receipt.session_id for receipt in Receipt.objects.all()} == {session.pk}
    assert tills.sum_drawer(session) == 4 * FEE
    assert list(check_books()) == []


def test_control_who_only_looks_before_opening_fails_beside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    both_looked = Meeting(2)

    def insert(actor: Actor, membership_id: int, agency_id: int, now: Any) -> None:
        both_looked.wait()
        CashSession.objects.create(
            membership_id=membership_id, agency_id=agency_id, cashier_name=actor.name, opened_at=now
        )

    monkeypatch.setattr(services, "_insert_once", insert)
    place = make_desk()

    outcomes = pay_at_once([make_owed(place), make_owed(place)])

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert Receipt.objects.count() == 1


def close_beside_a_receipt(monkeypatch: pytest.MonkeyPatch) -> tuple[CashSession, list[Any]]:
    """A receipt stands in its transaction, its money not yet committed, while the drawer is closed."""
    place = make_desk()
    session, owed = take(place), make_owed(place)
    receiving, closed = threading.Event(), threading.Event()
    write = LedgerEntry.objects.bulk_create

    def bulk_create(rows: Any) -> list[LedgerEntry]:
        written = write(rows)
        if not receiving.is_set():
            receiving.set()
            closed.wait(1)  # the close waits for this transaction; without the lock it is done long before
        return written

    def close() -> CashSession:
        receiving.wait(5)
        try:
            return closing.close(session.pk, Closing(Count(FEE), FEE), actor=place.cashier.actor)
        finally:
            closed.set()

    monkeypatch.setattr(LedgerEntry.objects, "bulk_create", bulk_create)
    both: list[Callable[[], Any]] = [owed.pay, close]
    outcomes = race(both)
    session.refresh_from_db()
    return session, outcomes


def test_a_close_waits_for_the_receipt_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session, outcomes = close_beside_a_receipt(monkeypatch)

    assert isinstance(outcomes[0], Receipt)
    assert isinstance(outcomes[1], Conflict)
    assert outcomes[1].code == "drawer_moved"
    assert session.closed_at is None


def test_control_without_the_lock_a_close_misses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (services, closing):
        monkeypatch.setattr(module, "lock_rows", lambda rows: list(rows.order_by("pk")))

    session, outcomes = close_beside_a_receipt(monkeypatch)

    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    assert session.counted == FEE
    assert balances(session)["cash_drawer"] == 2 * FEE


def test_a_second_click_on_close_is_refused_and_books_nothing_twice() -> None:
    place = make_desk()
    session = take(place)
    asked = Closing(Count(FEE), FEE, handed_in=FEE, handed_in_number="NT-1")

    outcomes = race([lambda: closing.close(session.pk, asked, actor=place.cashier.actor)] * 3)

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 2
    assert balances(session) == {"bank": FEE, "revenue_phi": -12_000, "revenue_le_phi": -3_000}


def test_two_lists_of_the_post_settle_a_fee_once() -> None:
    place = make_desk()
    owed = make_owed(place)
    actor = place.cashier.actor
    noted = post.note_post(owed.dossier.pk, owed.fee.pk, "EB1", actor=actor, version=owed.version)

    outcomes = race([lambda: post.take_list([noted.pk], actor=actor)] * 3)

    done = [line for lines in outcomes if isinstance(lines, list) for line in lines if line.receipt]
    assert len(done) == 1
    assert Receipt.objects.count() == 1
