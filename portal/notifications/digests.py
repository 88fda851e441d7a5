"""When the e-mail of the day is due. Pure rules; the day and the hour are Vietnam's."""

from datetime import datetime, time, timedelta
from typing import Final

from portal.core.clock import VN_TZ, to_local

SENT_AT: Final = time(18, 0)


def find_last_round(now: datetime) -> datetime:
    """The newest 18:00 that has passed; what was recorded before it is due."""
    local = to_local(now)
    today = datetime.combine(local.date(), SENT_AT, tzinfo=VN_TZ)
    return today if local >= today else today - timedelta(days=1)


def build_event_key(user_id: object, now: datetime) -> str:
    """One e-mail per person and day of sending, whoever asks and how often."""
    return f"digest:{user_id}:{to_local(now):%Y-%m-%d}"
