"""The calendar of the stories: March 2026 begins on a Sunday."""

from datetime import datetime

from portal.core.clock import VN_TZ


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of March 2026 in Việt Nam."""
    return datetime(2026, 3, day, hour, minute, tzinfo=VN_TZ)
