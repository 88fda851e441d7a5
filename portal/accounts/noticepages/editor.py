"""What the editor of notice texts shows: the text, its allowed names, previews in every channel, its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts import selectors
from portal.accounts.models import User
from portal.core.errors import ExternalServiceError, NotFound, RuleViolation
from portal.core.text import clean_line, clean_text
from portal.notifications import versions
from portal.notifications.channels.sms.texts import build_sms
from portal.notifications.events import notice_events
from portal.notifications.fates import CHANNEL_WORDS
from portal.notifications.rendering import Rendered, fill_written, render_notice
from portal.notifications.versions import Place, Version
from portal.notifications.whitelist import LABELS, list_allowed

LANGUAGES: Final = (("vi", "Tiếng Việt"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `seen`: the newest version number its writer saw."""

    subject: str
    body: str
    seen: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The text on its sample, as a person would read it in one channel."""

    label: str
    subject: str
    body: str
    note: str = ""
    is_phone: bool = False


def read_place(given: Mapping[str, str]) -> Place:
    """Which text is meant. Raises RuleViolation where none is named, NotFound where there is none such."""
    if not given.get("event"):
        raise RuleViolation("no_text_named", _("Hãy chọn một mẫu tin trong danh sách."))
    event, channel, language = (
        given.get("event", ""),
        given.get("channel", ""),
        given.get("language", "") or "vi",
    )
    if event not in notice_events or channel not in versions.list_channels(event):
        raise NotFound
    if language not in dict(LANGUAGES):
        raise NotFound
    agency = given.get("agency", "")
    if agency and not (agency.isascii() and agency.isdigit() and len(agency) < 19):  # noqa: PLR2004 - a bigint
        raise NotFound
    return Place(event, channel, language, selectors.access_agency(int(agency)).pk if agency else None)


def read_typed(given: Mapping[str, str]) -> Typed:
    """Line ends as the database keeps them. Raises RuleViolation on what cannot be text."""
    seen = given.get("seen", "")
    body = clean_text(given.get("body", "")).replace("\r\n", "\n")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0  # noqa: PLR2004 - an integer
    return Typed(clean_line(given.get("subject", "")), body, number)


def build_href(place: Place) -> str:
    return f"{reverse('notices:text')}?{urlencode(_params(place))}"


def build_index() -> dict[str, Any]:
    """Every event, its channels, and where somebody wrote a text. Two queries."""
    events = versions.list_events()
    ids = {place.agency_id for event in events for place in event.written if place.agency_id}
    names = {agency.pk: agency.name for agency in selectors.list_agencies_by_id(ids)} if ids else {}
    rows = [
        {
            "title": event.title,
            "key": event.key,
            "links": [(str(CHANNEL_WORDS[key]), build_href(Place(event.key, key))) for key in event.channels],
            "written": [(_describe(place, names), build_href(place)) for place in event.written],
        }
        for event in events
    ]
    return {"rows": rows}


def build_editor(
    place: Place, typed: Typed | None = None, faults: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """The page of one text; what was typed before what is in force before the shipped one."""
    history = versions.list_versions(place)
    current = next((row for row in history if row.is_in_force), None)
    start = typed or _begin(place, current, history)
    shown = faults or {}
    return {
        "place": place,
        "params": _params(place),
        "heading": versions.build_title(place.event),
        "channel_label": CHANNEL_WORDS[place.channel],
        "typed": start,
        "errors": [{"text": line, "id": field} for field, lines in shown.items() for line in lines],
        "sentences": {field: " ".join(lines) for field, lines in shown.items()},
        "has_errors": bool(shown),
        "names": [
            (f"{{{name}}}", LABELS.get(name, name), value)
            for name, value in list_allowed(place.event, place.channel).items()
        ],
        "previews": list(_preview(place, start)),
        "versions": _show_versions(history),
        "is_written": current is not None,
        "agencies": [("", _("Cả tỉnh")), *((row.pk, row.name) for row in selectors.list_agencies())],
        "languages": LANGUAGES,
        "channels": [(key, CHANNEL_WORDS[key]) for key in versions.list_channels(place.event)],
    }


def _begin(place: Place, current: Version | None, history: Sequence[Version]) -> Typed:
    seen = history[0].number if history else 0
    if current is not None:
        return Typed(current.subject, current.body, seen)
    text = versions.show_shipped(place.event, place.channel, place.language)
    return Typed("" if place.channel == "sms" else text.subject, text.body, seen)


def _preview(place: Place, typed: Typed) -> list[Preview]:
    sample = notice_events.get(place.event).sample
    shown = []
    for key in sorted(versions.list_channels(place.event), key=lambda key: key != place.channel):
        text = render_notice(place.event, key, sample, place.language, place.agency_id)
        if key == place.channel:
            own = fill_written(place.event, key, typed.subject, typed.body, sample)
            text = Rendered(own.subject or text.subject, own.body)
        shown.append(
            _preview_sms(text) if key == "sms" else Preview(str(CHANNEL_WORDS[key]), text.subject, text.body)
        )
    return shown


def _preview_sms(text: Rendered) -> Preview:
    """Without marks, as it leaves, and how many messages it is paid as."""
    label = str(CHANNEL_WORDS["sms"])
    try:
        sms = build_sms(text.body)
    except ExternalServiceError:
        return Preview(label, "", text.body, _("Chưa gửi được dưới dạng tin nhắn."), is_phone=True)
    note = _("%(parts)d phần, %(length)d ký tự") % {"parts": sms.parts, "length": len(sms.text)}
    return Preview(label, "", sms.text, note, is_phone=True)


def _show_versions(history: Sequence[Version]) -> list[dict[str, Any]]:
    """Who and when; names of all authors in one query."""
    people = User.objects.filter(pk__in={row.author_id for row in history}) if history else ()
    names = {user.pk: user.full_name for user in people}
    return [{"version": row, "author": names.get(row.author_id, "")} for row in history]


def _params(place: Place) -> dict[str, str]:
    agency = str(place.agency_id) if place.agency_id else ""
    return {"event": place.event, "channel": place.channel, "language": place.language, "agency": agency}


def _describe(place: Place, names: Mapping[int, str]) -> str:
    parts = [str(CHANNEL_WORDS[place.channel]), dict(LANGUAGES)[place.language]]
    if place.agency_id:
        parts.append(names.get(place.agency_id, ""))
    return ", ".join(parts)
