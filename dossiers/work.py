"""One write to one dossier: the locked row, and what is written last.

Everything that may wait or fail happens first. Numbers (code, receipts) are taken at the end, all series of
the use case in key order; after them come only the inserts that carry them: the dossier's row, its events
and the notices. See docs/locking.md.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import chain, desk
from dossiers.models import Dossier, DossierEvent, Filing
from dossiers.notices import build_notices
from dossiers.relations import Relations
from dossiers.search import search_vector
from portal.accounts.actor import Actor
from portal.core import clock, counters
from portal.core.errors import NotFound
from portal.core.jsontypes import Json
from portal.core.locking import durable, lock_rows
from portal.notifications import services as notifications
from procedures import selectors as catalogue
from procedures.content import Content

Numbered = Callable[[int], None]
_COLUMNS = frozenset(field.attname for field in Dossier._meta.concrete_fields if not field.primary_key)


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event that waits for the end of the write. `notify` names the notice it causes, if any.

    `actor`: who acted when it was recorded; the system where it follows from somebody else's act.
    """

    kind: str
    payload: Mapping[str, Json]
    notify: str | None
    filing_sha256: bytes | None
    actor: Actor


class Work:
    """A dossier under lock, the actor, one moment, and the inserts to come."""

    def __init__(self, dossier: Dossier, actor: Actor, *, is_new: bool = False) -> None:
        """`is_new`: the row is not in the database yet, and nobody else can know it."""
        self.dossier = dossier
        self.actor = actor
        self.is_new = is_new
        self.agencies = Relations(dossier, is_new=is_new)
        self.now: datetime = clock.now()
        self._events: list[PendingEvent] = []
        self._numbers: list[tuple[str, Numbered]] = []
        self._inserts: list[Callable[[], None]] = []
        self._reindex = False
        self._is_silent = False

    @cached_property
    def content(self) -> Content:
        """The catalogue document that the dossier is pinned to."""
        return catalogue.get_content(self.dossier.procedure_version_id)

    @property
    def relations(self) -> list[tuple[int, str]]:
        """Open (agency id, relation) pairs."""
        return self.agencies.list_open()

    @property
    def filing(self) -> Filing | None:
        """The latest filing."""
        return Filing.objects.filter(dossier=self.dossier).order_by("-revision").first()

    def record(
        self,
        kind: str,
        payload: Mapping[str, Json] | None = None,
        *,
        notify: str | None = None,
        filing_sha256: bytes | None = None,
    ) -> None:
        """Queue one line of history, and the notice it causes."""
        self._events.append(PendingEvent(kind, payload or {}, notify, filing_sha256, self.actor))

    def number(self, series: str, use: Numbered) -> None:
        """Ask for the next number of a gapless or daily series; `use` gets it at the end of the write."""
        self._numbers.append((series, use))

    def insert_last(self, insert: Callable[[], None]) -> None:
        """Queue an insert that carries a number."""
        self._inserts.append(insert)

    def reindex(self) -> None:
        """The words of the dossier changed: write its search tokens anew."""
        self._reindex = True

    def tell_nobody(self) -> None:
        """The events of this write cause no notice: who asked stands at the desk and leaves with the result."""
        self._is_silent = True

    @property
    def is_touched(self) -> bool:
        """Did anything happen? A repeat that changes nothing writes nothing."""
        return bool(self._events)

    def requests(self) -> list[tuple[str, Numbered]]:
        """The series asked for, and who uses the number."""
        return self._numbers

    def flush(self) -> None:
        """The row, its events, inserts and notices; the numbers have been given out."""
        events = self._chain_events()
        self._save()
        DossierEvent.objects.bulk_create(events)
        for insert in self._inserts:
            insert()
        notices = [] if self._is_silent else build_notices(self.dossier, self.content, self._events, events)
        if notices:
            notifications.record_notices(notices)

    def _chain_events(self) -> list[DossierEvent]:
        return [self._link(event) for event in self._events]

    def _link(self, pending: PendingEvent) -> DossierEvent:
        dossier, actor = self.dossier, pending.actor
        salt = secrets.token_bytes(16)
        digest = chain.payload_digest(salt, pending.payload)
        event = DossierEvent(
            dossier=dossier,
            seq=dossier.last_seq + 1,
            kind=pending.kind,
            at=self.now,
            actor_kind=actor.kind,
            actor_user_id=actor.user_id,
            actor_membership_id=actor.membership_id,
            actor_agency_id=actor.agency_id,
            actor_name=actor.name[:200],
            door=actor.door,
            filing_sha256=pending.filing_sha256,
            payload=dict(pending.payload),
            salt=salt,
            payload_sha256=digest,
            previous=None if dossier.last_hash is None else bytes(dossier.last_hash),
        )
        event.hash = link_of(event).digest()
        dossier.last_seq, dossier.last_hash = event.seq, event.hash
        return event

    def _save(self) -> None:
        dossier = self.dossier
        dossier.version += 1
        dossier.sort_at = sort_moment(dossier)
        seen_by = {agency for agency, _relation in self.relations}
        if self._reindex:
            dossier.search = search_vector(dossier, seen_by)
        if self.is_new:
            dossier.save(force_insert=True)
        else:
            dossier.save(update_fields=_COLUMNS if self._reindex else _COLUMNS - {"search"})
        desk.write_entries(dossier, seen_by, has_ended=self.agencies.has_ended)


