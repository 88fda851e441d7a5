"""When a delivery is tried again, and when we stop trying. Pure rules."""

from datetime import datetime, timedelta

LEASE = timedelta(seconds=50)  # with a sweep every 5 s, what a killed worker held leaves within a minute
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
TRY_FOR = timedelta(hours=24)
# How long a delivery whose worker died waits, by how many leases it had lost before: at first not at all, then
# only behind those that died with it, then long enough that it starves nobody.
WAITS_AFTER_LOSS = (timedelta(0), timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=2))
# A message that kills its worker is parked after so many lost leases; an innocent one that
# happened to be in flight during a crash is never hit that often.
MOST_LOST_LEASES = len(WAITS_AFTER_LOSS) + 1


def retry_delay(attempts: int) -> timedelta:
    """Return the wait after the given number of failed attempts (1 or more): 1 min doubling to 1 h."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def next_try(*, attempts: int, first_tried_at: datetime, now: datetime) -> datetime | None:
    """Return when to try again, or None when that would be later than 24 h after the first try."""
    at = now + retry_delay(attempts)
    return at if at <= first_tried_at + TRY_FOR else None
