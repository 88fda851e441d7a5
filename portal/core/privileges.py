"""Rights of the application's database role, granted by the owner after each migration.

A model may narrow them: `app_role_privileges: ClassVar = ("SELECT", "INSERT")`, and give single columns back
with `app_role_updatable: ClassVar = ("payload", "salt")` (names of columns).
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

ALL_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def grant_after_migrate(*, using: str, **kwargs: object) -> None:
    """Receiver of post_migrate; does nothing without APP_DB_ROLE, or when we are that role ourselves."""
    connection = connections[using]
    role = getattr(settings, "APP_DB_ROLE", "")
    if not role or connection.vendor != "postgresql":
        return
    # One transaction: a running application never sees a moment without its rights.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone():
            _grant(cursor, connection, role)


def _grant(cursor: CursorWrapper, connection: BaseDatabaseWrapper, role: str) -> None:
    quote = connection.ops.quote_name
    cursor.execute("SELECT current_schema()")
    schema = quote(cursor.fetchone()[0])
    cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {quote(role)}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {quote(role)}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quote(role)}")
    existing = set(connection.introspection.table_names(cursor))
    for table, rights in _rights():
        if table in existing:
            cursor.execute(f"GRANT {rights} ON {quote(table)} TO {quote(role)}")


def _rights() -> Iterator[tuple[str, str]]:
    yield "django_migrations", "SELECT"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, ", ".join(_rights_of(model))


def _rights_of(model: type[models.Model]) -> list[str]:
    rights = list(getattr(model, "app_role_privileges", ALL_RIGHTS))
    columns = getattr(model, "app_role_updatable", ())
    if columns:
        rights.append("UPDATE ({})".format(", ".join(f'"{column}"' for column in columns)))
    return rights
