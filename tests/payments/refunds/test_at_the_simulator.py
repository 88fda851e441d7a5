"""Refunds and the settlement file against VNPAY's simulator over HTTP: what is lost is asked for, and books agree."""

from collections.abc import Iterator

import pytest

from payments.gateways.registry import gateways
from payments.models import Difference
from payments.online.attempts import Source
from payments.services.accounts import open_contract
from payments.services.paying import build_departure
from payments.services.refund_sending import send_due
from payments.services.settling import import_settlement
from payments.services.verdicts import apply_verdict
from portal.core import clock
from portal.demo.simulators.vnpay import Vnpay
from portal.demo.simulators.vnpay.merchants import PROVINCE
from tests.payments.gateways.places import impatient, simulated
from tests.payments.online.begun import begin, make_online_desk
from tests.payments.refunds.moneyback import Moneyback, again, balance, make_approved, make_counter, make_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def vnpay() -> Iterator[Vnpay]:
    with simulated() as server, impatient(0.4):
        server.switch(hang_s=0.6, ipn_when="never")
        yield server


def make_paid(vnpay: Vnpay) -> Moneyback:
    """The owner paid at the simulator; the portal asked and was told."""
    place = make_online_desk(merchant=PROVINCE.code, secret=PROVINCE.secret)
    begun = begin(place)
    vnpay.pay(build_departure(begun.payment))
    payment = begun.again()
    verdict = gateways.get("vnpay").ask(
        open_contract(payment.account), payment.reference, payment.created_at, "127.0.0.1"
    )
    apply_verdict(payment.pk, verdict, Source.QUERY)
    return Moneyback(make_counter(place.desk), begun.owed, begun.again())


def settle(vnpay: Vnpay, place: Moneyback) -> tuple[int, int]:
    """The simulator's own file of today against our books: (differences found, đồng in all)."""
    report = import_settlement(
        place.payment.account_id,
        day=clock.today(),
        file_name="vnpay.csv",
        content=vnpay.settle(clock.today()).encode(),
        actor=place.counter.head.actor,
    )
    assert report.settlement.refused == ()
    return report.found, report.settlement.total


def test_a_lost_answer_gives_the_money_back_once(vnpay: Vnpay) -> None:
    place = make_paid(vnpay)
    assert place.payment.status == "paid"
    refund = make_approved(place, 6_000)
    vnpay.switch(refund="lost")
    assert send_due() == 0
    assert again(refund).status == "unsure"

    vnpay.switch(refund="done")
    make_due(refund)
    assert send_due() == 1

    assert again(refund).status == "done"
    assert vnpay.books.sum_up()[PROVINCE.code]["refunded_amount"] == 6_000
    assert balance(account="gateway_clearing") == {"gateway_clearing": 9_000}
    assert settle(vnpay, place) == (0, 9_000)
    assert not Difference.objects.filter(ended_at=None).exists()


def test_what_the_gateway_refuses_fails_and_can_be_tried_again(vnpay: Vnpay) -> None:
    place = make_paid(vnpay)
    refund = make_approved(place)
    vnpay.switch(refund="refused")
    assert send_due() == 1
    assert again(refund).status == "failed"
    assert settle(vnpay, place) == (0, 15_000)


def test_an_equal_part_that_was_lost_is_not_taken_for_the_first(vnpay: Vnpay) -> None:
    place = make_paid(vnpay)
    make_approved(place, 5_000)
    assert send_due() == 1
    second = make_approved(place, 5_000)
    vnpay.switch(api="hangs")
    assert send_due() == 0

    vnpay.switch()
    make_due(second)
    assert send_due() == 1

    assert again(second).status == "done"
    assert vnpay.books.sum_up()[PROVINCE.code]["refunded_amount"] == 10_000
