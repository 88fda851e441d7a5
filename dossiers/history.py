"""Verifying the history: every chain is computed again from the stored rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from dossiers import chain
from dossiers.choices import Status
from dossiers.models import Dossier, DossierEvent
from dossiers.work import link_of
from portal.core.errors import SealBroken

CHUNK = 1000

Head = tuple[UUID, str | None, int, bytes | memoryview | None]


@dataclass(frozen=True, slots=True)
class Break:
    """The first break of one chain: at which event, and what is wrong."""

    dossier_id: UUID
    code: str | None
    seq: int
    fault: str


def find_breaks(code: str | None = None) -> Iterator[Break]:
    """The first break of every broken chain (of one dossier, by its code). Changes nothing.

    Found are changed, deleted, inserted and reordered events, a missing tail (against the dossier's own last
    number and hash), a filed dossier without history and payloads that do not match their digest. Erased
    payloads are no break. Memory holds one chunk of dossiers, however many there are.
    """
    dossiers = Dossier.objects.exclude(status=Status.DRAFT).order_by("pk")
    if code is not None:
        dossiers = dossiers.filter(code=code)
    rows = dossiers.values_list("pk", "code", "last_seq", "last_hash")
    heads: list[Head] = list(rows[:CHUNK])
    while heads:
        yield from _find_in(heads)
        heads = list(rows.filter(pk__gt=heads[-1][0])[:CHUNK])


def _find_in(heads: Sequence[Head]) -> Iterator[Break]:
    events = DossierEvent.objects.filter(dossier__in=[head[0] for head in heads]).order_by(
        "dossier_id", "seq"
    )
    chains = {key: list(found) for key, found in groupby(events, key=attrgetter("dossier_id"))}
    for pk, code, last_seq, last_hash in heads:
        fault = _first_fault(chains.get(pk, []), last_seq, bytes(last_hash or b""))
        if fault is not None and (fault := _look_again(pk)) is not None:
            yield Break(pk, code, *fault)


def _look_again(pk: UUID) -> tuple[int, str] | None:
    """A dossier written between the two reads of its chunk looks broken once, and not when read by itself."""
    events = list(DossierEvent.objects.filter(dossier=pk).order_by("seq"))
    last_seq, last_hash = Dossier.objects.values_list("last_seq", "last_hash").get(pk=pk)
    return _first_fault(events, last_seq, bytes(last_hash or b""))


def _first_fault(events: Sequence[DossierEvent], last_seq: int, last_hash: bytes) -> tuple[int, str] | None:
    if not events:
        return 1, "every event is missing"
    previous: bytes | None = None
    for seq, event in enumerate(events, 1):
        fault = _fault_of(event, seq, previous)
        if fault is not None:
            return fault
        previous = bytes(event.hash)
    if len(events) != last_seq or previous != last_hash:
        return min(len(events), last_seq) + 1, "the tail is missing or was replaced"
    return None


def _fault_of(event: DossierEvent, seq: int, previous: bytes | None) -> tuple[int, str] | None:
    if event.seq != seq:
        return seq, f"event {seq} is missing"
    if (None if event.previous is None else bytes(event.previous)) != previous:
        return seq, "it does not follow the event before it"
    if link_of(event).digest() != bytes(event.hash):
        return seq, "a field was changed"
    if not _payload_holds(event):
        return seq, "the payload was changed"
    return None


def _payload_holds(event: DossierEvent) -> bool:
    try:
        payload = event.payload
    except SealBroken:
        return False
    if payload is None or event.salt is None:
        return payload is None and event.salt is None
    return chain.payload_digest(bytes(event.salt), payload) == bytes(event.payload_sha256)
