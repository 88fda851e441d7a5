"""Which things people are told about. Each app registers its own events here."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.registry import Registry
from portal.notifications.notice import ContextValue


@dataclass(frozen=True)
class NoticeEvent:
    """One kind of notice. The sample is a full context; every text of the event is tried out on it."""

    sample: Mapping[str, ContextValue]
    channels: tuple[str, ...] = ("email", "inapp")


notice_events: Registry[NoticeEvent] = Registry("notice event")
