"""What other apps may ask of the outbox."""

from portal.notifications.notice import Notice
from portal.notifications.services.delivering import deliver_due
from portal.notifications.services.reading import mark_all_read, mark_read
from portal.notifications.services.recording import record_notices
from portal.notifications.services.redriving import redrive_failed
from portal.notifications.services.waking import count_wake_failures, wake

__all__ = [
    "Notice",
    "count_wake_failures",
    "deliver_due",
    "mark_all_read",
    "mark_read",
    "record_notices",
    "redrive_failed",
    "wake",
]
