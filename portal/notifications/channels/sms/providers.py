"""The SMS providers of this installation, and what one of them answers.

The protocol is the portal's own and the simulator's: POST `<url>` with `Authorization: Bearer <key>` and
`{"from", "to", "text", "reference"}`; 200 with `{"id"}`, also for a reference it has seen; otherwise `{"error"}`.
Another provider's protocol is an adapter with the same three ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from portal.notifications.channels.base import NotTaken, PerhapsTaken, Taken
from portal.notifications.channels.calling import Answer, Client, Unanswered, Unreachable, post_json
from portal.notifications.channels.resting import Breaker, find_breaker
from portal.notifications.channels.sms.texts import Sms

OK = range(200, 300)
TOO_MANY = 429
REFUSED_FOR_GOOD: Final[Mapping[str, str]] = {
    "invalid_number": "no_such_number",
    "unknown_number": "no_such_number",
    "blocked_number": "refused",
    "text_refused": "text",
}
"""What no provider will take: our code for each of theirs."""
NOT_NOW: Final = frozenset({"busy", "unavailable", "rate_limited", "no_balance", "unauthorized", "brandname"})
"""What this provider does not take now, though another one may."""


@dataclass(frozen=True)
class Provider:
    """`name`: as stored on deliveries; `url`, `key`: where and with which secret it is called."""

    name: str
    url: str
    key: str

    @property
    def breaker(self) -> Breaker:
        return find_breaker(f"sms:{self.name}")


def list_providers() -> tuple[Provider, ...]:
    """In the order of the setting, which is the order of preference."""
    return tuple(
        Provider(name, url, settings.SMS_KEYS.get(name, "")) for name, url in settings.SMS_PROVIDERS.items()
    )


def call(client: Client, provider: Provider, to: str, sms: Sms, reference: str) -> Taken:
    """Ask one provider to take one text. Raises NotTaken or PerhapsTaken."""
    payload = {"from": settings.SMS_BRANDNAME, "to": to, "text": sms.text, "reference": reference}
    try:
        answer = post_json(client, provider.url, payload, {"Authorization": f"Bearer {provider.key}"})
    except Unreachable as error:
        provider.breaker.count(is_fault=True)
        raise not_taken("sms_unreachable") from error
    except Unanswered as error:
        provider.breaker.count(is_fault=True)
        raise perhaps_taken("sms_unanswered") from error
    return _read(provider, answer, sms)


def _read(provider: Provider, answer: Answer, sms: Sms) -> Taken:
    error, number = str(answer.body.get("error") or ""), str(answer.body.get("id") or "")
    if answer.status in OK and number:
        provider.breaker.count(is_fault=False)
        return Taken(provider.name, number[:80], sms.parts)
    if error in REFUSED_FOR_GOOD:
        provider.breaker.count(is_fault=False)
        raise not_taken(REFUSED_FOR_GOOD[error], permanent=True)
    if answer.status == TOO_MANY:
        provider.breaker.rest(answer.retry_after_s or 1.0)
        raise not_taken("sms_429")
    provider.breaker.count(is_fault=True)
    if error in NOT_NOW or 400 <= answer.status < 500:  # noqa: PLR2004 - HTTP's class of refusals
        raise not_taken(f"sms_{answer.status}")
    raise perhaps_taken(f"sms_{answer.status}")


def not_taken(code: str, *, permanent: bool = False) -> NotTaken:
    return NotTaken(code=code, message=_("Nhà mạng chưa nhận tin nhắn."), permanent=permanent)


def perhaps_taken(code: str) -> PerhapsTaken:
    return PerhapsTaken(code=code, message=_("Chưa rõ nhà mạng đã nhận tin nhắn hay chưa."))
