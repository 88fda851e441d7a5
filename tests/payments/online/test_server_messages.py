"""Every answer to VNPAY's server message, in the documented order, and what each message leaves behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from dossiers import commands as c
from dossiers.choices import FeeStatus
from dossiers.services import acting
from payments.choices import Account
from payments.integrity import check_bookings, check_fees
from payments.models import Difference, GatewayEvent, LedgerEntry, Receipt, Refund
from payments.services import events
from portal.core.errors import LockTimeout
from portal.notifications.models import Message
from tests.payments.online.begun import CANCELLED, PAID, REFUSED, UNDECIDED, Begun, book_of, make_online_desk

pytestmark = pytest.mark.django_db
IPN = "/payments/ipn/vnpay/"
WRONG = {"vnp_Amount": "1500001"}


def test_money_settles_the_fee_and_the_dossier_goes_on_by_itself(begun: Begun) -> None:
    assert begun.dossier.status == "awaiting_payment"

    answer = Client().get(f"{IPN}?{begun.say()}")

    assert (answer.status_code, answer.json()) == (200, {"RspCode": "00", "Message": "Confirm Success"})
    payment, receipt = begun.again(), Receipt.objects.get()
    assert (begun.dossier.status, begun.fee.status) == ("submitted", "settled")
    assert (payment.status, payment.outcome, payment.transaction) == ("paid", "settled", receipt.transaction)
    assert (payment.gateway_number, payment.bank_code, payment.next_ask_at) == ("14226112", "NCB", None)
    assert (receipt.method, receipt.amount, receipt.payment_id) == ("online", 15_000, payment.pk)
    assert (receipt.issued_by, receipt.issued_by_name) == (None, "Hệ thống dịch vụ công")
    assert (receipt.number, receipt.agency, receipt.payer_name) == (
        1,
        begun.owed.desk.agency,
        "Nguyễn Văn Bình",
    )
    assert book_of() == {
        Account.GATEWAY_CLEARING: 15_000,
        Account.REVENUE_PHI: -12_000,
        Account.REVENUE_LE_PHI: -3_000,
    }
    assert [*check_fees(), *check_bookings()] == []
    assert Message.objects.filter(event="dossier.paid").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vnp_SecureHash": "0" * 128}, "97"),
        ({"vnp_SecureHash": ""}, "97"),
        ({"vnp_TmnCode": "99999999"}, "97"),
        ({"vnp_SecureHash": "0" * 128, "vnp_TxnRef": "nobody", **WRONG}, "97"),
        ({"vnp_TxnRef": "nobody", **WRONG}, "01"),
        (WRONG, "04"),
        ({"vnp_Amount": "150000000"}, "04"),
        ({"vnp_Amount": "15000"}, "04"),
        ({"vnp_Amount": ""}, "04"),
    ],
)
def test_a_false_message_moves_nothing_and_is_kept(begun: Begun, changes: dict[str, str], code: str) -> None:
    assert begun.send(PAID, **changes) == code

    assert (begun.again().status, begun.fee.status) == ("created", "open")
    assert not LedgerEntry.objects.exists()
    assert GatewayEvent.objects.filter(kind="ipn").count() == 1


def test_the_signature_may_stand_in_either_case(begun: Begun) -> None:
    name, _equals, sign = begun.say().partition("vnp_SecureHash=")
    upper = name + _equals + sign[:128].upper() + sign[128:]

    assert Client().get(f"{IPN}?{upper}").json()["RspCode"] == "00"


def test_another_contracts_true_signature_does_not_reach_our_order(begun: Begun) -> None:
    other = make_online_desk().account

    assert begun.send(PAID, vnp_TmnCode=other.merchant) == "01"
    assert begun.again().status == "created"


def test_money_of_another_amount_is_shown_to_a_person(begun: Begun) -> None:
    assert begun.send(PAID, vnp_Amount="1400000") == "04"

    found = Difference.objects.get()
    assert (found.kind, found.ours, found.theirs) == ("amount", 15_000, 14_000)


Story = tuple[tuple[str, str], ...]
STORIES: dict[str, tuple[Story, str]] = {
    "twice": (((PAID, "00"), (PAID, "02"), (PAID, "02")), "paid"),
    "failed": (((CANCELLED, "00"), (CANCELLED, "02")), "failed"),
    "failed, then money": (((REFUSED, "00"), (PAID, "00"), (PAID, "02")), "paid"),
    "money, then failed": (((PAID, "00"), (REFUSED, "02")), "paid"),
    "undecided, then money": (((UNDECIDED, "00"), (PAID, "00")), "paid"),
    "undecided for ever": (((UNDECIDED, "00"), (UNDECIDED, "00")), "pending"),
}


@pytest.mark.parametrize("name", STORIES)
def test_repeats_and_disorder(begun: Begun, name: str) -> None:
    story, status = STORIES[name]

    assert [begun.send(code) for code, _answer in story] == [answer for _code, answer in story]
    assert begun.again().status == status
    assert Receipt.objects.count() == (status == "paid")
    assert sum(book_of().values()) == 0
    assert GatewayEvent.objects.count() == len(story)


def waive(begun: Begun) -> None:
    begun.owed.dossier.fees.update(status=FeeStatus.WAIVED)


def withdraw(begun: Begun) -> None:
    owed = begun.owed
    command = c.Withdraw(reason="Không cần nữa")
    acting.perform(owed.dossier.pk, command, actor=owed.desk.owner_actor, version=owed.version)


def pay_at_the_desk(begun: Begun) -> None:
    begun.owed.pay()


def raise_the_fee(begun: Begun) -> None:
    begun.owed.dossier.fees.update(amount=20_000)


@pytest.mark.parametrize("end", [waive, withdraw, pay_at_the_desk, raise_the_fee])
def test_money_that_nothing_waits_for_is_kept_and_moves_no_dossier(
    begun: Begun, end: Callable[[Begun], Any]
) -> None:
    end(begun)
    before = begun.dossier.status, begun.fee.status, Receipt.objects.count()

    assert [begun.send(), begun.send()] == ["00", "02"]

    payment = begun.again()
    assert (begun.dossier.status, begun.fee.status, Receipt.objects.count()) == before
    assert (payment.status, payment.outcome) == ("paid", "surplus")
    booked = dict(LedgerEntry.objects.filter(payment=payment).values_list("account", "amount"))
    assert booked == {Account.GATEWAY_CLEARING: 15_000, Account.REFUND: -15_000}
    refund = Refund.objects.get()
    assert (refund.payment_id, refund.amount, refund.status, refund.cause) == (
        payment.pk,
        15_000,
        "suggested",
        "surplus",
    )
    assert Message.objects.filter(event="payment.surplus").count() == 1


@pytest.mark.parametrize("fault", [OperationalError("gone"), LockTimeout(), ZeroDivisionError()])
def test_any_fault_makes_the_gateway_send_again_and_leaves_nothing_half_written(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(events, "keep", fail)
        answer = Client().get(f"{IPN}?{begun.say()}")
    assert (answer.status_code, answer.json()["RspCode"]) == (200, "99")
    assert (begun.again().status, begun.fee.status, begun.dossier.status) == (
        "created",
        "open",
        "awaiting_payment",
    )
    assert not LedgerEntry.objects.exists()
    assert not Receipt.objects.exists()

    assert begun.send() == "00"


def test_a_door_of_an_unknown_gateway_is_no_door(begun: Begun) -> None:
    assert Client().get("/payments/ipn/momo/").status_code == 404
    assert Client().get(IPN).json()["RspCode"] == "97"
    assert Client().get(f"{IPN}?{begun.say()}&vnp_Amount=1").json()["RspCode"] == "97"
    assert Client().post(f"{IPN}?{begun.say()}").status_code == 405
