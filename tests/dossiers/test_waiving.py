"""A fee is waived by two people: who may, what must be said, what follows, and what nobody may."""

from collections.abc import Callable
from typing import Any

import pytest

from dossiers import commands as c
from dossiers.models import Dossier, Fee
from dossiers.proposals import list_open_waivers
from dossiers.services import acting
from dossiers.timeline import build_timeline
from dossiers.transitions import pay_fee
from dossiers.work import write_dossier
from portal.accounts.choices import Role
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.notifications.models import Message
from procedures import selectors as catalogue
from tests.factories import states
from tests.factories.dossiers import Desk, file_dossier, make_desk
from tests.factories.people import Officer, make_officer

pytestmark = pytest.mark.django_db
WHY, LAW, PAPER = "Gia đình thuộc hộ nghèo.", "Luật Hộ tịch 60/2014/QH13, Điều 11", "Giấy chứng nhận số 12"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def waiting(desk: Desk) -> Dossier:
    """A marital-status confirmation that waits for its 15.000 đ."""
    dossier = file_dossier(desk)
    assert (dossier.status, dossier.resume_to) == ("awaiting_payment", "submitted")
    return dossier


def fee_of(dossier: Dossier) -> Fee:
    return dossier.fees.exclude(status="void").get()


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def propose(dossier: Dossier, who: Officer, **said: Any) -> Dossier:
    words = {"reason": WHY, "basis": LAW, "paper": PAPER, **said}
    seen = fresh(dossier)
    return acting.propose_waiver(
        seen.pk, fee_of(seen).pk, words["reason"], words["basis"], paper=words["paper"], actor=who.actor,
        version=seen.version,
    )  # fmt: skip


def waive(dossier: Dossier, who: Officer) -> Dossier:
    seen = fresh(dossier)
    return acting.waive_fee(seen.pk, fee_of(seen).pk, actor=who.actor, version=seen.version)


def reject(dossier: Dossier, who: Officer, reason: str = "Chưa đủ giấy tờ.") -> Dossier:
    seen = fresh(dossier)
    return acting.reject_waiver(seen.pk, fee_of(seen).pk, reason, actor=who.actor, version=seen.version)


def kinds(dossier: Dossier) -> list[str]:
    return list(dossier.events.order_by("seq").values_list("kind", flat=True))


def test_the_second_person_agrees_and_the_wait_ends_by_itself(desk: Desk, waiting: Dossier) -> None:
    proposed = propose(waiting, desk.reception)
    assert proposed.status == "awaiting_payment"
    done = waive(waiting, desk.head)
    assert (done.status, done.resume_to, fee_of(done).status) == ("submitted", None, "waived")
    assert kinds(done)[-3:] == ["propose_waiver", "waive_fee", "settle"]
    accepted = acting.perform(done.pk, c.Accept(), actor=desk.reception.actor, version=done.version)
    assert accepted.status == "accepted"
    told = Message.objects.get(event="dossier.fee_waived")
    assert told.user_id == desk.citizen.pk
    assert told.context["amount"] == "15.000 đ"
    assert "reason" not in told.context


def test_a_leader_of_the_agency_decides_too(desk: Desk, waiting: Dossier) -> None:
    propose(waiting, desk.case_officer)
    leader = make_officer(Role.LEADER, agency=desk.agency)
    assert fee_of(waive(waiting, leader)).status == "waived"


def test_a_no_is_explained_and_the_fee_stays_owed(desk: Desk, waiting: Dossier) -> None:
    propose(waiting, desk.reception)
    with pytest.raises(RuleViolation) as refused:
        reject(waiting, desk.head, " ")
    assert "reason" in refused.value.errors
    done = reject(waiting, desk.head)
    assert (done.status, fee_of(done).status) == ("awaiting_payment", "open")
    assert list_open_waivers([fee_of(done).pk]) == {}
    propose(waiting, desk.reception, reason="Đã bổ sung giấy.")


def test_an_unknown_amount_may_be_waived(desk: Desk, waiting: Dossier) -> None:
    Fee.objects.filter(dossier=waiting, status="open").update(amount=None)
    propose(waiting, desk.reception)
    assert fee_of(waive(waiting, desk.head)).status == "waived"


