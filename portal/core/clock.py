"""The only place that reads the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VN_TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Việt Nam, which is the one deadlines and codes speak of."""
    return now().astimezone(VN_TZ).date()


def to_local(moment: datetime) -> datetime:
    """The same moment as read on a clock in Việt Nam. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime names no moment")
    return moment.astimezone(VN_TZ)
