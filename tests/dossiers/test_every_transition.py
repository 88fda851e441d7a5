"""Every (status, action, role) through the API: only the rows of the table pass.

The table under test is written out here by hand from the design, so that a row lost in the product is noticed.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from dossiers.api.actions import ACTIONS
from dossiers.models import Dossier
from tests.factories.dossiers import Desk, make_desk, make_upload
from tests.factories.people import Officer, make_agency, make_officer, make_user
from tests.factories.states import STATES, State

pytestmark = pytest.mark.django_db

ROLES = ("owner_side", "reception", "desk_head", "case_officer", "approver")
BEFORE, AFTER = {"submitted"}, {"accepted", "processing"}
WAITS = ("awaiting_supplement", "awaiting_payment")
ENDS = {"declined", "withdrawn", "stopped", "returned"}


def allowed(state: State, action: str) -> set[str]:
    """Who may take an action in a state, by the design's table."""
    status, resume_to = state
    waiting_before = status in WAITS and resume_to in BEFORE
    waiting_after = status in WAITS and resume_to in AFTER
    rows: dict[str, set[str]] = {
        "accept": {"reception"} if status == "submitted" else set(),
        "propose_decline": {"reception"} if status == "submitted" else set(),
        "decline": {"desk_head"} if status == "submitted" else set(),
        "redirect": {"reception"} if status == "submitted" else set(),
        "request_supplement": {
            "submitted": {"reception"},
            "accepted": {"reception", "case_officer"},
            "processing": {"case_officer"},
        }.get(status, set()),
        "supplement": {"owner_side", "reception"} if status == "awaiting_supplement" else set(),
        "start": {"case_officer", "reception"} if status == "accepted" else set(),
        "transfer": {"case_officer", "approver"} if status == "processing" else set(),
        "resolve": {"accepted": {"approver", "reception"}, "processing": {"approver"}}.get(status, set()),
        "request_payment": {"case_officer", "reception"}
        if status in {"submitted", "accepted", "processing", "resolved"}
        else set(),
        "withdraw": ({"owner_side", "reception"} if status == "submitted" or waiting_before else set())
        | ({"reception"} if status in AFTER or waiting_after else set()),
        "request_withdrawal": {"owner_side"} if status in AFTER or waiting_after else set(),
        "stop": {"approver"} if status in AFTER or waiting_after else set(),
        "recall": {"approver"} if status == "resolved" else set(),
        "return_result": {"reception"} if status == "resolved" else set(),
        "reschedule": {"case_officer", "approver"} if status in AFTER else set(),
        "ask_confirmation": {"case_officer"} if status == "processing" else set(),
        "answer_confirmation": {"owner_side"} if status == "processing" else set(),
        "consent": {"owner_side", "reception"} if status == "submitted" else set(),
        "propose_supplement": {"case_officer", "reception"} if status in AFTER else set(),
        "approve_supplement": {"desk_head"} if status in AFTER else set(),
        "reject_proposal": {"desk_head", "approver"}
        if status in {"submitted", "resolved"} | AFTER
        else set(),
        "assess_fee": {"case_officer", "reception"} if status not in {"draft", *ENDS} else set(),
        "propose_waiver": {"case_officer", "reception"} if status not in {"draft", *ENDS} else set(),
        "waive_fee": {"desk_head", "approver"} if status not in {"draft", *ENDS} else set(),
        "reject_waiver": {"desk_head", "approver"} if status not in {"draft", *ENDS} else set(),
        "return_papers": {"reception"} if status != "draft" else set(),
        "correct_result": {"approver"} if status == "returned" else set(),
        "reissue_secret": {"reception"} if status != "draft" else set(),
    }
    return rows[action]


REFUSED_BY_A_GUARD = {"not_this_owner", "desk_not_authorised", "no_confirmation"}


def client_of(officer: Officer | None, desk: Desk) -> Client:
    client = Client(headers={"X-Acting": str(officer.membership.pk) if officer else "citizen"})
    client.force_login(officer.user if officer else desk.citizen)
    return client


def body_for(action: str, dossier: Dossier, actor: Any, elsewhere: str) -> dict[str, Any]:
    """A body that would be accepted where the row allows the action."""
    fee = dossier.fees.filter(status="open").first()
    upload = make_upload(actor).pk if action == "ask_confirmation" else None
    bodies: dict[str, dict[str, Any]] = {
        "redirect": {"agency": elsewhere, "reason": "Thuộc xã khác."},
        "request_supplement": {"items": [{"requirement": "giay_to_dat", "reason": "Ảnh mờ."}]},
        "transfer": {"step": "tham_dinh"},
        "ask_confirmation": {"upload": str(upload)},
        "answer_confirmation": {"answer": "confirmed"},
        "request_payment": {"fee": str(fee.pk if fee else dossier.pk)},
        "reschedule": {"reason": "Chờ ý kiến.", "due_at": "2027-03-01T17:00:00+07:00"},
        "resolve": {
            "outcome": "granted",
            "results": [{"kind": "giay_phep"}],
            "signed": {"name": "Vũ Quang Ký", "on": "2026-01-05"},
        },
        "return_result": {"identity_checked": True},
        "propose_supplement": {
            "items": [{"requirement": "giay_to_dat", "reason": "Thiếu trang 2."}],
            "legal_basis": "Luật Xây dựng, Điều 102",
        },
        "assess_fee": {"fee": str(fee.pk if fee else dossier.pk), "amounts": [1000], "basis": "Thông báo 12"},
        "propose_waiver": {"fee": str(fee.pk if fee else dossier.pk), "basis": "Luật Hộ tịch, Điều 11"},
        "waive_fee": {"fee": str(fee.pk if fee else dossier.pk)},
        "reject_waiver": {"fee": str(fee.pk if fee else dossier.pk)},
        "correct_result": {"result": find_result(dossier), "reason": "Sai tên đệm."},
        "withdraw": {"reason": "Đổi ý.", "on_paper": True},
        "consent": {"how": "account"},
    }
    return {"version": dossier.version, "reason": "Lý do rõ ràng.", **bodies.get(action, {})}


