"""Which trials of the channels are overdue: a channel may be deaf although nothing fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.core import clock
from portal.notifications.models import Canary

ARRIVES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The newest trial of one channel that should have arrived. `code`: why it did not leave, where that is known."""

    channel: str
    hour: datetime
    was_sent: bool
    code: str


def list_overdue() -> tuple[Overdue, ...]:
    """Channels whose newest trial older than 15 minutes did not arrive. One query."""
    due = Canary.objects.filter(hour__lt=clock.now() - ARRIVES_WITHIN)
    newest = due.order_by("channel", "-hour").distinct("channel")
    return tuple(
        Overdue(row.channel, row.hour, row.sent_at is not None, row.error)
        for row in newest
        if row.arrived_at is None
    )
