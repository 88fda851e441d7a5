"""Training: an installation whose dossiers, receipts and books are for practice and count for nothing.

With the setting TRAINING every number comes from a series of its own and shows it (`TH-…`), every print carries
a watermark and every page a banner. One database serves practice or people, never both: each connection looks
which numbers were given out before, and refuses to go on with those of the other kind.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

MARK = "TH-"
SERIES = "training:"

_FIND_REAL = "SELECT series FROM core_counter WHERE series LIKE 'dossier:%' OR series LIKE 'book:%' LIMIT 1"
_FIND_PRACTICE = f"SELECT series FROM core_counter WHERE series LIKE '{SERIES}%' LIMIT 1"  # noqa: S608 - our own word


def mark_number(text: str) -> str:
    """A code or the sign of a book as it is written here: `TH-H42.36` in training, else unchanged."""
    return f"{MARK}{text}" if settings.TRAINING else text


def name_series(series: str) -> str:
    """The counter behind a number that people read: training counts apart."""
    return f"{SERIES}{series}" if settings.TRAINING else series


def refuse_other_kind(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Receiver of connection_created: closes a connection to a database of the other kind.

    Raises ImproperlyConfigured, naming a series that was found. At most two queries for each new connection.
    """
    found = _find_foreign(connection)
    if found is None:
        return
    connection.close()
    if settings.TRAINING:
        raise ImproperlyConfigured(
            f"TRAINING=1, but this database holds real numbers (series {found}):"
            " give the training a database of its own, or set TRAINING=0"
        )
    raise ImproperlyConfigured(
        f"TRAINING=0, but this database holds training numbers (series {found}):"
        " give the province a database of its own, or set TRAINING=1"
    )


def refuse_mixed_start() -> None:
    """Called where web and worker start. A database that does not answer yet is looked at when it does.

    Raises ImproperlyConfigured.
    """
    try:
        connection.ensure_connection()
    except DatabaseError:
        return
    connection.close()  # processes that are forked later must not share it


def _find_foreign(connection: BaseDatabaseWrapper) -> str | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_counter')")
        if cursor.fetchone()[0] is None:
            return None  # not migrated yet
        cursor.execute(_FIND_REAL if settings.TRAINING else _FIND_PRACTICE)
        row = cursor.fetchone()
    return str(row[0]) if row else None
