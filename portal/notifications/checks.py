"""What an installation that sends SMS and Zalo must have set: found when it starts, not at the first message."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from portal.notifications.channels.sms.texts import is_brandname


def check_channels(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[Error]:
    """Keys for every provider, a brand name after NĐ 91/2020, a token and templates for Zalo."""
    return [Error(text, id=f"notifications.E00{number}") for number, text in _find_faults()]


def _find_faults() -> Iterator[tuple[int, str]]:
    without = [name for name in settings.SMS_PROVIDERS if not settings.SMS_KEYS.get(name)]
    if without:
        yield 1, f"SMS_KEYS has no key for {', '.join(without)}"
    if settings.SMS_PROVIDERS and not is_brandname(settings.SMS_BRANDNAME):
        yield 2, "SMS_BRANDNAME: at most 11 Latin letters, digits, spaces and - _ . /, not digits only"
    if settings.ZALO_URL and not (settings.ZALO_TOKEN and settings.ZALO_TEMPLATES):
        yield 3, "ZALO_URL needs ZALO_TOKEN and ZALO_TEMPLATES"


def register_checks() -> None:
    """Called once when the app is ready."""
    register(check_channels)
