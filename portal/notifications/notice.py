"""What a caller hands over: one notice for one person, as plain values frozen at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

ContextValue = str | int | None


@dataclass(frozen=True)
class Notice:
    """One notice.

    event: a key of ``notice_events``, e.g. ``dossier.accepted``.
    event_key: what happened, once and for ever, e.g. ``dossier:<id>:<seq>``.
    recipient_key: who is told, e.g. ``user:<id>`` or ``party:<id>``.
    subject_key: what it is about, e.g. ``dossier:<id>``, so that its page can list it.
    context: texts ready for people (dates and money already written out); never an ID number,
    never a text that a citizen typed.
    """

    event: str
    event_key: str
    recipient_key: str
    context: Mapping[str, ContextValue]
    email: str | None = None
    phone: str | None = None
    user_id: UUID | None = None
    language: str = "vi"
    subject_key: str = ""
