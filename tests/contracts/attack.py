"""A small world to attack, and what every answer to an attack owes its sender."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from dossiers.models import Dossier
from dossiers.services import acting
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk, make_upload
from tests.factories.people import make_agency, make_verified_user

API = "/api/v1/"
SERVER_FAULT = 500
WRITTEN_BY_READING = frozenset(
    {"audit.ReadLog", "audit.AuditEntry", "sessions.Session", "core.Throttle", "payments.GatewayEvent"}
)
"""Readings and exports by staff, sessions, counts of tries and what gateways tell are written by reading calls too."""
_OURS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_ENGLISH = re.compile(r"Traceback|Enter a |Ensure th|This field|is not a valid|Select a valid|may not be")


@dataclass(frozen=True)
class Target:
    """One commune with its people, signed in, and dossiers by the name of their state."""

    desk: Desk
    other_agency: str
    users: dict[str, Any]
    clients: dict[str, Client]
    dossiers: dict[str, Dossier]

    @property
    def citizen(self) -> Client:
        return self.clients["citizen"]

    @property
    def reception(self) -> Client:
        return self.clients["reception"]

    def open_browser(self, who: str, **settings: Any) -> Client:
        """A browser of its own, for tests that change cookies or rights."""
        browser = Client(raise_request_exception=False, **settings)
        if who != "visitor":
            browser.force_login(self.users[who])
        return browser


def make_target() -> Target:
    desk = make_desk()
    officers = ("reception", "head", "case_officer", "approver")
    people: dict[str, Any] = {name: getattr(desk, name).user for name in officers}
    people |= {"citizen": desk.citizen, "stranger": make_verified_user()}
    target = Target(desk, make_agency().code, people, {}, make_dossiers(desk))
    target.clients.update((who, target.open_browser(who)) for who in (*people, "visitor"))
    return target


def make_dossiers(desk: Desk) -> dict[str, Dossier]:
    """Waiting dossiers are those of a submitted one; `confirming` waits for the citizen's look at a draft."""
    wanted = ("draft", "submitted", "accepted", "processing", "resolved", "returned")
    made = {name: states.STATES[name, None](desk) for name in wanted}
    for name in ("awaiting_supplement", "awaiting_payment"):
        made[name] = states.STATES[name, "submitted"](desk)
    asked, draft = states.processing(desk), make_upload(desk.case_officer.actor)
    made["confirming"] = acting.ask_confirmation(
        asked.pk, draft.pk, actor=desk.case_officer.actor, version=asked.version
    )
    return made


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back; durable blocks may open there as in Django's TestCase."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def count_rows() -> dict[str, int]:
    """Rows of every table of ours but those that a refusal may write, in one query."""
    models = [m for m in apps.get_models() if m._meta.label not in WRITTEN_BY_READING and not m._meta.proxy]
    parts = [
        f"SELECT '{model._meta.label}', count(*) FROM {connection.ops.quote_name(model._meta.db_table)}"
        for model in models
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def send(client: Client, address: str, body: Any, method: str = "POST", **headers: str) -> HttpResponse:
    """JSON to the API; `body` may be bytes, sent as they are. A lone surrogate travels as its escape."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    posted = client.generic(method, API + address, text, "application/json", headers=headers)
    return posted  # type: ignore[return-value]  # noqa: RET504


def probe(client: Client, address: str, body: Any, allowed: Iterable[int], **headers: str) -> str:
    """Send one body, undo what it did, and say what is wrong with the answer; else an empty text."""
    return next(iter(probe_all(client, address, [("", body)], allowed, **headers).values()), "")


def probe_all(
    client: Client, address: str, bodies: Iterable[tuple[str, Any]], allowed: Iterable[int], **headers: str
) -> dict[str, str]:
    """Send each body; what is accepted is undone, what is refused must have left nothing. Faults by label."""
    faults: dict[str, str] = {}
    with undone():
        before = count_rows()
        for number, (label, body) in enumerate(bodies):
            sent = {name: f"{value}{number}" if number else value for name, value in headers.items()}
            answer = _send_and_undo_success(client, address, body, sent)
            if fault := find_fault(answer, allowed):
                faults[label] = fault
        left = {name: n - before[name] for name, n in count_rows().items() if n != before[name]}
    return {**faults, "left rows": str(left)} if left else faults


def _send_and_undo_success(client: Client, address: str, body: Any, headers: dict[str, str]) -> HttpResponse:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        answer = send(client, address, body, **headers)
        if answer.status_code < 300:
            transaction.set_rollback(True)
    return answer


def find_fault(answer: HttpResponse, allowed: Iterable[int]) -> str:
    """What is wrong with an answer of the API: its status; a refusal that is no problem in Vietnamese."""
    if answer.status_code not in set(allowed):
        return f"{answer.status_code} {answer.content[:300].decode()}"
    if answer.status_code < 300:
        return ""
    if answer.headers["Content-Type"] != "application/problem+json":
        return f"{answer.status_code} as {answer.headers['Content-Type']}"
    document: Mapping[str, Any] = json.loads(answer.content)
    if document["status"] != answer.status_code or not document["code"]:
        return f"a poor problem: {document}"
    lines = [document["detail"], *(line for lines in document.get("errors", {}).values() for line in lines)]
    return next((f"not Vietnamese: {line[:200]}" for line in lines if not is_vietnamese(line)), "")


def find_fault_of_page(answer: HttpResponse) -> str:
    """What is wrong with a page: a server fault, a trace, a sentence of a library, a page not of ours."""
    if answer.status_code >= SERVER_FAULT:
        return str(answer.status_code)
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return ""
    page = answer.content.decode()
    if answer.status_code != 302 and not is_vietnamese(page):
        return f"{answer.status_code}, not Vietnamese: {page[:200]}"
    if foreign := _ENGLISH.search(page):
        return f"{answer.status_code}, says “{page[foreign.start() - 40 : foreign.end() + 40]}”"
    return "<script> of the sender" if "<script>alert" in page or "<img src=x" in page else ""


def is_vietnamese(text: str) -> bool:
    """Has a letter that only Vietnamese has: enough to tell our sentences from a library's English."""
    return _OURS.search(text) is not None
