"""Verifying the history: every chain is computed again from the stored rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from dossiers import chain
from dossiers.models import Dossier, DossierEvent
from dossiers.work import link_of
from portal.core.errors import SealBroken

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Break:
    """The first break of one chain: at which event, and what is wrong."""

    dossier_id: UUID
    code: str | None
    seq: int
    fault: str


def find_breaks(code: str | None = None) -> Iterator[Break]:
    """The first break of every broken chain (of one dossier, by its code). Reads in chunks, changes nothing.

    Found are changed, deleted, inserted and reordered events, a missing tail (against the dossier's own last
    number and hash) and payloads that do not match their digest. Erased payloads are no break.
    """
    dossiers = Dossier.objects.exclude(last_seq=0)
    if code is not None:
        dossiers = dossiers.filter(code=code)
    rows = dossiers.order_by("pk").values_list("pk", "code", "last_seq", "last_hash")
    heads = rows.iterator(chunk_size=CHUNK)
    events = DossierEvent.objects.filter(dossier__in=dossiers) if code else DossierEvent.objects.all()
    ordered = events.order_by("dossier_id", "seq").iterator(chunk_size=CHUNK)
    chains = groupby(ordered, key=attrgetter("dossier_id"))
    yield from _compare(heads, chains)


def _compare(heads, chains) -> Iterator[Break]:  # type: ignore[no-untyped-def]
    dossier_id, found = next(chains, (None, iter(())))
    for pk, code, last_seq, last_hash in heads:
        if dossier_id == pk:
            fault = _first_fault(found, last_seq, bytes(last_hash or b""))
            dossier_id, found = next(chains, (None, iter(())))
        else:
            fault = (1, "every event is missing")
        if fault is not None:
            yield Break(pk, code, *fault)


def _first_fault(events: Iterator[DossierEvent], last_seq: int, last_hash: bytes) -> tuple[int, str] | None:
    previous: bytes | None = None
    seq = 0
    fault: tuple[int, str] | None = None
    for event in events:
        seq += 1
        if fault is None:
            fault = _fault_of(event, seq, previous)
        previous = bytes(event.hash)
    if fault is not None:
        return fault
    if seq != last_seq or previous != last_hash:
        return seq + 1, "the tail is missing or was replaced"
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
