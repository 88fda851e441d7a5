"""The search page and the API list: filters read once, results page by page with signed cursors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext_lazy as _

from portal.accounts.selectors import get_agency
from portal.core.errors import NotFound, RuleViolation
from procedures.choices import ServiceLevel, Tier
from procedures.columns import field_key
from procedures.english import in_readers_language, name_fields
from procedures.finding import Entry, Found, Understood, list_nearest, search_procedures, suggest_procedures

if TYPE_CHECKING:
    from uuid import UUID

    from portal.accounts.models import Agency

PAGE_SIZE = 20
MAX_QUERY_LENGTH = 200
_SALT = "procedures.listing"
_PARTS = 2
AS_TYPED = "typed"
"""Value of `words`: look for the words as typed, not for what they mean."""
_MOST_NEAREST = 4
_MOST_SUGGESTED = 6
_SHORTEST_TYPED = 2


@dataclass(frozen=True)
class Filters:
    """`agency` is a tier ("commune") or the code of one agency; `words` is "typed" or ""."""

    query: str = ""
    field: str = ""
    level: str = ""
    agency: str = ""
    words: str = ""

    @property
    def as_params(self) -> dict[str, str]:
        params = {
            "q": self.query,
            "field": self.field,
            "level": self.level,
            "agency": self.agency,
            "words": self.words,
        }
        return {name: value for name, value in params.items() if value}

    @property
    def is_literal(self) -> bool:
        return self.words == AS_TYPED

    @property
    def as_typed_href(self) -> str:
        """The same search for the words as typed."""
        return "?" + urlencode(replace(self, words=AS_TYPED).as_params)

    @property
    def as_understood_href(self) -> str:
        return "?" + urlencode(replace(self, words="").as_params)

    @property
    def is_filtering(self) -> bool:
        return bool(self.field or self.level or self.agency)

    @property
    def any_field_href(self) -> str:
        """The same words without the filters."""
        return "?" + urlencode({"q": self.query} if self.query else {})


@dataclass(frozen=True)
class Listing:
    """`fields`: (key, name, number of procedures found there); `nearest`: words to try where nothing was found."""

    filters: Filters
    entries: tuple[Entry, ...]
    total: int
    fields: tuple[tuple[str, str, int], ...]
    agency: Agency | None
    next_cursor: str
    previous_cursor: str
    understood: tuple[Understood, ...] = ()
    nearest: tuple[str, ...] = ()

    @property
    def is_in_vain(self) -> bool:
        """Nothing answers to the words themselves, whatever the filters."""
        return bool(self.filters.query) and not self.entries and not self.filters.is_filtering

    @property
    def next_href(self) -> str:
        return self._href(self.next_cursor)

    @property
    def previous_href(self) -> str:
        return self._href(self.previous_cursor)

    def _href(self, cursor: str) -> str:
        return "?" + urlencode({**self.filters.as_params, "cursor": cursor}) if cursor else ""


def read_filters(params: Mapping[str, str], *, query_name: str = "q") -> Filters:
    """Raises RuleViolation for a level outside 1 to 4."""
    level = params.get("level", "").strip()
    if level and level not in {str(value) for value in ServiceLevel.values}:
        raise RuleViolation(errors={"level": [str(_("Mức độ phải từ 1 đến 4."))]})
    return Filters(
        query=params.get(query_name, "").strip()[:MAX_QUERY_LENGTH],
        field=field_key(params.get("field", "")),
        level=level,
        agency=params.get("agency", "").strip(),
        words=AS_TYPED if params.get("words") == AS_TYPED else "",
    )


def build_listing(
    params: Mapping[str, str], *, query_name: str = "q", size: int = PAGE_SIZE, token: UUID | None = None
) -> Listing:
    """One page of results. Raises RuleViolation for a bad level, agency or cursor. At most 2 queries.

    `token`: the state of the catalogue, where it was read already.
    """
    filters = read_filters(params, query_name=query_name)
    agency = _read_agency(filters.agency)
    found = search_procedures(
        filters.query,
        field=filters.field,
        level=ServiceLevel(int(filters.level)) if filters.level else None,
        agency=agency,
        tier=filters.agency if agency is None else "",
        literal=filters.is_literal,
        token=token,
    )
    start = _open(params.get("cursor", ""), filters, found.entries)
    entries = found.entries[start : start + size]
    ends_at = start + size
    return Listing(
        filters=filters,
        entries=in_readers_language(entries),
        total=len(found.entries),
        fields=_count_fields(found),
        agency=agency,
        next_cursor=_seal(found.entries[ends_at], filters) if ends_at < len(found.entries) else "",
        previous_cursor=_seal(found.entries[max(0, start - size)], filters) if start else "",
        understood=found.understood,
        nearest=list_nearest(filters.query)[:_MOST_NEAREST] if not found.entries else (),
    )


def _count_fields(found: Found) -> tuple[tuple[str, str, int], ...]:
    return tuple((key, name, found.by_field[key]) for key, name in name_fields(found.fields))


@dataclass(frozen=True)
class Suggestions:
    """For words still being typed; `understood`: phrases of everyday life in them."""

    words: str
    entries: tuple[Entry, ...] = ()
    understood: tuple[Understood, ...] = ()


def suggest_words(words: str) -> Suggestions:
    """At most six; none below two letters. One query at most, some more for readers of English."""
    words = words.strip()[:MAX_QUERY_LENGTH]
    if len(words) < _SHORTEST_TYPED:
        return Suggestions(words)
    understood, entries = suggest_procedures(words, limit=_MOST_SUGGESTED)
    return Suggestions(words, in_readers_language(entries), understood)


def _read_agency(value: str) -> Agency | None:
    if not value or value in Tier.values:
        return None
    try:
        return get_agency(value)
    except NotFound as error:
        raise RuleViolation(errors={"agency": [str(_("Không có cơ quan mang mã này."))]}) from error


def _seal(first: Entry, filters: Filters) -> str:
    """A page begins at a procedure, not at a number: it stays right when others come and go."""
    return signing.dumps([first.code, urlencode(filters.as_params)], salt=_SALT)


def _open(cursor: str, filters: Filters, entries: tuple[Entry, ...]) -> int:
    if not cursor:
        return 0
    try:
        parts = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature as error:
        raise _bad_cursor() from error
    if len(parts) != _PARTS or parts[1] != urlencode(filters.as_params):
        raise _bad_cursor()
    return next((n for n, entry in enumerate(entries) if entry.code == parts[0]), 0)


def _bad_cursor() -> RuleViolation:
    return RuleViolation(
        "bad_cursor", _("Liên kết sang trang này không còn dùng được. Hãy mở lại danh sách.")
    )
