"""“Nộp hồ sơ” is pressed again and again, in many windows at once: one dossier, one answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.test import Client

from dossiers import commands as c
from dossiers.models import Dossier, Filing
from dossiers.services import drafts, filing
from portal.core import idempotency
from portal.core.jsontypes import JsonObject
from portal.core.models import IdempotencyKey
from portal.notifications.models import Message
from tests.concurrency.unlocked import Meeting, take_locks_away
from tests.core.races import race
from tests.factories.answers import MARITAL
from tests.factories.dossiers import MARITAL as MARITAL_CODE
from tests.factories.dossiers import Desk

HANDS, PRESSES_EACH = 25, 2
CASE = "muc_dich_khac"


def press(work: Callable[[], Any]) -> list[Any]:
    """50 presses by 25 hands at once; each hand presses again as soon as it is answered."""

    def hand() -> list[Any]:
        return [work() for _ in range(PRESSES_EACH)]

    answers: list[Any] = []
    for outcome in race([hand] * HANDS):
        answers += [outcome] if isinstance(outcome, Exception) else outcome
    return answers


def fill_draft(desk: Desk) -> tuple[UUID, int]:
    """A complete draft: its dossier and the version that the page showed."""
    actor = desk.citizen_actor
    draft = drafts.start_draft(MARITAL_CODE, actor=actor, case_key=CASE, agency_code=desk.agency.code)
    saved = drafts.save_page(draft.dossier_id, actor=actor, page="tat_ca", answers=MARITAL, done=True)
    return draft.dossier_id, saved.row_version


def test_fifty_presses_on_a_draft_file_it_once_and_are_answered_alike(desk: Desk) -> None:
    dossier_id, row_version = fill_draft(desk)
    actor = desk.citizen_actor

    def submit() -> tuple[UUID, str | None, str]:
        filed = filing.submit_draft(dossier_id, actor=actor, row_version=row_version)
        return filed.pk, filed.code, filed.status

    answers = press(submit)

    stored = Dossier.objects.get()
    assert answers == [(stored.pk, stored.code, stored.status)] * (HANDS * PRESSES_EACH)
    assert stored.code is not None
    assert stored.code.endswith("-0001")
    assert Filing.objects.filter(dossier=stored).count() == 1
    assert Message.objects.filter(event="dossier.submitted").count() == 1


def test_control_without_the_lock_two_presses_both_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier_id, row_version = fill_draft(desk)
    actor = desk.citizen_actor
    take_locks_away(monkeypatch, parties=2)

    outcomes = race(
        [lambda: filing.submit_draft(dossier_id, actor=actor, row_version=row_version) for _ in range(2)]
    )

    faults = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert faults == [IntegrityError]


def test_fifty_calls_with_one_key_file_once_and_get_one_body(desk: Desk) -> None:
    body = build_body(desk)

    def call() -> tuple[int, bytes]:
        client = Client(headers={"Idempotency-Key": "bam-nhieu-lan"})
        client.force_login(desk.citizen)
        answer = client.post("/api/v1/dossiers", body, content_type="application/json")
        return answer.status_code, answer.content

    answers = press(call)

    assert {answer for answer in answers if not isinstance(answer, Exception)} == {answers[0]}
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert answers[0][0] == 201
    assert Dossier.objects.count() == 1
    assert Message.objects.filter(event="dossier.submitted").count() == 1


def test_control_with_a_key_that_is_looked_up_first_and_written_last_two_calls_file_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(2)

    def look_up(user_key: str, key: str, body_sha256: str, *, response: JsonObject) -> JsonObject | None:
        earlier = IdempotencyKey.objects.filter(user_key=user_key, key=key).first()
        meeting.wait()
        return earlier.response if earlier else None

    monkeypatch.setattr(idempotency, "claim", look_up)
    request = c.FilingRequest(
        procedure_code=MARITAL_CODE, case_key=CASE, agency_code=desk.agency.code, answers=MARITAL
    )
    actor = desk.citizen_actor

    outcomes = race([lambda: filing.file_dossier(request, actor=actor, key="k", body={})] * 2)

    assert all(isinstance(outcome, Dossier) for outcome in outcomes)
    assert Dossier.objects.count() == 2


def build_body(desk: Desk) -> dict[str, Any]:
    return {"procedure": MARITAL_CODE, "case": CASE, "agency": desk.agency.code, "answers": MARITAL}
