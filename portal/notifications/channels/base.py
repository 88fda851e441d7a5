"""What a channel is: a way to reach a person."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from portal.core.registry import Registry
from portal.notifications.notice import Notice


@dataclass(frozen=True)
class Outgoing:
    """A text ready to leave. The reference is the same at every attempt, so a gateway can tell a repeat."""

    reference: str
    address: Mapping[str, str]
    subject: str
    body: str


Send = Callable[[Outgoing], None]


@dataclass(frozen=True)
class Channel:
    """reaches: has this notice an address here?  connect: opens a sender for one batch of deliveries.

    The sender raises ExternalServiceError(permanent=…). Without ``connect`` the message is
    delivered by being recorded.
    """

    reaches: Callable[[Notice], bool]
    connect: Callable[[], AbstractContextManager[Send]] | None = None


channels: Registry[Channel] = Registry("channel")
