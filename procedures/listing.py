"""The search page and the API list: filters read once, results page by page with signed cursors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext_lazy as _

from portal.accounts.selectors import get_agency
from portal.core.errors import NotFound, RuleViolation
from procedures.choices import ServiceLevel, Tier
from procedures.columns import field_key
from procedures.english import in_readers_language, name_fields
from procedures.finding import Entry, search_procedures

if TYPE_CHECKING:
    from portal.accounts.models import Agency

PAGE_SIZE = 20
MAX_QUERY_LENGTH = 200
_SALT = "procedures.listing"
_PARTS = 2


@dataclass(frozen=True)
class Filters:
    """`agency` is a tier ("commune") or the code of one agency."""

    query: str = ""
    field: str = ""
    level: str = ""
    agency: str = ""

    @property
    def as_params(self) -> dict[str, str]:
        params = {"q": self.query, "field": self.field, "level": self.level, "agency": self.agency}
        return {name: value for name, value in params.items() if value}

    @property
    def is_filtering(self) -> bool:
        return bool(self.field or self.level or self.agency)

    @property
    def any_field_href(self) -> str:
        """The same words without the filters."""
        return "?" + urlencode({"q": self.query} if self.query else {})


@dataclass(frozen=True)
class Listing:
    filters: Filters
    entries: tuple[Entry, ...]
    total: int
    fields: tuple[tuple[str, str], ...]
    agency: Agency | None
    next_cursor: str
    previous_cursor: str

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
    )


def build_listing(params: Mapping[str, str], *, query_name: str = "q", size: int = PAGE_SIZE) -> Listing:
    """One page of results. Raises RuleViolation for a bad level, agency or cursor. At most 2 queries."""
    filters = read_filters(params, query_name=query_name)
    agency = _read_agency(filters.agency)
    found = search_procedures(
        filters.query,
        field=filters.field,
        level=ServiceLevel(int(filters.level)) if filters.level else None,
        agency=agency,
        tier=filters.agency if agency is None else "",
    )
    start = _open(params.get("cursor", ""), filters, found.entries)
    entries = found.entries[start : start + size]
    ends_at = start + size
    return Listing(
        filters=filters,
        entries=in_readers_language(entries),
        total=len(found.entries),
        fields=name_fields(found.all_fields),
        agency=agency,
        next_cursor=_seal(found.entries[ends_at], filters) if ends_at < len(found.entries) else "",
        previous_cursor=_seal(found.entries[max(0, start - size)], filters) if start else "",
    )


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
