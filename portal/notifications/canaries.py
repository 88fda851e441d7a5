"""Which trials of the channels are overdue: a channel may be deaf although nothing fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from portal.core import clock
from portal.notifications.models import Canary

ARRIVES_WITHIN, HOUR = timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The newest trial of one channel that should have arrived. `code`: why it did not leave, where that is known."""

    channel: str
    hour: datetime
    was_sent: bool
    code: str


def list_overdue() -> tuple[Overdue, ...]:
    """Channels whose newest trial did not arrive within 15 minutes after it left, or could not leave. One query.

    A trial that nobody has begun counts once its hour is over: the installation may have started in the middle.
    """
    limit = clock.now() - ARRIVES_WITHIN
    left = Q(sent_at__lt=limit)
    refused = Q(sent_at=None, hour__lt=limit) & ~Q(error="")
    forgotten = Q(sent_at=None, hour__lt=limit - HOUR)
    newest = (
        Canary.objects.filter(left | refused | forgotten).order_by("channel", "-hour").distinct("channel")
    )
    return tuple(
        Overdue(row.channel, row.hour, row.sent_at is not None, row.error)
        for row in newest
        if row.arrived_at is None
    )
