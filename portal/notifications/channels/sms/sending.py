"""One SMS to the first provider that takes it, and to no second one while the first may have taken it."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.notifications.channels.base import NotTaken, Outgoing, Send, Taken
from portal.notifications.channels.calling import Client, open_client
from portal.notifications.channels.phones import build_phone
from portal.notifications.channels.sms.providers import (
    Provider,
    call,
    list_providers,
    not_taken,
    perhaps_taken,
)
from portal.notifications.channels.sms.texts import Sms, build_sms


@contextmanager
def connect() -> Iterator[Send]:
    """A sender for one batch, over connections that stay open."""
    with open_client() as client:
        yield lambda outgoing: send(client, outgoing)


def choose_provider() -> str:
    """Whom a fresh message asks first: the first that is not left alone; nobody when all are."""
    return next((each.name for each in list_providers() if not each.breaker.is_resting()), "")


def send(client: Client, outgoing: Outgoing) -> Taken:
    """Send, falling over to the next provider on a definite refusal only. Raises NotTaken or PerhapsTaken."""
    sms, to = build_sms(outgoing.body), build_phone(outgoing.address.get("phone", ""))
    if not to:
        raise not_taken("bad_phone", permanent=True)
    if outgoing.is_bound:
        return _ask_again(client, outgoing, to, sms)
    return _ask_in_turn(client, outgoing, to, sms)


def _ask_again(client: Client, outgoing: Outgoing, to: str, sms: Sms) -> Taken:
    """The provider that may have it. Only its yes or its final no to the same reference settles it."""
    provider = next((each for each in list_providers() if each.name == outgoing.provider), None)
    if provider is None or provider.breaker.is_resting():
        raise perhaps_taken("sms_resting" if provider else "sms_provider_gone")
    try:
        return call(client, provider, to, sms, outgoing.reference)
    except NotTaken as refusal:
        if refusal.permanent:
            raise
        raise perhaps_taken(refusal.code) from refusal


def _ask_in_turn(client: Client, outgoing: Outgoing, to: str, sms: Sms) -> Taken:
    last = not_taken("sms_resting")
    noted = outgoing.provider
    for provider in _order(outgoing.provider):
        if provider.breaker.is_resting():
            continue
        if provider.name != noted:
            outgoing.note_provider(provider.name)
            noted = provider.name
        try:
            return call(client, provider, to, sms, outgoing.reference)
        except NotTaken as refusal:
            if refusal.permanent:
                raise
            last = refusal
    raise last


def _order(first: str) -> list[Provider]:
    return sorted(list_providers(), key=lambda each: each.name != first)