def test_a_fee_to_be_paid_at_the_end_is_waived_without_a_wait(desk: Desk) -> None:
    dossier = states.resolved(desk)
    propose(dossier, desk.case_officer)
    done = waive(dossier, desk.approver)
    assert (done.status, fee_of(done).status) == ("resolved", "waived")
    back = acting.perform(
        done.pk, c.ReturnResult(identity_checked=True), actor=desk.reception.actor, version=done.version
    )
    assert (back.status, fee_of(back).status) == ("returned", "waived")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"basis": ""}, "basis"),
        ({"reason": "x" * 1001}, "reason"),
        ({"basis": "x" * 201}, "basis"),
        ({"paper": "x" * 201}, "paper"),
    ],
)
def test_reason_and_ground_are_asked_for(
    desk: Desk, waiting: Dossier, said: dict[str, str], field: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        propose(waiting, desk.reception, **said)
    assert list(refused.value.errors) == [field]
    assert "propose_waiver" not in kinds(waiting)


def test_who_proposed_cannot_decide(desk: Desk, waiting: Dossier) -> None:
    both = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=desk.agency)
    propose(waiting, both)
    for decide in (waive, reject):
        with pytest.raises(Forbidden, match="proposal_own"):
            decide(waiting, both)
    assert fee_of(fresh(waiting)).status == "open"


def test_nobody_waives_what_nobody_proposed(desk: Desk, waiting: Dossier) -> None:
    for decide in (waive, reject):
        with pytest.raises(RuleViolation, match="proposal_missing"):
            decide(waiting, desk.head)


def test_one_proposal_at_a_time_and_one_decision(desk: Desk, waiting: Dossier) -> None:
    propose(waiting, desk.reception)
    with pytest.raises(Conflict, match="proposal_open"):
        propose(waiting, desk.case_officer)
    waive(waiting, desk.head)
    with pytest.raises(RuleViolation, match="fee_not_open"):
        waive(waiting, desk.approver)
    with pytest.raises(RuleViolation, match="fee_not_open"):
        propose(waiting, desk.reception)


def test_paid_meanwhile_is_not_waived_and_the_proposal_can_still_be_ended(
    desk: Desk, waiting: Dossier
) -> None:
    propose(waiting, desk.reception)
    with write_dossier(waiting.pk, actor=desk.reception.actor) as work:
        pay_fee(work, fee_of(waiting).pk, payload={"method": "cash"})
    with pytest.raises(RuleViolation, match="fee_not_open"):
        waive(waiting, desk.head)
    assert fee_of(fresh(waiting)).status == "settled"
    reject(waiting, desk.head)


def test_an_old_version_is_a_conflict(desk: Desk, waiting: Dossier) -> None:
    propose(waiting, desk.reception)
    with pytest.raises(Conflict, match="conflict"):
        acting.waive_fee(waiting.pk, fee_of(waiting).pk, actor=desk.head.actor, version=waiting.version)


def test_nobody_waives_for_themselves(desk: Desk, waiting: Dossier) -> None:
    own = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=desk.agency, user=desk.citizen)
    with pytest.raises(Forbidden, match="own_dossier"):
        propose(waiting, own)
    propose(waiting, desk.reception)
    with pytest.raises(Forbidden, match="own_dossier"):
        waive(waiting, own)


@pytest.mark.parametrize(
    ("act", "role"),
    [
        (propose, Role.DESK_HEAD), (propose, Role.APPROVER), (propose, Role.LEADER),
        (waive, Role.RECEPTION), (waive, Role.CASE_OFFICER), (reject, Role.RECEPTION),
    ],
)  # fmt: skip
def test_other_roles_may_not(desk: Desk, waiting: Dossier, act: Callable[..., Any], role: Role) -> None:
    with pytest.raises(Forbidden, match="role_lacking"):
        act(waiting, make_officer(role, agency=desk.agency))


def test_the_history_keeps_the_reason_among_officers(desk: Desk, waiting: Dossier) -> None:
    propose(waiting, desk.reception)
    waive(waiting, desk.head)
    events, content = waiting.events.order_by("seq"), catalogue.get_content(waiting.procedure_version_id)
    told = {
        audience: {line.kind: line.detail for line in build_timeline(events, content, audience=audience)}
        for audience in ("public", "owner", "staff")
    }
    assert told["public"]["waive_fee"] == "15.000 đ"
    assert told["owner"]["waive_fee"] == f"15.000 đ\nCăn cứ: {LAW}"
    for said in (WHY, LAW, PAPER):
        assert said in told["staff"]["propose_waiver"]
        assert said in told["staff"]["waive_fee"]
    assert "propose_waiver" not in told["owner"]
    assert all(WHY not in detail for audience in ("public", "owner") for detail in told[audience].values())
