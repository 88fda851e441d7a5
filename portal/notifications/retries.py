"""When a delivery is tried again, and when we stop trying. Pure rules."""

from datetime import datetime, timedelta

LEASE = timedelta(seconds=60)
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
TRY_FOR = timedelta(hours=24)
# A message that kills its worker is parked after so many lost leases; an innocent one that
# happened to be in flight during a crash is never hit that often.
MOST_LOST_LEASES = 5


def retry_delay(attempts: int) -> timedelta:
    """Return the wait after the given number of failed attempts (1 or more): 1 min doubling to 1 h."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def next_try(*, attempts: int, first_tried_at: datetime, now: datetime) -> datetime | None:
    """Return when to try again, or None when that would be later than 24 h after the first try."""
    at = now + retry_delay(attempts)
    return at if at <= first_tried_at + TRY_FOR else None
