"""One dossier as it is meant to be: what, where, by whom, when, and how far it came."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from dossiers.choices import Channel, Status
from portal.core.clock import VN_TZ
from portal.demo.seeds.volume.names import make_name, make_national_id, make_phone
from portal.demo.seeds.volume.scenery import Filer, Kind, Office, Scenery

DAYS = 730
_SATURDAY = 5
_ONLINE, _VERIFIED = 0.6, 0.3
_A_DAYS_WORK = 8
"""Dossiers that one agency gets on one day, at least; a small volume leaves days out."""

_FRESH_DAYS = 25
"""Younger ones may wait for the citizen: nobody's answer is overdue, so nothing expires by itself."""

COURSES: Mapping[Status, tuple[str, ...]] = {
    Status.SUBMITTED: ("file",),
    Status.ACCEPTED: ("file", "accept"),
    Status.PROCESSING: ("file", "accept", "start"),
    Status.AWAITING_SUPPLEMENT: ("file", "accept", "request_supplement"),
    Status.AWAITING_PAYMENT: ("file", "accept", "request_payment"),
    Status.RESOLVED: ("file", "accept", "start", "resolve"),
    Status.RETURNED: ("file", "accept", "start", "transfer", "resolve", "return_result"),
    Status.DECLINED: ("file", "propose_decline", "decline"),
    Status.WITHDRAWN: ("file", "withdraw"),
    Status.STOPPED: ("file", "accept", "stop"),
}
_FRESH: tuple[tuple[Status, int], ...] = (
    (Status.SUBMITTED, 18), (Status.ACCEPTED, 10), (Status.PROCESSING, 30), (Status.AWAITING_SUPPLEMENT, 8),
    (Status.AWAITING_PAYMENT, 6), (Status.RESOLVED, 10), (Status.RETURNED, 15), (Status.WITHDRAWN, 3),
)  # fmt: skip
_OLD: tuple[tuple[Status, int], ...] = (
    (Status.RETURNED, 900), (Status.WITHDRAWN, 30), (Status.DECLINED, 40), (Status.STOPPED, 10),
    (Status.RESOLVED, 12), (Status.PROCESSING, 8),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """`moments` has one time for each of `events`, rising, the last not after now."""

    id: UUID
    party_id: UUID
    code: str
    office: Office
    kind: Kind
    status: Status
    channel: Channel
    filer: Filer | None
    owner: str
    national_id: str
    phone: str
    is_verified: bool
    events: tuple[str, ...]
    moments: tuple[datetime, ...]

    @property
    def filed_at(self) -> datetime:
        return self.moments[0]

    @property
    def last_at(self) -> datetime:
        return self.moments[-1]

    @property
    def was_accepted(self) -> bool:
        return "accept" in COURSES[self.status]


@dataclass(frozen=True)
class Batch:
    """All dossiers of one agency and one day: they share a series of codes."""

    office: int
    day: date
    count: int


def plan_batches(scenery: Scenery, dossiers: int, today: date) -> list[Batch]:
    """Spread them evenly over working days of two years, oldest first, a fifth to the first office."""
    days = [today - timedelta(days=age) for age in range(DAYS, 0, -1)]
    days = [day for day in days if day.weekday() < _SATURDAY]
    shares = [2, *([1] * (len(scenery.offices) - 1))]
    slots = [(day, office) for day in days for office, share in enumerate(shares) for _ in range(share)]
    used = Random(dossiers).sample(slots, min(len(slots), -(-dossiers // _A_DAYS_WORK)))  # noqa: S311
    counts: dict[tuple[date, int], int] = {}
    for number in range(dossiers):
        slot = used[number % len(used)]
        counts[slot] = counts.get(slot, 0) + 1
    return [Batch(office, day, count) for (day, office), count in sorted(counts.items())]


def plan_dossiers(
    scenery: Scenery, batch: Batch, codes: Sequence[str], *, events: int, now: datetime
) -> Iterator[Plan]:
    """The dossiers of one batch; the same batch and codes give the same plans but for their ids."""
    random = Random(f"{batch.office}:{codes[0]}")  # noqa: S311  # nothing secret
    office = scenery.offices[batch.office]
    age = (now.astimezone(VN_TZ).date() - batch.day).days
    statuses = _FRESH if age <= _FRESH_DAYS else _OLD
    opens = datetime.combine(batch.day, time(7, 30), VN_TZ).astimezone(UTC)
    for code in codes:
        status = random.choices([s for s, _ in statuses], [weight for _, weight in statuses])[0]
        filed_at = opens + timedelta(minutes=random.randrange(9 * 60), microseconds=random.randrange(10**6))
        online = random.random() < _ONLINE
        filer = random.choice(scenery.filers) if online else None
        kinds = fit(COURSES[status], events)
        yield Plan(
            id=uuid7_at(filed_at),
            party_id=uuid7_at(filed_at),
            code=code,
            office=office,
            kind=random.choice(scenery.kinds),
            status=status,
            channel=Channel.ONLINE if online else Channel.DESK,
            filer=filer,
            owner=make_name(random),
            national_id=make_national_id(random),
            phone=make_phone(random),
            is_verified=random.random() < _VERIFIED,
            events=kinds,
            moments=_spread(filed_at, now, len(kinds), random),
        )


def fit(course: tuple[str, ...], events: int) -> tuple[str, ...]:
    """Exactly that many: acts in the middle are left out, or the receipt is printed again."""
    if len(course) >= events:
        return (course[0], *course[len(course) - events + 1 :])
    return (course[0], *["reissue_secret"] * (events - len(course)), *course[1:])


def uuid7_at(moment: datetime) -> UUID:
    """An identifier as it would have been given at that moment (RFC 9562, version 7)."""
    milliseconds = int(moment.timestamp() * 1000)
    high, low = secrets.randbits(12), secrets.randbits(62)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def _spread(filed_at: datetime, now: datetime, count: int, random: Random) -> tuple[datetime, ...]:
    longest = max(now - filed_at, timedelta(seconds=1))
    span = min(timedelta(minutes=random.randrange(60, 8 * 1440)), longest)
    return tuple(filed_at + span * number / max(count - 1, 1) for number in range(count))
