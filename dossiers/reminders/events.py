"""The notices that reminders are."""

from dossiers.notices import SAMPLE
from dossiers.reminders.rules import Kind
from portal.notifications.events import NoticeEvent, notice_events

_SAMPLE = {**SAMPLE, "days": 30}
for _kind in (Kind.SUPPLEMENT, Kind.PAYMENT, Kind.RESULT, Kind.LATE):
    _asks = _kind != Kind.LATE
    notice_events.register(f"reminder.{_kind}", NoticeEvent(sample=_SAMPLE, group="reminder", asks=_asks))
notice_events.register(
    f"reminder.{Kind.DUE_SOON}", NoticeEvent(sample=SAMPLE, channels=("inapp",), group="reminder")
)
