"""The notices about a dossier and what became of each, for its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.models import Dossier
from portal.notifications.selectors import NoticeFate, list_of_subject


@dataclass(frozen=True, slots=True)
class Way:
    """One channel of a notice: its name, the fate in words, done / wait / bad, and since when."""

    label: str
    fate: str
    kind: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SentNotice:
    """One notice to one person, with all its ways."""

    title: str
    recipient: str
    created_at: datetime
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """`bad_addresses`: sentences for the desk, one for each address that has to be asked again."""

    notices: tuple[SentNotice, ...]
    bad_addresses: tuple[str, ...]


def build_sent(dossier: Dossier, reader_id: UUID | None = None) -> Sent:
    """Newest first. One query. `reader_id`: whose own name is not repeated."""
    fates = list_of_subject(f"dossier:{dossier.pk}")
    groups = groupby(fates, key=lambda fate: fate.message_id)
    return Sent(tuple(_build(list(group), reader_id) for _id, group in groups), tuple(_find_bad(fates)))


def _build(fates: list[NoticeFate], reader_id: UUID | None) -> SentNotice:
    first = fates[0]
    is_own = reader_id is not None and first.user_id == reader_id
    ways = tuple(Way(fate.channel_label, fate.fate, fate.kind, fate.at) for fate in fates)
    return SentNotice(first.title, "" if is_own else first.recipient, first.created_at, ways)


def _find_bad(fates: Iterable[NoticeFate]) -> list[str]:
    """An address counts as bad while the newest notice through that channel to that person found it so."""
    newest: dict[tuple[str, str], NoticeFate] = {}
    for fate in fates:
        if fate.address and fate.kind != "wait":
            newest.setdefault((fate.channel, fate.recipient), fate)
    return [
        _("%(channel)s %(address)s của %(name)s: %(fate)s")
        % {
            "channel": fate.channel_label,
            "address": fate.address,
            "name": fate.recipient,
            "fate": fate.fate.lower(),
        }
        for fate in newest.values()
        if fate.is_bad_address
    ]
