"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.notifications.retries import LEASE, TRY_FOR, next_try, retry_delay

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (5000, 60)]
)
def test_the_wait_doubles_from_a_minute_to_an_hour(attempts: int, minutes: int) -> None:
    assert retry_delay(attempts) == timedelta(minutes=minutes)


def test_it_tries_for_a_day_and_then_stops() -> None:
    attempts, now = 0, START
    while (again_at := next_try(attempts=attempts + 1, first_tried_at=START, now=now)) is not None:
        attempts, now = attempts + 1, again_at

    assert timedelta(hours=23) <= now - START <= TRY_FOR
    assert attempts == 28


def test_a_day_without_a_worker_is_not_a_day_of_trying() -> None:
    late = START + timedelta(days=3)

    assert next_try(attempts=1, first_tried_at=late, now=late) == late + timedelta(minutes=1)


def test_one_conversation_fits_into_a_lease() -> None:
    from portal.notifications.channels.email import LONGEST_WAIT_S

    assert timedelta(seconds=7 * LONGEST_WAIT_S) < LEASE
