"""Days in Việt Nam as moments, for comparing and adding up."""

from datetime import date, datetime, timedelta

from portal.core.clock import VN_TZ


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """From its first moment to the first of the next day, both aware."""
    start = datetime.combine(day, datetime.min.time(), tzinfo=VN_TZ)
    return start, start + timedelta(days=1)
