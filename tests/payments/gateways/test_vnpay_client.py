"""querydr and refund against the simulator: clear answers count, everything else is unknown and soon."""

import time
from typing import Any

import pytest
from django.test import override_settings

from payments.gateways.base import PayState, RefundState
from payments.gateways.vnpay.gateway import VNPAY
from payments.gateways.vnpay.words import write_time
from tests.payments.gateways.places import CONTRACT, IP, impatient, make_order, make_request, read, simulated


def _ask(request: Any) -> Any:
    return VNPAY.ask(CONTRACT, request.reference, request.created_at, IP)


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        ("paid", PayState.PAID),
        ("cancelled", PayState.FAILED),
        ("poor", PayState.FAILED),
        ("left", PayState.PENDING),
    ],
)
def test_it_says_what_happened(choice: str, state: PayState) -> None:
    request = make_request()
    with simulated() as vnpay:
        assert _ask(request).code == "91"
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request), choice)
        verdict = _ask(request)

    assert (verdict.state, verdict.amount) == (state, request.amount)
    assert bool(verdict.paid_at) == (choice != "left")


@pytest.mark.parametrize("fault", ["error", "duplicate", "forged", "unsigned", "garbage"])
def test_no_clear_answer_is_unknown(fault: str) -> None:
    request = make_request()
    with simulated() as vnpay:
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
        vnpay.switch(api=fault)
        assert _ask(request).state == PayState.UNKNOWN
        vnpay.switch()
        assert _ask(request).state == PayState.PAID


@pytest.mark.parametrize("fault", ["error", "forged", "unsigned", "garbage"])
def test_a_refund_without_a_clear_answer_is_unknown(fault: str) -> None:
    request = make_request()
    with simulated() as vnpay:
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
        vnpay.switch(api=fault)
        order = make_order(request, "14000001", 1000)
        assert VNPAY.ask_refund(CONTRACT, order).state == RefundState.UNKNOWN
        assert VNPAY.refund(CONTRACT, order).state == RefundState.UNKNOWN


@pytest.mark.parametrize("fault", ["hangs", "drips"])
def test_a_gateway_that_hangs_is_left_in_time(fault: str) -> None:
    request = make_request()
    with simulated() as vnpay, impatient(0.3):
        vnpay.switch(api=fault, hang_s=20)
        started = time.monotonic()
        verdict = _ask(request)

    assert verdict.state == PayState.UNKNOWN
    assert time.monotonic() - started < 2


def test_a_gateway_that_is_not_there_is_unknown() -> None:
    with override_settings(VNPAY_API_URL="http://127.0.0.1:9/"):
        assert _ask(make_request()).state == PayState.UNKNOWN


def test_the_answer_about_another_merchant_is_no_answer() -> None:
    request = make_request()
    other = type(CONTRACT)(CONTRACT.account_id, 2, "vnpay", "MOTCUA02", {}, CONTRACT.secrets)
    with simulated() as vnpay:
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
        assert VNPAY.ask(other, request.reference, request.created_at, IP).state == PayState.UNKNOWN


def test_a_part_then_the_rest_is_given_back_and_asked_about() -> None:
    request = make_request(amount=100_000)
    with simulated() as vnpay:
        paid = read(vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))["return"])
        part = make_order(request, paid.verdict.gateway_number, 30_000)
        assert VNPAY.ask_refund(CONTRACT, part).state == RefundState.ABSENT
        first = VNPAY.refund(CONTRACT, part)
        assert first.state == RefundState.DONE
        assert VNPAY.refund(CONTRACT, part).state == RefundState.ACCEPTED  # 94: the same order
        same = make_order(
            request,
            paid.verdict.gateway_number,
            30_000,
            request_number="R2",
            earlier_numbers=(first.gateway_number,),
        )
        assert VNPAY.ask_refund(CONTRACT, same).state == RefundState.ABSENT
        rest = make_order(request, paid.verdict.gateway_number, 80_000)
        assert VNPAY.refund(CONTRACT, rest).state == RefundState.REFUSED
        assert vnpay.books.sum_up()["MOTCUA01"]["refunded_amount"] == 30_000


@pytest.mark.parametrize(
    ("fault", "ordered", "asked"),
    [
        ("accepted", RefundState.ACCEPTED, RefundState.ACCEPTED),
        ("refused", RefundState.REFUSED, RefundState.REFUSED),
        ("lost", RefundState.UNKNOWN, RefundState.DONE),
    ],
)
def test_a_refund_whose_fate_comes_later(fault: str, ordered: RefundState, asked: RefundState) -> None:
    request = make_request()
    with simulated() as vnpay, impatient(0.3):
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
        order = make_order(request, "14000001", request.amount)
        vnpay.switch(refund=fault)
        assert VNPAY.refund(CONTRACT, order).state == ordered
        assert VNPAY.ask_refund(CONTRACT, order).state == asked


def test_an_attempt_that_expired_has_failed() -> None:
    made = make_request()
    request = make_request("A2", created_at=made.created_at, expires_at=made.created_at)
    with simulated() as vnpay:
        vnpay.books.create(
            merchant=CONTRACT.merchant,
            reference="A2",
            amount=1,
            purpose="x",
            return_url="http://127.0.0.1:9/",
            created_at=write_time(request.created_at),
            expires_at="20200101000000",
        )
        verdict = _ask(request)

    assert verdict.state == PayState.FAILED
