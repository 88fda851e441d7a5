"""Zalo notification service (ZNS): approved templates with limited parameters, to a telephone number."""

from django.conf import settings

from portal.notifications.channels.base import Channel
from portal.notifications.channels.phones import build_phone, has_phone
from portal.notifications.channels.zalo.sending import NAME, connect, find_template
from portal.notifications.notice import Notice


def _reaches(notice: Notice) -> bool:
    return bool(settings.ZALO_URL and find_template(notice.event)) and has_phone(notice)


def _choose_provider() -> str:
    return NAME


zalo = Channel(
    reaches=_reaches,
    connect=connect,
    address_key="phone",
    clean_address=build_phone,
    is_phone=True,
    knows_repeats=True,
    has_text=False,
    choose_provider=_choose_provider,
)
