"""Turn an event and its frozen context into the words people read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template import Context, Engine

from portal.notifications.notice import ContextValue

_BLANK_LINES = re.compile(r"\n{3,}")
LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Rendered:
    subject: str
    body: str


def render_notice(
    event: str, channel: str, context: Mapping[str, ContextValue], language: str = "vi"
) -> Rendered:
    """Render ``messages/<event>/subject.txt`` and ``<channel>.txt``; a missing value leaves its line out.

    A text in another language lies beside the Vietnamese one, e.g. ``email.en.txt``.
    """
    known = {key: value for key, value in context.items() if value not in (None, "")}
    return Rendered(
        subject=_as_one_line(_render(event, "subject", language, known)),
        body=_tidy(_render(event, channel, language, known)),
    )


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
