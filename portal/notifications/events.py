"""Which things people are told about. Each app registers its own events here."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.registry import Registry
from portal.notifications.notice import ContextValue

EVERY_CHANNEL = ("email", "inapp", "sms", "zalo")


@dataclass(frozen=True)
class NoticeEvent:
    """One kind of notice. The sample is a full context; every text of the event is tried out on it.

    channels: those it may take at all; which it takes follows from them (portal.notifications.choosing).
    urgent: it leaves at night too, and is in no digest. group: progress, money, account or reminder.
    asks: it needs an act or names a date, so it is worth an SMS where nothing cheaper reaches the person.
    """

    sample: Mapping[str, ContextValue]
    channels: tuple[str, ...] = EVERY_CHANNEL
    urgent: bool = False
    group: str = "progress"
    asks: bool = False

    def __post_init__(self) -> None:
        if self.group not in {"progress", "money", "account", "reminder"}:
            raise ValueError(f"a notice event has no group {self.group!r}")


notice_events: Registry[NoticeEvent] = Registry("notice event")
