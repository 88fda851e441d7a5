"""Pages of long lists by keyset: as fast on page 10,000 as on page 1, and no counting.

A cursor is the (moment, id) of the row at the edge of a page, signed and bound to the filter it was made
for: changing it, or using it with another filter, is refused with a message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.errors import RuleViolation

M = TypeVar("M", bound=Model)
_SALT = "portal.core.keyset"
_PARTS = 4


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """One page, in reading order, with the cursors of its neighbours (None at the ends)."""

    rows: Sequence[M]
    next: str | None
    previous: str | None


def read_page(
    queryset: "QuerySet[M]",
    *,
    size: int,
    cursor: str,
    bound_to: Mapping[str, str],
    by: str = "sort_at",
    descending: bool = False,
) -> KeysetPage[M]:
    """The page at `cursor` ("" is the first) of rows ordered by (`by`, id); `by` names a moment that is never null.

    `bound_to` is the filter in force. Raises RuleViolation `bad_cursor`. One query of size + 1 rows.
    """
    edge = _open(cursor, bound_to) if cursor else None
    backwards = edge is not None and edge.backwards
    ascending = descending == backwards
    if edge is not None:
        queryset = queryset.filter(_beyond(edge, by, ascending=ascending))
    sign = "" if ascending else "-"
    rows = list(queryset.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next = more or backwards if not backwards else True
    has_previous = edge is not None and (more if backwards else True)
    return KeysetPage(
        rows,
        _seal(rows[-1], by, bound_to, backwards=False) if rows and has_next else None,
        _seal(rows[0], by, bound_to, backwards=True) if rows and has_previous else None,
    )


@dataclass(frozen=True)
class _Edge:
    at: datetime
    pk: str
    backwards: bool


def _beyond(edge: _Edge, by: str, *, ascending: bool) -> Q:
    side = "gt" if ascending else "lt"
    return Q(**{f"{by}__{side}": edge.at}) | Q(**{by: edge.at, f"pk__{side}": edge.pk})


def _seal(row: Any, by: str, bound_to: Mapping[str, str], *, backwards: bool) -> str:
    parts = [getattr(row, by).isoformat(), str(row.pk), int(backwards), _fingerprint(bound_to)]
    return signing.dumps(parts, salt=_SALT, compress=False)


def _open(cursor: str, bound_to: Mapping[str, str]) -> _Edge:
    try:
        parts = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature as error:
        raise _bad_cursor() from error
    if len(parts) != _PARTS or parts[3] != _fingerprint(bound_to):
        raise _bad_cursor()
    return _Edge(datetime.fromisoformat(parts[0]), parts[1], bool(parts[2]))


def _fingerprint(bound_to: Mapping[str, str]) -> str:
    return "&".join(f"{key}={value}" for key, value in sorted(bound_to.items()) if value)


def _bad_cursor() -> RuleViolation:
    return RuleViolation(
        "bad_cursor", _("Liên kết sang trang này không còn dùng được. Hãy mở lại danh sách.")
    )
