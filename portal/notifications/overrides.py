"""Texts that admins wrote over the shipped ones, kept in memory so that a notice costs no query."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.db.models import Count, Max, Q

from portal.notifications.models import NoticeTemplate

LOOK_AGAIN_AFTER_S: Final = 5.0
"""So late, at most, another process reads a text that was just saved."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as an admin wrote it, with `{names}`; an empty subject means the shipped one."""

    subject: str
    body: str
    number: int


Key = tuple[str, str, str, int | None]
Token = tuple[int | None, int]


class _Kept:
    """The texts in force in this process, the token they were read under, and when it was last compared."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: Mapping[Key, Text] = {}
        self._token: Token | None = None
        self._looked_at = float("-inf")

    def get(self) -> Mapping[Key, Text]:
        """One small query every few seconds; the texts are read again only when the token changed."""
        if time.monotonic() - self._looked_at < LOOK_AGAIN_AFTER_S:
            return self._texts
        with self._lock:
            token = _read_token()
            if token != self._token:
                self._texts, self._token = _read_texts(), token
            self._looked_at = time.monotonic()
        return self._texts

    def forget(self) -> None:
        self._looked_at = float("-inf")


_kept = _Kept()


def find_text(event: str, channel: str, language: str, agency_id: int | None) -> Text | None:
    """The text in force: the agency's own before the province's; None where the shipped one counts."""
    texts = _kept.get()
    own = texts.get((event, channel, language, agency_id)) if agency_id is not None else None
    return own or texts.get((event, channel, language, None))


def forget() -> None:
    """Look at the database again at the next notice: this process has just changed a text."""
    _kept.forget()


def _read_token() -> Token:
    """Rows are only added or switched off, so these two numbers change with every write."""
    found = NoticeTemplate.objects.aggregate(newest=Max("pk"), active=Count("pk", filter=Q(is_active=True)))
    return found["newest"], found["active"]


def _read_texts() -> Mapping[Key, Text]:
    rows = NoticeTemplate.objects.filter(is_active=True).order_by("number")
    return {
        (row.event, row.channel, row.language, row.agency_id): Text(row.subject, row.body, row.number)
        for row in rows
    }
