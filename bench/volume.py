"""The data under measurement."""

import psycopg2

from bench.server import Server
from portal.env import parse_env

DOSSIERS = 10_000


def ensure_volume(server: Server, dossiers: int = DOSSIERS) -> int:
    """Seed what is missing until that many dossiers are there; how many there are."""
    there = count_dossiers(server)
    if there >= dossiers:
        return there
    server.manage("seed_volume", "--dossiers", str(dossiers - there))
    return count_dossiers(server)


def count_dossiers(server: Server) -> int:
    with psycopg2.connect(database_url(server)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        return int(cursor.fetchone()[0])


def database_url(server: Server) -> str:
    """Of the role that owns the tables."""
    path = server.data_dir / "env"
    values = parse_env(path.read_text(encoding="utf-8"), source=str(path))
    return server.environment.get("DATABASE_OWNER_URL") or values["DATABASE_OWNER_URL"]