def link_of(event: DossierEvent) -> chain.Link:
    """The hashed part of an event row."""
    return chain.Link(
        dossier=str(event.dossier_id),
        seq=event.seq,
        kind=event.kind,
        at=chain.moment(event.at),
        actor_kind=str(event.actor_kind),
        actor_user=chain.text_or_none(event.actor_user_id),
        actor_membership=event.actor_membership_id,
        actor_agency=event.actor_agency_id,
        actor_name=event.actor_name,
        door=str(event.door),
        filing_sha256=chain.hex_or_none(event.filing_sha256),
        payload_sha256=bytes(event.payload_sha256).hex(),
        previous=chain.hex_or_none(event.previous),
    )


def sort_moment(dossier: Dossier) -> datetime:
    """What lists are ordered by: the nearest date that somebody waits for."""
    moments = (dossier.ended_at, dossier.resolved_at, dossier.due_at, dossier.check_by, dossier.answer_by)
    return next((at for at in moments if at is not None), dossier.submitted_at or dossier.created_at)


def lock_dossier(dossier_id: UUID) -> Dossier:
    """Lock one dossier's row. Raises NotFound, LockTimeout; refuses outside a transaction."""
    rows = lock_rows(Dossier.objects.defer("search").filter(pk=dossier_id))
    if not rows:
        raise NotFound("not_found", _("Không tìm thấy hồ sơ này."))
    return rows[0]


class UseCase:
    """The durable transaction of one use case, over one dossier or several (locked in order of id)."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._works: list[Work] = []

    def lock(self, dossier_id: UUID) -> Work:
        """Lock a dossier and work on it. Raises NotFound, LockTimeout."""
        return self._open(lock_dossier(dossier_id))

    def create(self, dossier: Dossier) -> Work:
        """Begin a dossier. Its row is inserted once, at the end; what points to it is checked at the commit."""
        return self._open(dossier, is_new=True)

    def _open(self, dossier: Dossier, *, is_new: bool = False) -> Work:
        work = Work(dossier, self.actor, is_new=is_new)
        self._works.append(work)
        return work

    def finish(self) -> None:
        """All numbers in key order, then what carries them."""
        touched = [work for work in self._works if work.is_touched]
        numbers = [request for work in touched for request in work.requests()]
        for series, use in sorted(numbers, key=lambda request: request[0]):
            use(counters.next_number(series))
        for work in touched:
            work.flush()
        desk.announce(agency for work in touched for agency in work.agencies.list_agencies())


@contextmanager
def use_case(actor: Actor) -> Iterator[UseCase]:
    """One durable transaction: the body applies steps, its end writes the tail, and recorded notices wake the worker.

    Never inside another transaction (a use case is not called by another service).
    """
    with durable():
        case = UseCase(actor)
        yield case
        case.finish()


@contextmanager
def write_dossier(dossier_id: UUID, *, actor: Actor) -> Iterator[Work]:
    """The use case of one dossier, from lock to commit. Raises NotFound, LockTimeout."""
    with use_case(actor) as case:
        yield case.lock(dossier_id)
