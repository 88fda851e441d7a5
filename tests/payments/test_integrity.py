"""check_integrity finds what the services would never write."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from payments import integrity
from portal.core.integrity import integrity_checks
from portal.core.models import Counter
from tests.payments.owed import BEFORE, LE_PHI, Owed, make_desk, make_owed

pytestmark = pytest.mark.django_db
CHECKS = (integrity.check_fees, integrity.check_bookings, integrity.check_balance, integrity.check_books)


def faults() -> list[str]:
    return [fault.text for check in CHECKS for fault in check()]


def tamper(statement: str) -> None:
    """Change a row behind the back of every trigger, as somebody with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def paid() -> Owed:
    """Two receipts in one book, one of them for a dossier with another fee still open."""
    desk = make_desk(BEFORE, LE_PHI)
    first, second = make_owed(desk), make_owed(desk)
    first.pay(fee=first.dossier.fees.get(mode="before").pk)
    second.pay()
    return second


def test_all_is_well_after_real_payments(paid: Owed) -> None:
    assert faults() == []


TAMPERED = [
    ("DELETE FROM payments_receipt WHERE number = 2", "there is no receipt"),
    ("DELETE FROM payments_receipt WHERE number = 2", "booked for a fee that has no receipt"),
    ("DELETE FROM payments_receipt WHERE number = 1", "1 receipts, but the last is number 2"),
    (
        "DELETE FROM payments_receipt WHERE number = 2",
        "the counter stands at 2, the last receipt is number 1",
    ),
    ("UPDATE payments_receipt SET amount = amount + 1", "but its receipt says 20001"),
    ("UPDATE dossiers_fee SET amount = amount + 1", "settled with 20001, but its receipt says 20000"),
    ("UPDATE dossiers_fee SET status = 'open', settled_at = NULL", "open with 20000, but its receipt says"),
    ("UPDATE payments_ledgerentry SET amount = 1 WHERE amount > 0", "the entries sum to"),
    ("DELETE FROM payments_ledgerentry", "20000 taken, 0 booked"),
    ("UPDATE payments_ledgerentry SET fee_id = NULL", "20000 taken, 0 booked"),
    ("UPDATE payments_ledgerentry SET account = 'refund' WHERE amount < 0", "20000 taken, 0 booked"),
    ("UPDATE core_counter SET value = 1 WHERE series LIKE 'book:receipt:%'", "the counter stands at 1"),
    ("UPDATE core_counter SET value = 9 WHERE series LIKE 'book:receipt:%'", "the counter stands at 9"),
]


@pytest.mark.parametrize(("statement", "words"), TAMPERED)
def test_each_kind_of_tampering_is_found(paid: Owed, statement: str, words: str) -> None:
    tamper(statement)

    assert any(words in fault for fault in faults()), faults()


def test_a_payment_that_went_round_the_till_is_found(paid: Owed) -> None:
    """Fees marked settled by hand, without a receipt."""
    paid.dossier.fees.filter(status="open").update(status="settled", settled_at=paid.dossier.created_at)

    assert [fault for fault in faults() if "there is no receipt" in fault] != []


def test_the_command_runs_them_all(paid: Owed) -> None:
    names = {"fees", "bookings", "ledger", "receipt_books"}
    assert names <= set(integrity_checks)
    assert Counter.objects.filter(series__startswith="book:receipt:").count() == 1
    tamper("UPDATE core_counter SET value = 9 WHERE series LIKE 'book:receipt:%'")

    out = StringIO()
    with pytest.raises(CommandError, match="1 fault"):
        call_command("check_integrity", stdout=out)
    assert "book:receipt:" in out.getvalue()
