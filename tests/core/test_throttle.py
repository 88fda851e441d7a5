"""Limits on tries: counted once each, blocked for as long as said, forgotten after success."""

from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine

from portal.core import clock
from portal.core.errors import RateLimited
from portal.core.models import Throttle
from portal.core.throttle import Limit, check, forget_old, hit, reset
from tests.core.races import race

SIGN_IN = Limit("sign-in", hits=3, window_s=300, block_s=600)
PER_WINDOW = Limit("search", hits=2, window_s=60)
START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def use_up(limit: Limit, subject: str = "an") -> None:
    for _ in range(limit.hits):
        check(limit, subject)
        hit(limit, subject)


@pytest.mark.django_db
def test_the_tries_that_are_allowed_pass_and_the_next_one_is_refused_with_the_time_to_wait() -> None:
    with time_machine.travel(START, tick=False):
        use_up(SIGN_IN)
        for refused in (check, hit):
            with pytest.raises(RateLimited) as refusal:
                refused(SIGN_IN, "an")
            assert refusal.value.retry_after == 600
        check(SIGN_IN, "binh")
        hit(SIGN_IN, "binh")


@pytest.mark.django_db
def test_a_block_ends_on_time_and_refused_tries_do_not_lengthen_it() -> None:
    with time_machine.travel(START, tick=False) as traveller:
        use_up(SIGN_IN)
        traveller.shift(timedelta(seconds=599))
        with pytest.raises(RateLimited) as refusal:
            hit(SIGN_IN, "an")
        assert refusal.value.retry_after == 1
        traveller.shift(timedelta(seconds=1))
        use_up(SIGN_IN)
        with pytest.raises(RateLimited):
            check(SIGN_IN, "an")


@pytest.mark.django_db
def test_without_a_block_time_the_window_is_the_block() -> None:
    with time_machine.travel(START, tick=False) as traveller:
        hit(PER_WINDOW, "an")
        traveller.shift(timedelta(seconds=40))
        hit(PER_WINDOW, "an")
        with pytest.raises(RateLimited) as refusal:
            hit(PER_WINDOW, "an")
        assert refusal.value.retry_after == 20
        traveller.shift(timedelta(seconds=20))
        hit(PER_WINDOW, "an")


@pytest.mark.django_db
def test_slow_tries_never_add_up() -> None:
    with time_machine.travel(START, tick=False) as traveller:
        for _ in range(20):
            hit(SIGN_IN, "an")
            traveller.shift(timedelta(seconds=151))


@pytest.mark.django_db
def test_a_limit_of_one_blocks_after_the_first() -> None:
    once = Limit("once", hits=1, window_s=60)
    with time_machine.travel(START, tick=False) as traveller:
        for _ in range(2):
            hit(once, "an")
            with pytest.raises(RateLimited):
                hit(once, "an")
            traveller.shift(timedelta(seconds=60))


@pytest.mark.django_db
def test_success_forgets_and_purposes_do_not_mix() -> None:
    use_up(SIGN_IN)
    check(Limit("other", hits=3, window_s=300), "an")
    reset(SIGN_IN, "an")
    check(SIGN_IN, "an")
    hit(SIGN_IN, "an")


@pytest.mark.django_db
def test_the_table_names_nobody() -> None:
    hit(SIGN_IN, "0912345678")
    assert "0912345678" not in Throttle.objects.get().key


@pytest.mark.django_db
def test_old_rows_go_and_blocking_ones_stay() -> None:
    forever = Limit("long", hits=1, window_s=60, block_s=10 * 86400)
    with time_machine.travel(clock.now() - timedelta(days=2)):
        hit(SIGN_IN, "an")
        hit(forever, "an")
    hit(SIGN_IN, "binh")

    assert forget_old() == 1
    assert Throttle.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_allowed_number_passes() -> None:
    limit = Limit("race", hits=10, window_s=300)
    outcomes = race([lambda: hit(limit, "an")] * 40)

    assert outcomes.count(None) == 10
    assert sum(isinstance(outcome, RateLimited) for outcome in outcomes) == 30
    assert Throttle.objects.get().hits == 40


@pytest.mark.django_db(transaction=True)
def test_the_control_that_reads_and_then_writes_lets_more_through() -> None:
    def naive() -> None:
        row, _ = Throttle.objects.get_or_create(
            key="naive", defaults={"hits": 0, "window_start": clock.now()}
        )
        race_window.wait(10)
        if row.hits >= 1:
            raise RateLimited(retry_after=1)
        Throttle.objects.filter(key="naive").update(hits=row.hits + 1)

    race_window = Barrier(5)
    assert race([naive] * 5).count(None) == 5
