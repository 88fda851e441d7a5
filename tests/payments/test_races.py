"""Real connections at once: receipts without gaps, and one fee paid once."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection
from django.db.models import Max

from payments.integrity import check_books
from payments.models import LedgerEntry, Receipt
from portal.accounts.choices import Role
from portal.core import counters
from portal.core.errors import Conflict, PortalError, RuleViolation
from tests.core.races import race
from tests.factories.people import Officer, make_officer
from tests.payments.owed import Owed, make_desk, make_owed

pytestmark = pytest.mark.django_db(transaction=True)

Take = Callable[[str], int]


@pytest.fixture
def _sequence() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE naive_numbers")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP SEQUENCE naive_numbers")


def use_instead(monkeypatch: pytest.MonkeyPatch, take: Take) -> None:
    """Number receipts in another way; every other series stays as it is."""
    real = counters.next_number

    def next_number(series: str) -> int:
        return take(series) if series.startswith("book:receipt:") else real(series)

    monkeypatch.setattr(counters, "next_number", next_number)


def pay_all(owed: list[Owed], *, failing: int = 0) -> list[Receipt | Exception]:
    """Everybody pays at once, each at a cashier of their own: one cashier's receipts wait for each other's drawer.

    The last `failing` fall over after their number was taken.
    """
    cashiers = [make_officer(Role.RECEPTION, agency=one.desk.agency) for one in owed]

    def pay(place: int) -> Callable[[], Receipt]:
        name = "thất bại" if place >= len(owed) - failing else ""
        return lambda: owed[place].pay(cashiers[place], payer_name=name)

    return race([pay(place) for place in range(len(owed))])


@pytest.fixture
def _some_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A use case that breaks at its very last insert, when its number is long taken."""
    book = LedgerEntry.objects.bulk_create

    def bulk_create(rows: Iterator[LedgerEntry]) -> list[LedgerEntry]:
        written = book(rows)
        if Receipt.objects.filter(transaction=written[0].transaction, payer_name="thất bại").exists():
            raise ZeroDivisionError
        return written

    monkeypatch.setattr(LedgerEntry.objects, "bulk_create", bulk_create)


def numbers() -> list[int]:
    return sorted(Receipt.objects.values_list("number", flat=True))


@pytest.mark.usefixtures("_some_fail")
def test_a_book_has_no_gap_and_no_number_twice_whoever_fails() -> None:
    desk = make_desk()
    owed = [make_owed(desk) for _ in range(12)]

    outcomes = pay_all(owed, failing=4)

    assert sum(isinstance(outcome, ZeroDivisionError) for outcome in outcomes) == 4
    assert numbers() == list(range(1, 9))
    assert list(check_books()) == []


@pytest.mark.usefixtures("_some_fail", "_sequence")
def test_control_a_database_sequence_leaves_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    def take(series: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('naive_numbers')")
            return int(cursor.fetchone()[0])

    use_instead(monkeypatch, take)
    desk = make_desk()
    failing, paying = [make_owed(desk) for _ in range(4)], [make_owed(desk) for _ in range(4)]
    pay_all(failing, failing=4)
    pay_all(paying)

    assert numbers() == [5, 6, 7, 8]
    assert list(check_books()) != []


def test_control_the_highest_number_plus_one_is_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    both_read = threading.Barrier(2)

    def take(series: str) -> int:
        highest: int = Receipt.objects.aggregate(highest=Max("number"))["highest"] or 0
        both_read.wait(10)
        return highest + 1

    use_instead(monkeypatch, take)
    desk = make_desk()
    outcomes = pay_all([make_owed(desk), make_owed(desk)])

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert numbers() == [1]


@pytest.mark.parametrize("sees_newest", [False, True])
def test_two_cashiers_race_for_one_fee_and_one_receipt_is_issued(sees_newest: bool) -> None:
    owed = make_owed()
    other = make_officer(Role.RECEPTION, agency=owed.desk.agency, full_name="Trần Văn Hai")
    version = None if sees_newest else owed.version
    cashiers = [owed.desk.cashier, other] * 4

    def pay_as(who: Officer) -> Callable[[], Receipt]:
        return lambda: owed.pay(who, version=version)

    outcomes = race([pay_as(who) for who in cashiers])

    refused = [outcome for outcome in outcomes if isinstance(outcome, PortalError)]
    assert len(refused) == 7
    assert {type(refusal) for refusal in refused} == {RuleViolation if sees_newest else Conflict}
    assert numbers() == [1]
    assert sorted(LedgerEntry.objects.values_list("amount", flat=True)) == [-12_000, -3_000, 15_000]


def test_two_agencies_do_not_wait_for_each_other() -> None:
    owed = [make_owed(make_desk()) for _ in range(6)]

    outcomes = pay_all(owed)

    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    assert numbers() == [1] * 6
