"""Transactions and row locks; no other module may lock. The order of locks is in docs/locking.md."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg2
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connections,
    transaction,
)
from django.db.models import Model, QuerySet

from portal.core.errors import LockTimeout

M = TypeVar("M", bound=Model)

# PostgreSQL: lock_not_available, deadlock_detected, serialization_failure
_TRY_AGAIN = frozenset({"55P03", "40P01", "40001"})


@contextmanager
def durable(lock_timeout_ms: int = 3000, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """The one transaction of a use case: committed when the block ends, and not before.

    Raises RuntimeError inside another transaction, LockTimeout when any wait for a lock exceeds the limit
    or the database breaks a deadlock by ending this one; then nothing was changed.
    """
    with _lock_timeout_as_domain_error(), transaction.atomic(using=using, durable=True):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(lock_timeout_ms)}ms"])
        yield


def lock_rows(queryset: QuerySet[M]) -> list[M]:
    """Re-read the rows under a lock, in order of their key, so that what is decided next is still true.

    Locks against writers, not against foreign keys pointing here. Raises RuntimeError outside a transaction,
    LockTimeout when another holds a row too long.
    """
    require_transaction(queryset.db)
    with _lock_timeout_as_domain_error():
        return list(queryset.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def claim_rows(queryset: QuerySet[M], *, limit: int) -> list[M]:
    """Lock up to `limit` rows that nobody else holds, in the order of the queryset; held ones are skipped."""
    require_transaction(queryset.db)
    return list(queryset.select_for_update(no_key=True, skip_locked=True, of=("self",))[:limit])


def require_transaction(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise RuntimeError when the caller forgot to open a transaction."""
    if not connections[using].in_atomic_block:
        raise RuntimeError("this needs the transaction of its use case: portal.core.locking.durable()")


@contextmanager
def _lock_timeout_as_domain_error() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if is_try_again(error):
            raise LockTimeout from error
        raise


def is_try_again(error: BaseException) -> bool:
    """Whether a database error means "somebody else was in the way": nothing was changed, try again."""
    return getattr(error.__cause__, "pgcode", None) in _TRY_AGAIN


def is_away(error: BaseException) -> bool:
    """Whether the database cannot be reached, or broke off: what was being committed is there or is not.

    A connection that dies under a COMMIT is a bare DatabaseError, with what the driver said as its cause.
    """
    if isinstance(error, (OperationalError, InterfaceError)):
        return not is_try_again(error)
    return type(error) is DatabaseError and isinstance(error.__cause__, psycopg2.Error)
