"""The texts that admins wrote, with their history, as their editor shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.notifications.events import notice_events
from portal.notifications.models import NoticeTemplate
from portal.notifications.rendering import Rendered, render_shipped
from portal.notifications.whitelist import EDITABLE, list_allowed


@dataclass(frozen=True, slots=True)
class Place:
    """Which text: of an event, in a channel, in a language, for one agency or (None) the whole province."""

    event: str
    channel: str
    language: str = "vi"
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One text as it was saved. `is_in_force`: this is the one people read."""

    id: int
    number: int
    subject: str
    body: str
    author_id: UUID
    at: datetime
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class EventTexts:
    """One event in the list of texts: its title, the channels that can be edited, and where somebody wrote."""

    key: str
    title: str
    channels: tuple[str, ...]
    written: tuple[Place, ...]


def list_versions(place: Place) -> tuple[Version, ...]:
    """Newest first. One query."""
    rows = NoticeTemplate.objects.filter(
        event=place.event, channel=place.channel, language=place.language, agency_id=place.agency_id
    )
    found = list(rows.order_by("-number"))
    current = next((row.pk for row in found if row.is_active), None)
    return tuple(
        Version(row.pk, row.number, row.subject, row.body, row.author_id, row.at, row.pk == current)
        for row in found
    )


def list_events() -> tuple[EventTexts, ...]:
    """Every event whose texts can be edited. One query."""
    written: dict[str, dict[Place, None]] = {}
    rows = NoticeTemplate.objects.filter(is_active=True).order_by("channel", "language", "agency_id")
    for event, channel, language, agency in rows.values_list("event", "channel", "language", "agency_id"):
        written.setdefault(event, {})[Place(event, channel, language, agency)] = None
    return tuple(
        EventTexts(key, build_title(key), list_channels(key), tuple(written.get(key, ())))
        for key in notice_events
        if list_channels(key)
    )


def list_channels(event: str) -> tuple[str, ...]:
    """The channels of an event whose text is ours to write; nothing for an event that carries a finished text."""
    if is_trial(event):
        return ()
    return tuple(channel for channel in EDITABLE if channel in notice_events.get(event).channels)


def is_trial(event: str) -> bool:
    """A text that an admin sends to the own address."""
    return event.startswith("account.trial_")


def build_title(event: str) -> str:
    """What an event is called in lists of events: its subject without any value."""
    return render_shipped(event, notice_events.get(event).channels[0], {}).subject


def show_shipped(event: str, channel: str, language: str) -> Rendered:
    """The shipped text with `{names}` where the values come, to begin a text of one's own with."""
    names: Mapping[str, str] = {name: f"{{{name}}}" for name in list_allowed(event, "subject")}
    return render_shipped(event, channel, names, language)
