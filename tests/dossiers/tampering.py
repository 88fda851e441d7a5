"""What somebody with the owner's rights over the database could do to a history."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from dossiers.models import Dossier, DossierEvent
from dossiers.work import link_of

TABLES = ("dossiers_dossierevent", "dossiers_filing")


@contextmanager
def without_triggers() -> Iterator[None]:
    """The row triggers that refuse changes are off; foreign keys still hold."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        run("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def get_event(dossier: Dossier, seq: int) -> DossierEvent:
    return DossierEvent.objects.get(dossier=dossier, seq=seq)


def change(dossier: Dossier, seq: int, **columns: Any) -> None:
    """Write columns of one event, and leave its hash."""
    DossierEvent.objects.filter(dossier=dossier, seq=seq).update(**columns)


def delete(dossier: Dossier, *seqs: int) -> None:
    marks = ", ".join(["%s"] * len(seqs))
    run(f"DELETE FROM dossiers_dossierevent WHERE dossier_id = %s AND seq IN ({marks})", dossier.pk, *seqs)


def renumber(dossier: Dossier, old: int, new: int) -> None:
    run("UPDATE dossiers_dossierevent SET seq = %s WHERE dossier_id = %s AND seq = %s", new, dossier.pk, old)


def swap(dossier: Dossier, one: int, other: int) -> None:
    renumber(dossier, one, 1000)
    renumber(dossier, other, one)
    renumber(dossier, 1000, other)


def forge(dossier: Dossier, *, after: int, seq: int, kind: str = "resolve") -> DossierEvent:
    """Insert an event whose own hash is right and which follows another one."""
    model = get_event(dossier, after)
    forged = DossierEvent(
        dossier=dossier,
        seq=seq,
        kind=kind,
        at=model.at,
        actor_kind=model.actor_kind,
        actor_name=model.actor_name,
        door=model.door,
        payload_sha256=model.payload_sha256,
        previous=model.hash,
    )
    forged.hash = link_of(forged).digest()
    forged.save(force_insert=True)
    return forged
