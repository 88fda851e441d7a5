"""The index of this process, brought up to date when the catalogue's token changes."""

from __future__ import annotations

import threading
import time
from uuid import UUID

from procedures.finding.entries import read_entries, read_states
from procedures.finding.index import Index
from procedures.finding.knowledge import read_knowledge
from procedures.finding.ranking import learn_meaning

_lock = threading.Lock()
_LARGE = 1000
# Learning takes a tenth of the time, so that requests hardly wait for it.
_REST = 9


class _Held:
    """`states`: what the rows of the database were when `index` was built."""

    token: UUID | None = None
    index: Index = Index([])
    states: dict[str, str] = {}  # replaced, never changed


def get_index(token: UUID) -> Index:
    """The index of the state that the token names. No query while the token stays, else three, for what changed."""
    if token == _Held.token:
        return _Held.index
    with _lock:
        if token != _Held.token:
            _bring(token)
            if _Held.index.size > _LARGE:
                threading.Thread(target=_learn_meanings, args=(_Held.index,), daemon=True).start()
        return _Held.index


def prepare_index(token: UUID, *, within_s: float) -> Index:
    """Before a process makes others: with all meanings, as far as the time goes, and without a thread, for threads
    do not go along. What is missing then is learnt by whoever needs it."""
    end = time.monotonic() + within_s
    with _lock:
        if token != _Held.token:
            _bring(token)
    for concept in _Held.index.knowledge.concepts:
        if time.monotonic() > end:
            break
        learn_meaning(_Held.index, concept)
    return _Held.index


def _bring(token: UUID) -> None:
    states = read_states()
    _Held.index = _bring_up_to_date(_Held.index, _Held.states, states)
    _Held.states = states
    _Held.token = token


def _learn_meanings(index: Index) -> None:
    """Searched between requests: in a large catalogue each costs whoever needs it first some milliseconds."""
    for concept in index.knowledge.concepts:
        if _Held.index is not index:
            return
        started = time.thread_time()
        learn_meaning(index, concept)
        time.sleep((time.thread_time() - started) * _REST)


def _bring_up_to_date(index: Index, before: dict[str, str], now: dict[str, str]) -> Index:
    changed = {code for code, state in now.items() if before.get(code) != state}
    gone = before.keys() - now.keys()
    knowledge = read_knowledge()
    if len(changed) > len(now) / 4:
        return Index(read_entries(), knowledge)
    if changed or gone:
        index = index.with_changes(read_entries(changed) if changed else [], gone)
    return index if index.knowledge == knowledge else index.with_knowledge(knowledge)
