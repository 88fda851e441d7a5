"""The inbox on the portal itself: recorded is delivered."""

from portal.notifications.channels.base import Channel
from portal.notifications.notice import Notice


def _reaches(notice: Notice) -> bool:
    return notice.user_id is not None


inapp = Channel(reaches=_reaches)
