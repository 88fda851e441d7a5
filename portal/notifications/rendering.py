"""Turn an event and its frozen context into the words people read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template import Context, Engine

from portal.notifications.notice import ContextValue
from portal.notifications.overrides import find_text
from portal.notifications.substitution import fill
from portal.notifications.whitelist import list_allowed

_BLANK_LINES = re.compile(r"\n{3,}")
LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Rendered:
    subject: str
    body: str


def render_notice(
    event: str,
    channel: str,
    context: Mapping[str, ContextValue],
    language: str = "vi",
    agency_id: int | None = None,
) -> Rendered:
    """The admins' text where there is one, else ``messages/<event>/subject.txt`` and ``<channel>.txt``.

    A missing value leaves its line out. A text in another language lies beside the Vietnamese one, e.g.
    ``email.en.txt``. ``agency_id``, or the context's own, is whose texts come before the province's. Costs no
    query but one every few seconds (portal.notifications.overrides).
    """
    written = find_text(event, channel, language, _agency(context, agency_id))
    shipped = render_shipped(event, channel, context, language)
    if written is None:
        return shipped
    filled = fill_written(event, channel, written.subject, written.body, context)
    return Rendered(filled.subject or shipped.subject, filled.body or shipped.body)


def render_shipped(
    event: str, channel: str, context: Mapping[str, ContextValue], language: str = "vi"
) -> Rendered:
    """The text as it came with the product, whatever admins wrote over it."""
    known = _known(context)
    return Rendered(
        subject=_as_one_line(_render(event, "subject", language, known)),
        body=_tidy(_render(event, channel, language, known)),
    )


def fill_written(
    event: str, channel: str, subject: str, body: str, context: Mapping[str, ContextValue]
) -> Rendered:
    """What a text with ``{names}`` reads like; only names allowed for this event and channel are replaced."""
    line = fill(subject, context, list_allowed(event, "subject"))
    return Rendered(_as_one_line(line), _tidy(fill(body, context, list_allowed(event, channel))))


def render_subject(event: str, context: Mapping[str, ContextValue], language: str = "vi") -> str:
    """The line a notice is known by in lists."""
    written = find_text(event, "inapp", language, _agency(context, None))
    filled = fill(written.subject, context, list_allowed(event, "subject")) if written else ""
    return _as_one_line(filled or _render(event, "subject", language, _known(context)))


def _known(context: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    return {key: value for key, value in context.items() if value not in (None, "")}


def _agency(context: Mapping[str, ContextValue], agency_id: int | None) -> int | None:
    own = context.get("agency_id")
    return agency_id if agency_id is not None or not isinstance(own, int) else own


def _render(event: str, part: str, language: str, context: Mapping[str, ContextValue]) -> str:
    folder = f"messages/{event.replace('.', '/')}"
    template = _text_engine().select_template([f"{folder}/{part}.{language}.txt", f"{folder}/{part}.txt"])
    return template.render(Context(dict(context), autoescape=False))


@lru_cache(maxsize=1)
def _text_engine() -> Engine:
    """Templates of plain text: nothing is escaped, and a value is never a template itself."""
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], autoescape=False)


def _as_one_line(text: str) -> str:
    """Leave no line break in a subject, whatever the context held: it would end the mail header."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", lines)
