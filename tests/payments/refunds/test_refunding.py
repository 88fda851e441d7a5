"""Who proposes, who decides, how much, and what the books say after each step."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dossiers import commands as c
from dossiers.models import Fee
from dossiers.services import acting
from dossiers.work import write_dossier
from payments.choices import RefundStatus
from payments.integrity_money import check_accounts, check_payments, check_refunds
from payments.models import LedgerEntry, Refund
from payments.services import refund_paying, refunding
from payments.services.refund_steps import Source
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.audit.models import Proposal
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, PortalError, RuleViolation
from portal.core.ids import uuid7
from portal.notifications.models import Message
from tests.factories.people import Officer, make_officer
from tests.payments.refunds.moneyback import (
    REASON,
    Counter,
    Moneyback,
    again,
    approve,
    balance,
    make_surplus,
    propose,
    seen,
)

pytestmark = pytest.mark.django_db


def faults() -> list[str]:
    return [fault.text for check in (check_accounts, check_payments, check_refunds) for fault in check()]


def test_two_people_decide_and_it_is_booked_when_the_second_agrees(counter: Counter) -> None:
    receipt = counter.take()
    refund = propose(counter, receipt)
    assert (refund.status, refund.reason, refund.cause) == ("proposed", REASON, "mistake")
    assert balance(account="refund") == {}

    approved = approve(counter, refund)

    assert (approved.status, approved.decided_by) == ("approved", counter.head.membership)
    assert balance(refund=refund) == {"revenue_phi": 12_000, "revenue_le_phi": 3_000, "refund": -15_000}
    kinds = list(receipt.dossier.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["propose_refund", "approve_refund"]
    assert faults() == []


def test_cash_leaves_the_cashiers_drawer_when_it_is_paid(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take()))

    paid = refund_paying.pay_out(refund.pk, actor=counter.desk.cashier.actor, seen=seen(refund))

    assert (paid.status, paid.paid_at is not None) == ("done", True)
    assert balance() == {}
    assert LedgerEntry.objects.filter(kind="refund_paid", session__isnull=False).count() == 2
    assert faults() == []


def test_a_transfer_is_noted_with_its_number(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take(), way="transfer"))
    with pytest.raises(RuleViolation, match="number"):
        refund_paying.pay_out(refund.pk, actor=counter.desk.cashier.actor, seen=seen(refund), number=" ")
    assert again(refund).status == "approved"

    refund_paying.pay_out(refund.pk, actor=counter.desk.cashier.actor, seen=seen(refund), number="FT2612")

    assert again(refund).gateway_number == "FT2612"
    assert balance() == {"cash_drawer": 15_000, "bank": -15_000}


def test_parts_take_phi_and_le_phi_in_proportion_and_the_whole_takes_all(counter: Counter) -> None:
    receipt = counter.take()
    for amount in (1, 9_999, 5_000):
        approve(counter, propose(counter, receipt, amount))

    assert balance() == {"cash_drawer": 15_000, "refund": -15_000}
    assert faults() == []


@pytest.mark.parametrize("amount", [0, -1, 15_001])
def test_no_more_goes_back_than_came_in(counter: Counter, amount: int) -> None:
    with pytest.raises(RuleViolation, match="refund_too_much"):
        propose(counter, counter.take(), amount)
    assert not Refund.objects.exists()


def test_what_waits_counts_and_what_was_rejected_does_not(counter: Counter) -> None:
    receipt = counter.take()
    first = propose(counter, receipt, 10_000)
    with pytest.raises(RuleViolation, match="refund_too_much"):
        propose(counter, receipt, 5_001)

    refunding.reject(first.pk, actor=counter.head.actor, reason="Thu đúng.", seen=seen(first))

    assert propose(counter, receipt, 15_000).status == "proposed"
    assert again(first).status == "rejected"
    assert faults() == []


def test_a_refund_of_an_online_receipt_counts_with_its_payment(online: Moneyback) -> None:
    propose(online.counter, online.receipt, 10_000, "gateway")

    with pytest.raises(RuleViolation, match="refund_too_much"):
        refunding.begin(
            Source.of(online.payment, None),
            actor=online.counter.officer.actor,
            amount=5_001,
            reason=REASON,
            way="gateway",
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 401}, "reason"),
        ({"way": "gateway"}, "way"),
        ({"way": "gold"}, "way"),
    ],
)
def test_what_is_missing_is_said_by_its_field(counter: Counter, change: dict[str, str], field: str) -> None:
    said = {"amount": 15_000, "reason": REASON, "way": "cash", **change}
    source = Source.of(None, counter.take())
    with pytest.raises(RuleViolation) as refused:
        refunding.begin(source, actor=counter.officer.actor, **said)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
    assert not Refund.objects.exists()
    assert not Proposal.objects.exists()


def test_a_colleague_who_was_first_is_noticed(counter: Counter) -> None:
    source = Source.of(None, counter.take())
    said: dict[str, Any] = {"actor": counter.officer.actor, "amount": 1_000, "reason": REASON, "way": "cash"}
    refunding.begin(source, given=0, **said)
    with pytest.raises(RuleViolation, match="refunded_meanwhile"):
        refunding.begin(source, given=0, **said)


def test_who_proposed_does_not_decide(counter: Counter) -> None:
    both = make_officer(Role.CASE_OFFICER, Role.DESK_HEAD, agency=counter.desk.agency)
    refund = propose(Counter(counter.desk, both, both), counter.take())
    for act in (
        lambda: refunding.approve(refund.pk, actor=both.actor, seen=seen(refund)),
        lambda: refunding.reject(refund.pk, actor=both.actor, reason="x", seen=seen(refund)),
    ):
        with pytest.raises(Forbidden, match="proposal_own"):
            act()
    assert again(refund).status == "proposed"


def test_roles_and_agencies(counter: Counter) -> None:
    receipt = counter.take()
    approver = make_officer(Role.APPROVER, agency=counter.desk.agency)
    elsewhere = make_officer(Role.CASE_OFFICER, Role.DESK_HEAD)
    with pytest.raises(Forbidden, match="role_lacking"):
        propose(Counter(counter.desk, approver, counter.head), receipt)
    with pytest.raises(NotFound):
        propose(Counter(counter.desk, elsewhere, counter.head), receipt)
    refund = propose(counter, receipt)
    for officer in (counter.officer, approver, elsewhere, counter.desk.cashier):
        with pytest.raises(Forbidden):
            refunding.approve(refund.pk, actor=officer.actor, seen=seen(refund))


def _stale(refund: Refund, actor: Actor) -> list[Any]:
    return [
        lambda: refunding.approve(refund.pk, actor=actor, seen="old"),
        lambda: refunding.reject(refund.pk, actor=actor, reason="x", seen="old"),
        lambda: refund_paying.retry(refund.pk, actor=actor, seen="old"),
        lambda: refund_paying.turn(refund.pk, actor=actor, way="cash", seen="old"),
    ]


def test_what_changed_since_it_was_seen_is_refused(counter: Counter) -> None:
    refund = propose(counter, counter.take())
    for act in _stale(refund, counter.head.actor):
        with pytest.raises(Conflict, match="conflict"):
            act()


def test_every_act_out_of_turn_is_refused(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take()))
    head, cashier, officer = counter.head.actor, counter.desk.cashier.actor, counter.officer.actor
    refund_paying.pay_out(refund.pk, actor=cashier, seen=seen(refund))
    now = seen(refund)
    acts = [
        lambda: refunding.approve(refund.pk, actor=head, seen=now),
        lambda: refunding.reject(refund.pk, actor=head, reason="x", seen=now),
        lambda: refunding.propose(refund.pk, actor=officer, amount=1, reason="x", way="cash", seen=now),
        lambda: refund_paying.pay_out(refund.pk, actor=cashier, seen=now),
        lambda: refund_paying.retry(refund.pk, actor=head, seen=now),
        lambda: refund_paying.turn(refund.pk, actor=head, way="transfer", seen=now),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="illegal_transition"):
            act()
    assert balance() == {}


def in_ten_days() -> datetime:
    return clock.now() + timedelta(days=10)


def test_a_lapsed_proposal_is_proposed_again(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = propose(counter, counter.take())
    with pytest.raises(Conflict, match="proposal_open"):
        _propose_again(counter, refund)
    monkeypatch.setattr("portal.audit.selectors.now", in_ten_days)
    monkeypatch.setattr("portal.audit.services.now", in_ten_days)
    with pytest.raises(RuleViolation, match="proposal_missing"):
        approve(counter, refund)

    assert _propose_again(counter, refund).status == "proposed"
    assert Proposal.objects.order_by("proposed_at").values_list("outcome", flat=True)[0] == "lapsed"


def _propose_again(counter: Counter, refund: Refund) -> Refund:
    return refunding.propose(
        refund.pk, actor=counter.officer.actor, amount=15_000, reason="Lại", way="cash", seen=seen(refund)
    )


def test_a_surplus_is_suggested_once_and_owed_back_already() -> None:
    place = make_surplus()
    refund = Refund.objects.get()
    assert (refund.status, refund.amount, refund.cause, refund.way) == (
        "suggested",
        15_000,
        "surplus",
        "gateway",
    )
    with write_dossier(place.payment.dossier_id, actor=Actor.system()) as work:
        again_suggested = refunding.suggest(work, payment=place.payment, amount=15_000, cause="surplus")
    assert again_suggested == refund
    before = balance()

    officer = place.counter.officer.actor
    refunding.propose(
        refund.pk, actor=officer, amount=15_000, reason="Trùng", way="gateway", seen=seen(refund)
    )
    approve(place.counter, refund)

    assert balance() == before
    assert faults() == []


def test_a_withdrawal_suggests_what_it_made_owed_back(counter: Counter) -> None:
    receipt = counter.take()
    Fee.objects.filter(pk=receipt.fee_id).update(refund_due=9_000)

    assert (refunding.suggest_due(), refunding.suggest_due()) == (1, 0)

    refund = Refund.objects.get()
    assert (refund.status, refund.amount, refund.cause) == ("suggested", 9_000, "withdrawn")
    assert faults() == []


def test_what_is_owed_back_later_is_suggested_beside_the_first(counter: Counter) -> None:
    receipt = counter.take()
    for due in (4_000, 9_000):
        Fee.objects.filter(pk=receipt.fee_id).update(refund_due=due)
        assert (refunding.suggest_due(), refunding.suggest_due()) == (1, 0)

    assert sorted(Refund.objects.values_list("amount", flat=True)) == [4_000, 5_000]


def test_a_withdrawal_asks_for_no_more_than_is_left(counter: Counter) -> None:
    receipt = counter.take()
    propose(counter, receipt, 10_000)
    Fee.objects.filter(pk=receipt.fee_id).update(refund_due=9_000)

    refunding.suggest_due()

    assert Refund.objects.get(cause="withdrawn").amount == 5_000


def test_the_payer_is_told_when_it_is_decided_and_when_it_is_paid(online: Moneyback) -> None:
    refund = approve(online.counter, propose(online.counter, online.receipt, 15_000, "transfer"))
    cashier = online.counter.desk.cashier.actor
    refund_paying.pay_out(refund.pk, actor=cashier, seen=seen(refund), number="FT1")

    told = Message.objects.filter(event__startswith="payment.refund").order_by("created_at")

    assert [message.event for message in told] == ["payment.refund_decided", "payment.refund_paid"]
    assert {message.user_id for message in told} == {online.owed.desk.owner.pk}
    assert told[0].context["amount"] == "15.000 đ"
    assert {message.subject_key for message in told} == {f"dossier:{online.owed.dossier.pk}"}


def test_a_refund_that_never_was_is_not_found(counter: Counter) -> None:
    with pytest.raises(NotFound):
        refunding.approve(uuid7(), actor=counter.head.actor, seen="x")


def test_ways_by_hand_are_exchanged_by_who_decides(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take()))
    with pytest.raises(Forbidden):
        refund_paying.turn(refund.pk, actor=counter.officer.actor, way="transfer", seen=seen(refund))
    with pytest.raises(RuleViolation, match="way"):
        refund_paying.turn(refund.pk, actor=counter.head.actor, way="gateway", seen=seen(refund))

    refund_paying.turn(refund.pk, actor=counter.head.actor, way="transfer", seen=seen(refund))

    assert (again(refund).way, again(refund).status) == ("transfer", RefundStatus.APPROVED)


def test_a_drawer_that_is_short_pays_nothing(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take()))
    other: Officer = make_officer(Role.RECEPTION, agency=counter.desk.agency)
    with pytest.raises(PortalError, match="drawer_short"):
        refund_paying.pay_out(refund.pk, actor=other.actor, seen=seen(refund))
    assert again(refund).status == "approved"


def test_a_withdrawn_dossier_can_be_refunded(counter: Counter) -> None:
    receipt = counter.take()
    dossier = receipt.dossier
    dossier.refresh_from_db()
    acting.perform(dossier.pk, c.Withdraw("Đổi ý"), actor=counter.desk.cashier.actor, version=dossier.version)
    assert approve(counter, propose(counter, receipt)).status == "approved"
