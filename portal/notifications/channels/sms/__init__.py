"""SMS: unaccented, at most three parts, under the brand name, through the first provider that takes it."""

from django.conf import settings

from portal.notifications.channels.base import Channel
from portal.notifications.channels.phones import build_phone, has_phone
from portal.notifications.channels.sms.sending import choose_provider, connect
from portal.notifications.channels.sms.texts import pick_words
from portal.notifications.notice import Notice


def _reaches(notice: Notice) -> bool:
    return bool(settings.SMS_PROVIDERS) and has_phone(notice)


sms = Channel(
    reaches=_reaches,
    connect=connect,
    address_key="phone",
    clean_address=build_phone,
    is_phone=True,
    knows_repeats=True,
    pick_words=pick_words,
    choose_provider=choose_provider,
)
