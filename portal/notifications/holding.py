"""When a notice waits although it could leave: the night, a number that got enough, the digest. Pure rules.

Hours are those of Việt Nam, every day of the year alike, Tết included.
"""

from datetime import datetime, time, timedelta
from typing import Final

from portal.core.clock import VN_TZ, to_local
from portal.core.throttle import Limit
from portal.notifications.digests import SENT_AT

NIGHT_FROM: Final = time(21)
NIGHT_UNTIL: Final = time(7)
DIGEST_GRACE: Final = timedelta(hours=24)
"""What the digest has not gathered by then leaves by itself: long enough for hours without beat, and for the day
after a day whose digest came late."""
HOUR_S, DAY_S = 3600, 86400
MOST_A_DAY: Final = {"sms": 5, "zalo": 10}
MOST_AN_HOUR: Final = {"sms": 3, "zalo": 5}


def find_end_of_night(moment: datetime) -> datetime | None:
    """When the night that holds this moment ends (07:00); None by day. 21:00 is night, 07:00 is day."""
    local = to_local(moment)
    if NIGHT_UNTIL <= local.time() < NIGHT_FROM:
        return None
    day = local.date() + timedelta(days=local.time() >= NIGHT_FROM)
    return datetime.combine(day, NIGHT_UNTIL, VN_TZ)


def find_next_morning(moment: datetime) -> datetime:
    """07:00 of the next calendar day."""
    return datetime.combine(to_local(moment).date() + timedelta(days=1), NIGHT_UNTIL, VN_TZ)


def find_next_hour(moment: datetime) -> datetime:
    """The full hour after this one."""
    return to_local(moment).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def find_end_of_digest(moment: datetime) -> datetime:
    """When an e-mail of this moment leaves by itself: a day after the digest that should gather it."""
    local = to_local(moment)
    day = local.date() + timedelta(days=local.time() >= SENT_AT)
    return datetime.combine(day, SENT_AT, VN_TZ) + DIGEST_GRACE


def build_day_limit(channel: str, moment: datetime) -> Limit:
    """The calendar day's cap of one number; another day is another count."""
    return Limit(f"{channel}-day-{to_local(moment):%y%m%d}", MOST_A_DAY[channel], DAY_S)


def build_hour_limit(channel: str, moment: datetime) -> Limit:
    """The clock hour's cap of one number."""
    return Limit(f"{channel}-hour-{to_local(moment):%y%m%d%H}", MOST_AN_HOUR[channel], HOUR_S)
