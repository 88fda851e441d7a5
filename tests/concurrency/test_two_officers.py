"""Two officers decide on one dossier at the same moment: one of them does, the other is told."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from dossiers import commands as c
from dossiers.models import Dossier, DossierEvent, SupplementRequest
from dossiers.services import acting
from portal.accounts.choices import Role
from portal.core.errors import Conflict
from portal.notifications.models import Message
from tests.concurrency.unlocked import take_locks_away
from tests.core.races import race
from tests.factories import states
from tests.factories.dossiers import Desk
from tests.factories.people import Officer, make_officer

ASK = {"items": [{"requirement": "giay_to_dat", "reason": "Ảnh mờ, không đọc được."}]}
ROUNDS = 5


def count_rows(dossier: Dossier) -> dict[str, int]:
    """What a decision leaves behind."""
    return {
        "events": DossierEvent.objects.filter(dossier=dossier).count(),
        "supplements": SupplementRequest.objects.filter(dossier=dossier).count(),
        "messages": Message.objects.filter(event_key__startswith=f"dossier:{dossier.pk}:").count(),
    }


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_one_of_two_opposite_decisions_is_taken_and_nothing_of_the_other_is_written(
    desk: Desk, round_number: int
) -> None:
    dossier = states.submitted(desk)
    before = count_rows(dossier)
    colleague = make_officer(Role.RECEPTION, agency=desk.agency)

    answers = race(
        [
            lambda: post(desk.reception, dossier, "accept", {}),
            lambda: post(colleague, dossier, "request_supplement", ASK),
        ]
    )

    statuses = [answer[0] for answer in answers if isinstance(answer, tuple)]
    assert sorted(statuses) == [200, 409]
    won = statuses.index(200)
    refusal = answers[1 - won]
    assert isinstance(refusal, tuple)
    assert refusal[1]["code"] == "conflict"
    stored = Dossier.objects.get(pk=dossier.pk)
    assert stored.status == ("accepted", "awaiting_supplement")[won]
    assert stored.version == dossier.version + 1
    assert count_rows(dossier) == {
        "events": before["events"] + 1,
        "supplements": before["supplements"] + won,
        "messages": before["messages"] + 1,
    }


def test_control_without_the_lock_both_decide_and_only_the_index_of_history_stops_the_second(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = states.submitted(desk)
    take_locks_away(monkeypatch, parties=2)
    actor, version = desk.reception.actor, dossier.version

    def decide(command: c.Command) -> Dossier:
        return acting.perform(dossier.pk, command, actor=actor, version=version)

    outcomes = race(
        [
            lambda: decide(c.Accept()),
            lambda: decide(c.RequestSupplement((c.SupplementItem("Ảnh mờ.", "giay_to_dat"),))),
        ]
    )

    faults = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(fault) for fault in faults] == [IntegrityError]
    assert not isinstance(faults[0], Conflict)


def post(officer: Officer, dossier: Dossier, action: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    client = Client(headers={"X-Acting": str(officer.membership.pk)})
    client.force_login(officer.user)
    answer = client.post(
        f"/api/v1/dossiers/{dossier.pk}/actions/{action}",
        {**body, "version": dossier.version},
        content_type="application/json",
    )
    return answer.status_code, answer.json()
