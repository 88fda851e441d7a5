"""What the database itself refuses: unbalanced transactions, changed rows, impossible amounts."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pytest_django import Settings

from payments.models import LedgerEntry
from portal.core import clock, ids
from portal.core.locking import durable
from tests.factories.people import make_agency
from tests.payments.owed import Owed, make_owed

ROLE = "motcua_payments_test"


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


Add = Callable[..., UUID]


@pytest.fixture
def add() -> Add:
    """Writes one transaction of the ledger, leg by leg."""
    agency = make_agency()

    def write(*legs: tuple[str, int], key: UUID | None = None, **changes: Any) -> UUID:
        number = key or ids.uuid7()
        row = {"transaction": number, "kind": "cash_receipt", "at": clock.now(), "agency": agency, **changes}
        for account, amount in legs:
            LedgerEntry.objects.create(account=account, amount=amount, **row)
        return number

    return write


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "legs",
    [
        [("cash_drawer", 5_000)],
        [("cash_drawer", 5_000), ("revenue_phi", -4_999)],
        [("cash_drawer", 5_000), ("revenue_phi", -5_000), ("refund", 1)],
    ],
)
def test_an_unbalanced_transaction_is_refused_at_commit(add: Add, legs: list[tuple[str, int]]) -> None:
    def write() -> None:
        with durable():
            add(*legs)
            assert LedgerEntry.objects.count() == len(legs)

    with pytest.raises(IntegrityError, match="unbalanced"):
        write()

    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_balanced_transaction_commits_and_may_not_be_unbalanced_later(add: Add) -> None:
    with durable():
        key = add(("cash_drawer", 5_000), ("revenue_phi", -2_000), ("revenue_le_phi", -3_000))
    with pytest.raises(IntegrityError, match="unbalanced"), durable():
        add(("bank", 7), key=key)

    assert LedgerEntry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_unbalanced_transaction_takes_the_whole_use_case_with_it(add: Add) -> None:
    def write() -> None:
        with durable():
            add(("cash_drawer", 1), ("revenue_phi", -1))
            add(("cash_drawer", 1))

    with pytest.raises(IntegrityError, match="unbalanced"):
        write()

    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_ledgerentry SET amount = amount + 1",
        "UPDATE payments_ledgerentry SET note = 'x'",
        "DELETE FROM payments_ledgerentry",
        "UPDATE payments_receipt SET payer_name = 'x'",
        "UPDATE payments_receipt SET number = 7",
        "DELETE FROM payments_receipt",
    ],
)
def test_what_was_booked_is_never_changed(owed: Owed, statement: str) -> None:
    owed.pay()

    with pytest.raises(IntegrityError, match="append-only"):
        run(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("legs", "changes", "constraint"),
    [
        ([("cash_drawer", 0)], {}, "ledger_amount_not_zero"),
        ([("pocket", 5)], {}, "ledger_account_known"),
        ([("cash_drawer", 5)], {"kind": "gift"}, "ledger_kind_known"),
    ],
)
def test_impossible_entries_are_refused(
    add: Add, legs: list[tuple[str, int]], changes: dict[str, str], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        add(*legs, **changes)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("number", "0", "receipt_number_from_one"),
        ("number", "1", "receipt_number_once"),
        ("amount", "0", "receipt_amount_positive"),
        ("method", "'gold'", "receipt_method_known"),
        ("fee_id", "fee_id", "payments_receipt_fee_id"),
    ],
)
def test_a_second_or_impossible_receipt_is_refused(
    owed: Owed, column: str, value: str, constraint: str
) -> None:
    """A receipt is copied for another fee, under the next number, with one thing wrong."""
    owed.pay()
    other = f"'{make_owed(owed.desk).fee.pk}'"
    fresh = {"id": "gen_random_uuid()", "transaction": "gen_random_uuid()", "fee_id": other, "number": "2"}
    changed = {**fresh, column: value}
    copied = "agency_id agency_code year dossier_id amount lines method payer_name agency_name"
    names = [
        *copied.split(),
        *["parent_agency_name", "issued_at", "issued_by_id", "issued_by_name", "slip"],
        *changed,
    ]
    columns = list(dict.fromkeys(names))
    values = ", ".join(changed.get(name, name) for name in columns)

    with pytest.raises(IntegrityError, match=constraint):
        run(f"INSERT INTO payments_receipt ({', '.join(columns)}) SELECT {values} FROM payments_receipt")


@pytest.fixture
def _app_role(owed: Owed, settings: Settings) -> Iterator[None]:
    owed.pay()
    run(f"CREATE ROLE {ROLE}")
    settings.APP_DB_ROLE = ROLE
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"SET ROLE {ROLE}")
    yield
    run("RESET ROLE")


@pytest.mark.django_db
@pytest.mark.usefixtures("_app_role")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_ledgerentry SET amount = 1",
        "DELETE FROM payments_ledgerentry",
        "UPDATE payments_receipt SET amount = 1",
        "DELETE FROM payments_receipt",
        "TRUNCATE payments_receipt",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER ALL",
    ],
)
def test_the_application_may_not_rewrite_the_books(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


@pytest.mark.django_db
@pytest.mark.usefixtures("_app_role")
def test_the_application_may_add_to_the_books_and_is_held_to_their_balance() -> None:
    leg = (
        "INSERT INTO payments_ledgerentry (transaction, kind, account, amount, agency_id, at, note)"
        " SELECT gen_random_uuid(), kind, account, {}, agency_id, at, '' FROM payments_ledgerentry LIMIT 1"
    )
    with pytest.raises(IntegrityError, match="unbalanced"):
        run(leg.format(1))
