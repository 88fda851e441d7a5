"""The token of the catalogue's state: caches keyed by it are right for as long as it stays."""

from uuid import UUID

from django.db import connection

from procedures.models import CatalogueRevision

_NO_REVISION = UUID(int=0)
READ_TOKEN = f'SELECT token FROM "{CatalogueRevision._meta.db_table}" WHERE id = 1'  # noqa: S608
"""For those who read the token together with something else, in one query."""


def catalogue_token() -> UUID:
    """Changes with every change of the catalogue. One query, in SQL: every page asks."""
    with connection.cursor() as cursor:
        cursor.execute(READ_TOKEN)
        row = cursor.fetchone()
    return row[0] if row else _NO_REVISION