def find_result(dossier: Dossier) -> int:
    decision = dossier.decisions.first()
    item = decision.items.first() if decision else None
    return item.pk if item else 1


def try_action(client: Client, dossier: Dossier, action: str, body: dict[str, Any]) -> tuple[int, str]:
    """The answer's status and code; whatever it wrote is rolled back."""
    before = transaction.savepoint()
    answer = client.post(
        f"/api/v1/dossiers/{dossier.pk}/actions/{action}", body, content_type="application/json"
    )
    transaction.savepoint_rollback(before)
    return answer.status_code, answer.json().get("code", "") if answer.status_code >= 400 else ""


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(filter(None, state)))
def test_only_the_rows_of_the_table_pass(state: State) -> None:
    desk = make_desk()
    dossier = STATES[state](desk)
    assert (dossier.status, dossier.resume_to) == state
    before = Dossier.objects.values().get(pk=dossier.pk)
    elsewhere = make_agency().code
    officers = {
        "reception": desk.reception, "desk_head": desk.head, "case_officer": desk.case_officer,
        "approver": desk.approver,
    }  # fmt: skip
    for role in ROLES:
        officer = officers.get(role)
        client = client_of(officer, desk)
        actor = officer.actor if officer else desk.citizen_actor
        for action in ACTIONS:
            status, code = try_action(client, dossier, action, body_for(action, dossier, actor, elsewhere))
            where = f"{state} {action} by {role}: {status} {code}"
            if role in allowed(state, action):
                assert status in {200, 422} or code in REFUSED_BY_A_GUARD, where
            elif dossier.status == "draft" and officer:
                assert status == 404, where
            else:
                assert status in {403, 409}, where
                assert code in {"role_lacking", "illegal_transition"}, where
    assert Dossier.objects.values().get(pk=dossier.pk) == before


SUCCEEDS = {
    ("submitted", None): {
        "accept": "reception", "propose_decline": "reception", "redirect": "reception",
        "request_supplement": "reception", "withdraw": "owner_side", "request_payment": "reception",
    },
    ("accepted", None): {
        "start": "case_officer", "request_supplement": "case_officer", "stop": "approver",
        "withdraw": "reception", "request_withdrawal": "owner_side", "reschedule": "case_officer",
    },
    ("processing", None): {
        "resolve": "approver", "transfer": "case_officer", "stop": "approver",
        "ask_confirmation": "case_officer", "request_payment": "case_officer",
    },
    ("resolved", None): {"recall": "approver", "request_payment": "reception"},
    ("returned", None): {"correct_result": "approver", "reissue_secret": "reception"},
    ("awaiting_supplement", "accepted"): {"supplement": "owner_side", "withdraw": "reception"},
    ("awaiting_payment", "submitted"): {"withdraw": "owner_side"},
}  # fmt: skip


@pytest.mark.parametrize("state", SUCCEEDS, ids=lambda state: "-".join(filter(None, state)))
def test_a_row_with_its_guards_met_succeeds(state: State) -> None:
    desk = make_desk()
    dossier = STATES[state](desk)
    elsewhere = make_agency().code
    officers = {
        "reception": desk.reception, "desk_head": desk.head, "case_officer": desk.case_officer,
        "approver": desk.approver,
    }  # fmt: skip
    for action, role in SUCCEEDS[state].items():
        officer = officers.get(role)
        actor = officer.actor if officer else desk.citizen_actor
        body = body_for(action, dossier, actor, elsewhere)
        status, code = try_action(client_of(officer, desk), dossier, action, body)
        assert status == 200, f"{state} {action} by {role}: {status} {code}"


@pytest.mark.parametrize("action", ACTIONS)
def test_others_cannot_tell_that_the_dossier_exists(action: str) -> None:
    desk = make_desk()
    dossier = STATES[("submitted", None)](desk)
    stranger = Client(headers={"X-Acting": "citizen"})
    stranger.force_login(make_user())
    elsewhere = client_of(make_officer("reception"), desk)
    for client in (stranger, elsewhere):
        status, code = try_action(client, dossier, action, {"version": dossier.version})
        assert (status, code) == (404, "not_found")
    assert Client().post(f"/api/v1/dossiers/{dossier.pk}/actions/{action}").status_code == 401
