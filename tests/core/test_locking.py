"""Transactions, row locks, and what happens when somebody else is faster."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from portal.core.errors import LockTimeout
from portal.core.locking import claim_rows, durable, lock_rows, require_transaction
from portal.core.models import Counter
from tests.core.races import race


class Holder:
    """Somebody else, who holds the row of one series locked until told to let go."""

    def __init__(self, series: str) -> None:
        self._series = series
        self._locked, self._done = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._hold)

    def __enter__(self) -> "Holder":
        self._thread.start()
        assert self._locked.wait(10)
        return self

    def __exit__(self, *args: object) -> None:
        self._done.set()
        self._thread.join()

    def _hold(self) -> None:
        with durable():
            lock_rows(Counter.objects.filter(series=self._series))
            self._locked.set()
            self._done.wait(10)
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_locks_are_refused_outside_a_transaction() -> None:
    for refuse in (
        lambda: lock_rows(Counter.objects.all()),
        lambda: claim_rows(Counter.objects.all(), limit=1),
        require_transaction,
    ):
        with pytest.raises(RuntimeError, match="transaction"):
            refuse()


def count_and_fail() -> None:
    Counter.objects.create(series="lost", value=1)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_durable_block_commits_refuses_nesting_and_rolls_back_as_a_whole() -> None:
    with durable():
        Counter.objects.create(series="kept", value=1)
    with pytest.raises(RuntimeError), transaction.atomic(), durable():
        pass
    with pytest.raises(ZeroDivisionError), durable():
        count_and_fail()

    assert list(Counter.objects.values_list("series", flat=True)) == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_the_lock_timeout_holds_for_one_transaction_only() -> None:
    with durable(lock_timeout_ms=1234), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("1234ms",)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db(transaction=True)
def test_waiting_too_long_is_a_lock_timeout_and_free_rows_can_still_be_claimed() -> None:
    Counter.objects.bulk_create([Counter(series=name, value=1) for name in ("a", "b", "c")])
    with Holder("a"):
        with pytest.raises(LockTimeout), durable(lock_timeout_ms=100):
            lock_rows(Counter.objects.all())
        with pytest.raises(LockTimeout), durable(lock_timeout_ms=100):
            Counter.objects.filter(series="a").update(value=2)
        with durable():
            free = claim_rows(Counter.objects.order_by("series"), limit=5)
        assert [row.series for row in free] == ["b", "c"]

    with durable(lock_timeout_ms=100):
        assert [row.series for row in lock_rows(Counter.objects.order_by("-series"))] == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_other_database_errors_stay_what_they_are() -> None:
    with pytest.raises(OperationalError), durable(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50; SELECT pg_sleep(1)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_reading_under_the_lock_loses_no_update_and_without_it_the_race_is_real(is_locked: bool) -> None:
    Counter.objects.create(series="s", value=1)
    both_read = threading.Barrier(2)

    def add_one() -> None:
        with durable():
            rows = Counter.objects.filter(series="s")
            row = lock_rows(rows)[0] if is_locked else rows.get()
            if not is_locked:
                both_read.wait(5)
            row.value += 1
            row.save()

    assert race([add_one, add_one]) == [None, None]
    assert Counter.objects.get().value == (3 if is_locked else 2)
