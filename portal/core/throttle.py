"""How often somebody may try: one row per subject, changed by one upsert, true for every process at once.

After `hits` tries within the window the subject is refused for `block_s` seconds (0: until the window ends).
Refused tries do not lengthen the block. Call it outside a use case's transaction, or a rollback forgets.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from portal.core.clock import now
from portal.core.errors import RateLimited
from portal.core.models import Throttle

_HIT = """
    INSERT INTO core_throttle AS row (key, window_start, hits, blocked_until)
    SELECT given, %(now)s, 1, CASE WHEN %(limit)s <= 1 THEN %(block_end)s::timestamptz END
    FROM unnest(%(keys)s::text[]) AS a (given) ORDER BY given
    ON CONFLICT (key) DO UPDATE SET (window_start, hits, blocked_until) = (
        SELECT started, tries, CASE
            WHEN NOT is_over AND row.blocked_until IS NOT NULL THEN row.blocked_until
            WHEN tries >= %(limit)s AND %(until_end)s THEN started + %(window)s::interval
            WHEN tries >= %(limit)s THEN %(block_end)s
        END
        FROM (SELECT coalesce(row.blocked_until, row.window_start + %(window)s::interval) <= %(now)s)
            AS a (is_over),
        LATERAL (SELECT
            CASE WHEN is_over THEN %(now)s ELSE row.window_start END,
            CASE WHEN is_over THEN 1 ELSE row.hits + 1 END
        ) AS b (started, tries)
    )
    RETURNING key, hits, blocked_until
"""


@dataclass(frozen=True)
class Limit:
    """At most `hits` tries in `window_s` seconds, then refused for `block_s` seconds."""

    purpose: str
    hits: int
    window_s: int
    block_s: int = 0


def hit(limit: Limit, subject: str) -> None:
    """Count one try. Raises RateLimited, with the seconds to wait, when the tries were used up before it."""
    moment = now()
    ((_key_of, hits, blocked_until),) = _count(limit, [_key(limit, subject)], moment)
    if hits > limit.hits:
        raise _refusal(blocked_until, moment)


def hit_each(limit: Limit, subjects: Iterable[str]) -> frozenset[str]:
    """Count one try of each subject in one statement, in order of their keys; return those that are refused."""
    keys = {_key(limit, subject): subject for subject in subjects}
    if not keys:
        return frozenset()
    return frozenset(keys[key] for key, hits, _until in _count(limit, list(keys), now()) if hits > limit.hits)


def _count(limit: Limit, keys: Sequence[str], moment: datetime) -> list[tuple[str, int, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _HIT,
            {
                "keys": list(keys),
                "now": moment,
                "limit": limit.hits,
                "window": f"{limit.window_s} seconds",
                "block_end": moment + timedelta(seconds=limit.block_s or limit.window_s),
                "until_end": limit.block_s == 0,
            },
        )
        return list(cursor.fetchall())


def check(limit: Limit, subject: str) -> None:
    """Raise RateLimited when the subject is refused now; counts nothing."""
    moment = now()
    row = Throttle.objects.filter(key=_key(limit, subject), blocked_until__gt=moment).first()
    if row and row.blocked_until:
        raise _refusal(row.blocked_until, moment)


def reset(limit: Limit, subject: str) -> None:
    """Forget the subject's tries, after it succeeded."""
    Throttle.objects.filter(key=_key(limit, subject)).delete()


def forget_old() -> int:
    """Delete rows whose window began over a day ago and that refuse nobody; returns how many."""
    moment = now()
    idle = Throttle.objects.filter(window_start__lt=moment - timedelta(days=1))
    return idle.exclude(blocked_until__gt=moment).delete()[0]


def _key(limit: Limit, subject: str) -> str:
    return f"{limit.purpose}:{hashlib.sha256(subject.encode()).hexdigest()}"


def _refusal(blocked_until: datetime, moment: datetime) -> RateLimited:
    return RateLimited(retry_after=math.ceil((blocked_until - moment).total_seconds()))
