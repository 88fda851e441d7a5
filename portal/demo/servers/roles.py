"""Roles and database inside a private cluster: one role owns and migrates, the other runs the product."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from portal.demo.servers.cluster import SUPERUSER

OWNER = "motcua"
APP = "motcua_app"
DATABASE = "motcua"


@dataclass(frozen=True)
class Addresses:
    """Database URLs of the two roles."""

    app: str
    owner: str


def build_addresses(socket_dir: Path, database: str = DATABASE) -> Addresses:
    """URLs over the socket, in the form that libpq and Django both read."""
    host = quote(str(socket_dir), safe="")

    def url(role: str) -> str:
        return f"postgresql://{role}@{host}/{database}"

    return Addresses(url(APP), url(OWNER))


def create_roles(socket_dir: Path) -> None:
    """Make both roles and the database; a repeat, or one after an interruption, completes them."""
    with _superuser(socket_dir) as cursor:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
            if not _exists(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                cursor.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
        # so that the owner can do in a test what the product may do
        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
        if not _exists(cursor, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            statement = sql.SQL("CREATE DATABASE {} OWNER {}")
            cursor.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


@contextmanager
def _superuser(socket_dir: Path) -> Iterator[Any]:
    with closing(psycopg2.connect(host=str(socket_dir), user=SUPERUSER, dbname="postgres")) as connection:
        connection.autocommit = True  # CREATE DATABASE refuses a transaction
        with connection.cursor() as cursor:
            yield cursor


def _exists(cursor: Any, query: str, name: str) -> bool:
    cursor.execute(query, [name])
    return cursor.fetchone() is not None
