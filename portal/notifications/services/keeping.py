"""What is due and must wait all the same: the night, and numbers that got enough. Decided while it is claimed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from portal.core import throttle
from portal.core.locking import require_transaction
from portal.notifications.addresses import has_address, index_of
from portal.notifications.channels import channels
from portal.notifications.choices import Hold
from portal.notifications.events import notice_events
from portal.notifications.holding import (
    build_day_limit,
    build_hour_limit,
    find_end_of_night,
    find_next_hour,
    find_next_morning,
)
from portal.notifications.models import Delivery

Wait = tuple[str, datetime]


def keep_back(rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Put off what has to wait, and return the rest in its order. The rows are locked by the caller's claim.

    A number is counted once for each delivery, at its first claim, in the claim's own transaction: a worker that
    dies later has counted, one that dies before has not. Counts are taken channel by channel, hours before days,
    in order of their keys, so that two claims never wait for each other in a ring.
    """
    require_transaction()
    waits: dict[int, Wait] = {}
    night_ends = find_end_of_night(now)
    phones = [row for row in rows if channels.get(row.channel).is_phone]
    if night_ends is not None:
        waits = {row.pk: (Hold.QUIET, night_ends) for row in phones if not _is_urgent(row)}
    uncounted = [row for row in phones if row.pk not in waits and row.first_tried_at is None]
    counted = [row for row in uncounted if has_address(row)]
    waits |= _count(counted, now)
    _note_counted([row.pk for row in counted if row.pk not in waits], now)
    _put_off(waits)
    return [row for row in rows if row.pk not in waits]


def _is_urgent(row: Delivery) -> bool:
    event = row.message.event
    return event in notice_events and notice_events.get(event).urgent


def _count(rows: Sequence[Delivery], now: datetime) -> dict[int, Wait]:
    """Take one place of each number's hour and day; for those without one, until when they wait.

    A number that stands there twice is counted twice, in turn. The hour first: whoever waits for the next hour has
    taken no place of the day.
    """
    waits: dict[int, Wait] = {}
    turns: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    met: Counter[tuple[str, str]] = Counter()
    for row in rows:
        number = index_of(row).hex()
        turns[row.channel, met[row.channel, number]][number] = row.pk
        met[row.channel, number] += 1
    for channel, turn in sorted(turns):
        numbers = turns[channel, turn]
        late = throttle.hit_each(build_hour_limit(channel, now), numbers)
        waits |= {numbers[number]: (Hold.CAP, find_next_hour(now)) for number in late}
        over = throttle.hit_each(
            build_day_limit(channel, now), [each for each in numbers if each not in late]
        )
        waits |= {numbers[number]: (Hold.CAP, find_next_morning(now)) for number in over}
    return waits


def _note_counted(ids: Sequence[int], now: datetime) -> None:
    """So that a claim after a crash does not count again."""
    if ids:
        Delivery.objects.filter(pk__in=ids).update(first_tried_at=now)


def _put_off(waits: dict[int, Wait]) -> None:
    groups: dict[Wait, list[int]] = defaultdict(list)
    for pk, wait in waits.items():
        groups[wait].append(pk)
    for (hold, until), ids in groups.items():
        Delivery.objects.filter(pk__in=ids).update(hold=hold, not_before=until)
