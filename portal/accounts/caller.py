"""The person a session names, with the places they work at this moment.

Every request asks, from rows read in that request: a revoked right ends at once. So it is one query, and its SQL
is not built anew each time.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

from portal.accounts.models import Agency, Membership, User
from portal.accounts.selectors import list_current_memberships
from portal.core import clock

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, None, Any], Any]
_PERSON, _PLACE, _AGENCY = (len(model._meta.concrete_fields) for model in (User, Membership, Agency))
# The same memberships as `selectors.list_current_memberships`; a test holds the two together.
_READ = """
    SELECT {columns}
    FROM accounts_user person
    LEFT JOIN (accounts_membership place JOIN accounts_agency agency ON agency.id = place.agency_id
        AND agency.valid_from <= %(today)s
        AND (agency.valid_until IS NULL OR agency.valid_until >= %(today)s))
    ON place.user_id = person.id AND place.since <= %(now)s AND (place.until IS NULL OR place.until > %(now)s)
    WHERE person.id = %(person)s
    ORDER BY place.since, place.id
"""


def find_caller(user_id: UUID) -> User | None:
    """The account with its current memberships, for `places_of`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"person": user_id, "now": clock.now(), "today": clock.today()})
        rows = cursor.fetchall()
    if not rows:
        return None
    user = _build(User, rows[0][:_PERSON])
    user.current_memberships = tuple(_build_place(row) for row in rows if row[_PERSON] is not None)  # type: ignore[attr-defined]
    return user


def places_of(user: User) -> tuple[Membership, ...]:
    """Memberships in force, at agencies at work today, oldest first; no query for one from `find_caller`."""
    known: tuple[Membership, ...] | None = getattr(user, "current_memberships", None)
    return tuple(list_current_memberships(user.pk)) if known is None else known


def _build_place(row: Sequence[Any]) -> Membership:
    membership = _build(Membership, row[_PERSON : _PERSON + _PLACE])
    membership.agency = _build(Agency, row[_PERSON + _PLACE :])
    return membership


def _build(model: type[M], values: Sequence[Any]) -> M:
    """A row as the ORM would have read it."""
    names, converters = _shape(model)
    read = list(values)
    for place, convert in converters:
        read[place] = convert(read[place], None, connection)
    return model.from_db(DEFAULT_DB_ALIAS, names, read)


@lru_cache(maxsize=3)
def _shape(model: type[Model]) -> tuple[list[str], list[tuple[int, Convert]]]:
    """Attributes of a row, and what makes values of the database into those of a field."""
    fields = model._meta.concrete_fields
    converters = [
        (place, convert)
        for place, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return [field.attname for field in fields], converters


@lru_cache(maxsize=1)
def _statement() -> str:
    tables = ((User, "person"), (Membership, "place"), (Agency, "agency"))
    columns = [
        f'{alias}."{field.column}"' for model, alias in tables for field in model._meta.concrete_fields
    ]
    return _READ.format(columns=", ".join(columns))
