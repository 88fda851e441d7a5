"""Each check finds the row that was corrupted behind the services' back; online receipts too."""

import pytest
from django.db import transaction

from payments.gateways.base import RefundState
from payments.integrity import check_bookings, check_fees
from payments.integrity_money import check_accounts, check_payments, check_refunds
from payments.services.refund_sending import send_due
from tests.payments.refunds.moneyback import Moneyback, answer_refunds, make_approved, make_surplus
from tests.payments.test_integrity import tamper

pytestmark = pytest.mark.django_db
CHECKS = (check_fees, check_bookings, check_payments, check_refunds, check_accounts)


def faults() -> list[str]:
    return [fault.text for check in CHECKS for fault in check()]


@pytest.fixture
def refunded(online: Moneyback, monkeypatch: pytest.MonkeyPatch) -> Moneyback:
    """One payment with two refunds, the first of which was paid back."""
    make_approved(online, 5_000)
    answer_refunds(monkeypatch, RefundState.DONE)
    assert send_due() == 1
    make_approved(online, 4_000)
    make_surplus()
    return online


def test_all_is_well_after_real_refunds(refunded: Moneyback) -> None:
    assert faults() == []


ONLINE = "(SELECT transaction FROM payments_payment WHERE outcome = 'settled')"
TAMPERED = [
    (f"DELETE FROM payments_ledgerentry WHERE transaction = {ONLINE}", "paid 15000, 0 booked"),
    (f"DELETE FROM payments_ledgerentry WHERE transaction = {ONLINE}", "15000 taken, 0 booked"),
    ("UPDATE payments_payment SET amount = amount + 1 WHERE outcome = 'settled'", "paid 15001, 15000 booked"),
    ("DELETE FROM payments_receipt WHERE method = 'online'", "has no receipt of its transaction"),
    ("UPDATE payments_receipt SET payment_id = NULL WHERE method = 'online'", "no payment brought it"),
    (
        "UPDATE payments_ledgerentry SET account = 'receivable' WHERE account = 'refund' AND kind = 'surplus'",
        "15000 too much, 0 booked as owed back",
    ),
    (
        "UPDATE payments_refund SET amount = 12000 WHERE status = 'approved'",
        "brought 15000, but 17000 go back",
    ),
    ("UPDATE payments_refund SET amount = 4001 WHERE status = 'approved'", "approved with 4001, 4000 booked"),
    (
        "UPDATE payments_refund SET status = 'rejected' WHERE status = 'approved'",
        "rejected with 4000, 4000 booked as owed back",
    ),
    ("DELETE FROM payments_ledgerentry WHERE kind = 'refund_paid'", "done with 5000, 0 booked as paid"),
    (
        "UPDATE payments_refund SET status = 'unsure', paid_at = NULL WHERE status = 'done'",
        "unsure with 5000, 5000 booked as paid",
    ),
    (
        "UPDATE payments_ledgerentry SET account = 'bank' WHERE account = 'gateway_clearing' AND amount < 0",
        "holds 30000, the open items come to 25000",
    ),
    (
        "UPDATE payments_ledgerentry SET account = 'bank' WHERE account = 'refund' AND amount > 0",
        "holds -24000, the open items come to -19000",
    ),
    (
        "UPDATE payments_ledgerentry SET account = 'post_clearing' WHERE account = 'cash_drawer'",
        "holds 15000, the open items come to 0",
    ),
]


def test_what_was_changed_by_hand_is_found(refunded: Moneyback) -> None:
    missed = []
    for statement, text in TAMPERED:
        with transaction.atomic():
            tamper(statement)
            if not [fault for fault in faults() if text in fault]:
                missed.append((statement, faults()))
            transaction.set_rollback(True)
    assert missed == []
    assert faults() == []
