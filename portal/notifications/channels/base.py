"""What a channel is: a way to reach a person."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from portal.core.errors import ExternalServiceError
from portal.core.registry import Registry
from portal.notifications.notice import ContextValue, Notice


def _note_nothing(provider: str) -> None:
    """For messages that nobody keeps a row of."""


@dataclass(frozen=True)
class Outgoing:
    """A text ready to leave. The reference is the same at every attempt, so a gateway can tell a repeat.

    provider: whom the outbox has noted as asked. is_bound: an earlier attempt may have been taken by that one, so
    nobody else may be asked. note_provider: called, and stored, before another provider is asked.
    """

    reference: str
    address: Mapping[str, str]
    subject: str
    body: str
    event: str = ""
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    language: str = "vi"
    provider: str = ""
    is_bound: bool = False
    note_provider: Callable[[str], None] = _note_nothing


@dataclass(frozen=True)
class Taken:
    """Who took it, under which number of its own, in how many parts (SMS)."""

    provider: str = ""
    number: str = ""
    parts: int | None = None


class NotTaken(ExternalServiceError):  # noqa: N818 - the name says what happened
    """The provider certainly did not take it: another one may be asked."""


class PerhapsTaken(ExternalServiceError):  # noqa: N818 - the name says what happened
    """Nobody knows whether the provider took it: only the same one may be asked again, with the same reference."""


Send = Callable[[Outgoing], Taken]


def _as_typed(address: str) -> str:
    return address.strip()


def _all_words(context: Mapping[str, ContextValue]) -> Mapping[str, ContextValue]:
    return context


def _nobody() -> str:
    return ""


@dataclass(frozen=True)
class Channel:
    """One way to reach a person.

    reaches: has this notice an address here, and is the channel set up?
    connect: opens a sender for one batch of deliveries; it raises ExternalServiceError(permanent=…). Without it
    a message is delivered by being recorded.
    address_key: which address of a message it uses; clean_address: the one form by which an address is found.
    is_phone: it makes a telephone ring, so quiet hours and caps hold.
    knows_repeats: its providers count a repeated reference once, so outcomes may be stored a batch at a time.
    has_text: its words are rendered here (a ZNS template lies with Zalo).
    pick_words: what of a context may appear in it. choose_provider: whom a fresh message would ask first.
    """

    reaches: Callable[[Notice], bool]
    connect: Callable[[], AbstractContextManager[Send]] | None = None
    address_key: str = ""
    clean_address: Callable[[str], str] = _as_typed
    is_phone: bool = False
    knows_repeats: bool = False
    has_text: bool = True
    pick_words: Callable[[Mapping[str, ContextValue]], Mapping[str, ContextValue]] = _all_words
    choose_provider: Callable[[], str] = _nobody


channels: Registry[Channel] = Registry("channel")
