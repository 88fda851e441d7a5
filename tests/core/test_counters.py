"""Numbers that rise without gaps, also when many take them at once."""

import random
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from portal.core.counters import Book, get_last_number, next_number, next_numbers, next_range
from portal.core.locking import durable
from portal.core.models import Counter
from tests.core.races import race


@pytest.mark.django_db
def test_each_series_counts_for_itself_from_one() -> None:
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]
    assert next_numbers(["b", "c", "a", "a"]) == {"a": 3, "b": 2, "c": 1}
    assert list(next_range("a", 3)) == [4, 5, 6]
    assert list(next_range("new", 2)) == [1, 2]
    assert (get_last_number("a"), get_last_number("never")) == (6, 0)
    assert next_numbers([]) == {}


@pytest.mark.django_db
def test_a_book_is_one_series_per_agency_kind_and_year() -> None:
    assert Book("H01.001", "receipt", 2026).series == "book:receipt:H01.001:2026"


@pytest.mark.django_db
def test_impossible_requests_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        next_range("a", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.create(series="bad", value=0)


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused() -> None:
    for take in (lambda: next_number("a"), lambda: next_range("a", 2)):
        with pytest.raises(RuntimeError, match="transaction"):
            take()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_number_once_and_rollbacks_leave_no_gap() -> None:
    def work(fails: bool) -> Callable[[], int]:
        def take() -> int:
            with durable(lock_timeout_ms=10_000):
                number = next_number("s")
                if fails:
                    raise ZeroDivisionError
                return number

        return take

    outcomes = race([work(fails=place % 3 == 0) for place in range(30)])
    numbers = [outcome for outcome in outcomes if isinstance(outcome, int)]

    assert sorted(numbers) == list(range(1, 21))
    assert sum(isinstance(outcome, ZeroDivisionError) for outcome in outcomes) == 10


@pytest.mark.django_db(transaction=True)
def test_taking_several_series_in_any_order_never_deadlocks() -> None:
    series = ["a", "b", "c", "d"]

    def work(seed: int) -> Callable[[], dict[str, int]]:
        shuffled = random.Random(seed).sample(series, 4)

        def take() -> dict[str, int]:
            with durable(lock_timeout_ms=10_000):
                return next_numbers(shuffled)

        return take

    outcomes = race([work(seed) for seed in range(16)])

    assert sorted(taken["a"] for taken in outcomes if isinstance(taken, dict)) == list(range(1, 17))
    assert {get_last_number(name) for name in series} == {16}
