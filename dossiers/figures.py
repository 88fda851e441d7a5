"""What happened to dossiers, as numbers: filed, resolved in time, resolved late. Nothing about persons."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

FINAL_AFTER_S = 60
"""No write lasts that long: what is older and visible is complete, and nothing comes in before it any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many dossiers of one agency, service level and channel were filed or resolved on one day.

    `day` is local. A recalled decision is taken off the day on which it was made.
    """

    day: date
    agency_id: int
    level: int
    channel: str
    filed: int
    in_time: int
    late: int


_CHANGES = """
    WITH happened AS (
        SELECT e.dossier_id, e.kind, CASE e.kind WHEN 'recall' THEN before.at ELSE e.at END AS at
        FROM dossiers_dossierevent e
        LEFT JOIN LATERAL (
            SELECT max(r.at) AS at FROM dossiers_dossierevent r
            WHERE e.kind = 'recall' AND r.dossier_id = e.dossier_id AND r.seq < e.seq AND r.kind = 'resolve'
        ) before ON true
        WHERE e.id > %s AND e.id <= %s AND e.kind IN ('submit', 'receive', 'resolve', 'recall')
    ), counted AS (
        SELECT h.dossier_id, h.at, h.kind IN ('submit', 'receive') AS is_filed,
            CASE h.kind WHEN 'resolve' THEN 1 WHEN 'recall' THEN -1 ELSE 0 END AS resolved
        FROM happened h
    )
    SELECT (c.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, d.agency_id, v.level, d.channel,
        count(*) FILTER (WHERE c.is_filed),
        coalesce(sum(c.resolved) FILTER (WHERE c.at <= promise.at), 0),
        coalesce(sum(c.resolved) FILTER (WHERE c.at > promise.at), 0)
    FROM counted c
    JOIN dossiers_dossier d ON d.id = c.dossier_id
    JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
    CROSS JOIN LATERAL (SELECT coalesce(d.rescheduled_from, d.due_at, c.at) AS at) promise
    GROUP BY 1, 2, 3, 4
"""

_LAST_FINAL = """
    SELECT coalesce(
        (SELECT id - 1 FROM dossiers_dossierevent WHERE id > %s AND at > %s ORDER BY id LIMIT 1),
        (SELECT max(id) FROM dossiers_dossierevent WHERE id > %s),
        %s)
"""


def list_changes(after: int, upto: int) -> list[Change]:
    """What the events of numbers after < id <= upto changed. One query.

    The promise a decision is measured by is the first one: an apology (Mẫu 04) does not make it punctual.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [after, upto])
        return [Change(*row) for row in cursor.fetchall()]


def find_last_final(after: int, now: datetime) -> int:
    """The number of the last event that is older than FINAL_AFTER_S, together with all before it."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_FINAL, [after, now - timedelta(seconds=FINAL_AFTER_S), after, after])
        return int(cursor.fetchone()[0])


def find_newest() -> int:
    """The highest number of an event; 0 without any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossierevent")
        return int(cursor.fetchone()[0])
