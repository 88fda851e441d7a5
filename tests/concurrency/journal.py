"""What the senders know: for each filing whether it was acknowledged, refused, or nobody can say."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from portal.demo.seeds.codes import COMMUNE
from tests.factories.answers import PERMIT
from tests.factories.dossiers import PERMIT as PERMIT_CODE
from tests.factories.dossiers import PNG
from tests.live import BrokenOffError, Caller, NotReachedError

T = TypeVar("T")
PAPERS = ("giay_to_dat", "ban_ve_thiet_ke")
AGENCY = COMMUNE
KNOCK_AGAIN_S = 0.2
CREATED = 201


@dataclass
class Entry:
    """One filing with its Idempotency-Key; `dossier` as far as its sender was told."""

    caller: Caller
    body: dict[str, Any]
    key: str = field(default_factory=lambda: str(uuid4()))
    result: str = "unknown"
    dossier: dict[str, Any] = field(default_factory=dict)


class Journal:
    """Shared by all senders and by the one who kills."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.entries: list[Entry] = []
        self.finished = 0
        self.under_way = 0
        self.broken_off = 0

    def file(self, caller: Caller, *, until: float) -> Entry:
        """Two files, then the filing: sent once, and written down before it is sent."""
        uploads = [keep_knocking(partial(upload, caller, paper), until=until) for paper in PAPERS]
        attachments = [
            {"requirement": paper, "upload": found} for paper, found in zip(PAPERS, uploads, strict=True)
        ]
        entry = Entry(caller, build_body(attachments))
        with self._lock:
            self.entries.append(entry)
            self.under_way += 1
        try:
            send(entry, until=until)
        except BrokenOffError:
            with self._lock:
                self.broken_off += 1
        finally:
            with self._lock:
                self.under_way -= 1
                self.finished += 1
        return entry

    def select(self, result: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.result == result]


def build_body(attachments: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "procedure": PERMIT_CODE,
        "case": "nha_o",
        "agency": AGENCY,
        "answers": PERMIT,
        "attachments": attachments,
    }


def upload(caller: Caller, paper: str) -> str:
    """The id of a stored file; a broken line is tried again, as an unused file harms nobody."""
    while True:
        try:
            answer = caller.upload(f"{paper}.png", PNG)
        except BrokenOffError:
            continue
        assert answer.status == CREATED, answer.body
        return str(answer.json()["id"])


def send(entry: Entry, *, until: float) -> None:
    """Send a filing; what nobody received is sent again. Raises BrokenOffError, and the entry stays unknown."""

    def post() -> None:
        answer = entry.caller.post("/api/v1/dossiers", entry.body, Idempotency_Key=entry.key)
        if answer.status == CREATED:
            entry.result, entry.dossier = "ok", answer.json()
        elif answer.status < 500:
            entry.result, entry.dossier = "refused", answer.json()

    keep_knocking(post, until=until)


def keep_knocking(call: Callable[[], T], *, until: float) -> T:
    while True:
        try:
            return call()
        except NotReachedError:
            assert time.monotonic() < until, "the product did not come back"
            time.sleep(KNOCK_AGAIN_S)
