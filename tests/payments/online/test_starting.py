"""An attempt begins: who may, for what, and that two clicks are one."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from dossiers import commands as c
from dossiers.choices import FeeStatus
from dossiers.services import acting
from payments.choices import PaymentStatus
from payments.gateways.vnpay.words import read_time
from payments.models import Payment
from payments.services.paying import PER_PERSON, Payer, build_departure
from payments.services.returning import note_return
from portal.core.errors import Conflict, Forbidden, NotFound, PortalError, RateLimited, RuleViolation
from tests.factories.people import make_actor, make_verified_user
from tests.payments.online.begun import (
    GATEWAY,
    UNKNOWN_FEE,
    Begun,
    OnlineDesk,
    begin,
    make_online_desk,
    make_waiting,
)

pytestmark = pytest.mark.django_db


def test_the_attempt_is_stored_before_anybody_leaves(begun: Begun) -> None:
    payment = begun.again()

    address = urlsplit(build_departure(payment))
    sent = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (payment.status, payment.amount, payment.reference) == ("created", 15_000, payment.pk.hex)
    assert sent["vnp_TxnRef"] == payment.reference
    assert sent["vnp_Amount"] == "1500000"
    assert sent["vnp_TmnCode"] == begun.account.merchant
    assert sent["vnp_ReturnUrl"].endswith("/payments/return/vnpay/")
    assert str(begun.dossier.code) in sent["vnp_OrderInfo"]
    assert payment.expires_at - payment.created_at == timedelta(minutes=90)
    assert payment.created_at.microsecond == 0
    began, ends = (read_time(sent[f"vnp_{name}Date"]) for name in ("Create", "Expire"))
    assert began == payment.created_at
    assert ends == began + timedelta(minutes=85)
    assert begun.dossier.version == begun.owed.dossier.version


def test_two_clicks_and_two_tabs_are_one_attempt(begun: Begun) -> None:
    again = begin(OnlineDesk(begun.owed.desk, begun.account), begun.owed)

    assert again.payment.pk == begun.payment.pk
    assert build_departure(again.payment) == build_departure(begun.payment)


def test_a_living_attempt_is_left_behind_only_by_who_saw_it(begun: Begun) -> None:
    place = OnlineDesk(begun.owed.desk, begun.account)

    newer = begin(place, begun.owed, replaces=begun.payment.pk).payment
    assert newer.pk != begun.payment.pk
    assert begin(place, begun.owed, replaces=begun.payment.pk).payment.pk == newer.pk
    assert begun.again().status == PaymentStatus.CREATED


def test_while_one_is_being_confirmed_no_other_begins_unseen(begun: Begun) -> None:
    place = OnlineDesk(begun.owed.desk, begun.account)
    note_return(GATEWAY, begun.say())

    with pytest.raises(Conflict) as refusal:
        begin(place, begun.owed)
    assert refusal.value.code == "payment_unconfirmed"
    assert begin(place, begun.owed, replaces=begun.payment.pk).payment.pk != begun.payment.pk


def test_once_the_gateway_has_closed_a_new_one_begins(begun: Begun) -> None:
    with time_machine.travel(begun.payment.created_at + timedelta(minutes=85)):
        newer = begin(OnlineDesk(begun.owed.desk, begun.account), begun.owed).payment

    assert newer.pk != begun.payment.pk


def waived(place: OnlineDesk) -> Any:
    owed = make_waiting(place)
    owed.dossier.fees.update(status=FeeStatus.WAIVED)
    return begin(place, owed)


def withdrawn(place: OnlineDesk) -> Any:
    owed = make_waiting(place)
    actor = owed.desk.owner_actor
    acting.perform(owed.dossier.pk, c.Withdraw(reason="Thôi"), actor=actor, version=owed.version)
    return begin(place, owed)


def settled(place: OnlineDesk) -> Any:
    owed = make_waiting(place)
    owed.pay()
    return begin(place, owed)


def as_(actor_of: Any) -> Any:
    def start(place: OnlineDesk) -> Any:
        owed = make_waiting(place)
        return begin(place, owed, payer=Payer(actor=actor_of(owed)))

    return start


REFUSALS = {
    "waived": (waived, RuleViolation, "fee_not_open"),
    "settled": (settled, RuleViolation, "fee_not_open"),
    "withdrawn": (withdrawn, Conflict, "illegal_transition"),
    "stranger": (as_(lambda _owed: make_actor(make_verified_user())), NotFound, "not_found"),
    "officer": (as_(lambda owed: owed.desk.cashier.actor), Forbidden, "role_lacking"),
    "long name": (
        lambda place: begin(place, payer=Payer(actor=place.desk.owner_actor, name="A" * 401)),
        RuleViolation,
        "payer_name_too_long",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_who_may_not_or_need_not_pay_is_told(online_desk: OnlineDesk, name: str) -> None:
    act, kind, code = REFUSALS[name]
    with pytest.raises(PortalError) as refusal:
        act(online_desk)

    assert (type(refusal.value), refusal.value.code) == (kind, code)
    assert not Payment.objects.exists()


@pytest.mark.usefixtures("db")
def test_only_level_four_with_a_contract_pays_online() -> None:
    without = make_online_desk(has_contract=False)
    with pytest.raises(RuleViolation, match="not_online"):
        begin(without)
    below = make_online_desk(level=3)
    with pytest.raises(RuleViolation, match="not_online"):
        begin(below)
    with pytest.raises(RuleViolation, match="fee_not_open"):
        begin(make_online_desk(UNKNOWN_FEE))


def test_nobody_begins_without_end(online_desk: OnlineDesk) -> None:
    owed = make_waiting(online_desk)
    for _ in range(PER_PERSON.hits):
        begin(online_desk, owed)
    with pytest.raises(RateLimited):
        begin(online_desk, owed)
    assert Payment.objects.count() == 1
