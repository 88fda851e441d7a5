"""What the senders know: for each filing and each payment whether it was done, refused, or nobody can say."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

from portal.demo.seeds.codes import COMMUNE
from tests.factories import codes
from tests.factories.answers import MARITAL, PERMIT
from tests.live import TIMEOUT_S, Answer, BrokenOffError, Caller, NotReachedError

T = TypeVar("T")
AGENCY = COMMUNE
KNOCK_AGAIN_S = 0.2
CREATED, FOUND, SERVER_FAULT, AWAY = 201, 302, 500, 503
PAY_PAGE = "/paymentv2/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class SurpriseError(NotReachedError):
    """An answer that nobody should get, whatever is killed."""


@dataclass(frozen=True)
class Kind:
    """What is filed: a procedure of the demo, its case and answers, and the papers that go with it."""

    procedure: str
    case: str
    answers: Mapping[str, Any]
    papers: tuple[str, ...]


BUILDING = Kind(codes.PERMIT, "nha_o", PERMIT, ("giay_to_dat", "ban_ve_thiet_ke"))
CERTIFICATE = Kind(codes.MARITAL, "muc_dich_khac", MARITAL, ("giay_to_ly_hon", "giay_khai_tu"))
"""15.000 đ before it is received: paid online."""


@dataclass
class Entry:
    """One filing with its Idempotency-Key; `dossier` as far as its sender was told.

    `payment`: none, left (for the gateway), paid, unknown; `departure` is the gateway's address. `sent_at` is
    epoch seconds, `took_s` how long the answer took, knocking again included. `surprises` are the journal's.
    """

    caller: Caller
    body: dict[str, Any]
    key: str = field(default_factory=lambda: str(uuid4()))
    result: str = "unknown"
    dossier: dict[str, Any] = field(default_factory=dict)
    payment: str = "none"
    departure: str = ""
    sent_at: float = 0.0
    took_s: float = 0.0
    surprises: list[str] = field(default_factory=list)


class Journal:
    """Shared by all senders and by the one who kills."""

    def __init__(self, kind: Kind = BUILDING) -> None:
        self.kind = kind
        self._lock = threading.Lock()
        self.entries: list[Entry] = []
        self.finished = 0
        self.under_way = 0
        self.broken_off = 0
        self.surprises: list[str] = []

    def file(self, caller: Caller, *, until: float) -> Entry:
        """The files, then the filing: sent once, and written down before it is sent."""
        papers = self.kind.papers
        uploads = [
            keep_knocking(partial(upload, caller, paper), self.surprises, until=until) for paper in papers
        ]
        body = build_body(self.kind, dict(zip(papers, uploads, strict=True)))
        entry = Entry(caller, body, surprises=self.surprises)
        with self._lock:
            self.entries.append(entry)
            self.under_way += 1
        entry.sent_at, began = time.time(), time.monotonic()
        try:
            send(entry, until=until)
        except BrokenOffError:
            with self._lock:
                self.broken_off += 1
        finally:
            entry.took_s = time.monotonic() - began
            with self._lock:
                self.under_way -= 1
                self.finished += 1
        return entry

    def select(self, result: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.result == result]


def build_body(kind: Kind, uploads: Mapping[str, str]) -> dict[str, Any]:
    return {
        "procedure": kind.procedure,
        "case": kind.case,
        "agency": AGENCY,
        "answers": dict(kind.answers),
        "attachments": [{"requirement": paper, "upload": found} for paper, found in uploads.items()],
    }


def upload(caller: Caller, paper: str) -> str:
    """The id of a stored file; a broken line is tried again, as an unused file harms nobody."""
    while True:
        try:
            answer = caller.upload(f"{paper}.png", codes.PNG)
        except BrokenOffError:
            continue
        if answer.status != CREATED:
            raise find_fault(answer)
        return str(answer.json()["id"])


def send(entry: Entry, *, until: float) -> None:
    """Send a filing; what nobody received is sent again. Raises BrokenOffError, and the entry stays unknown."""

    def post() -> None:
        answer = entry.caller.post("/api/v1/dossiers", entry.body, Idempotency_Key=entry.key)
        if answer.status == CREATED:
            entry.result, entry.dossier = "ok", answer.json()
        elif answer.status >= SERVER_FAULT:
            raise find_fault(answer)  # the same key may be sent again, whatever became of it
        else:
            entry.result, entry.dossier = "refused", answer.json()

    keep_knocking(post, entry.surprises, until=until)


def pay(entry: Entry, *, until: float) -> None:
    """Leave for the gateway and pay there. What breaks off is begun again: an attempt that lives is continued."""
    if not entry.departure:
        entry.departure = keep_knocking(partial(leave, entry), entry.surprises, until=until)
        entry.payment = "left"
    told = keep_knocking(partial(pay_at_gateway, entry.departure), entry.surprises, until=until)
    entry.payment = "paid" if told.get("code") == "00" else "unknown"


def leave(entry: Entry) -> str:
    """The gateway's address for the dossier's fee."""
    fee = entry.dossier["fees"][0]["id"]
    form = urlencode({"gateway": "vnpay"}).encode()
    try:
        answer: Answer = entry.caller.call("POST", f"/payments/{fee}/online/", form, FORM)
    except BrokenOffError as error:
        raise NotReachedError from error
    if answer.status != FOUND or PAY_PAGE not in answer.location:
        raise find_fault(answer)
    return answer.location


def find_fault(answer: Answer) -> NotReachedError:
    """Away is what a product may be while it is killed; every other answer is noted as a surprise."""
    if answer.status == AWAY:
        return NotReachedError()
    return SurpriseError(f"{answer.status}: {answer.body[:500].decode(errors='replace')}")


def pay_at_gateway(departure: str) -> dict[str, Any]:
    """As a person's browser would; the gateway then tells the product by itself."""
    place = departure.partition(PAY_PAGE)[0]
    body = json.dumps({"url": departure, "choice": "paid"}).encode()
    try:
        with urlopen(Request(f"{place}/pay", body), timeout=TIMEOUT_S) as answer:
            told: dict[str, Any] = json.load(answer)
    except (URLError, HTTPException, OSError) as error:
        if getattr(error, "code", 0) == 400:
            return {"code": "00"}
        raise NotReachedError from error
    return told


def keep_knocking(call: Callable[[], T], surprises: list[str], *, until: float) -> T:
    while True:
        try:
            return call()
        except NotReachedError as error:
            if isinstance(error, SurpriseError):
                surprises.append(str(error))
            assert time.monotonic() < until, "the product did not come back"
            time.sleep(KNOCK_AGAIN_S)
