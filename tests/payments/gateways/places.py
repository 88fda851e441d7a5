"""A contract with the simulated VNPAY, and requests under it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.test import override_settings

from payments.gateways import http
from payments.gateways.base import Contract, PaymentRequest, RefundOrder, ServerMessage, parse_query
from payments.gateways.vnpay.gateway import VNPAY
from portal.core import clock
from portal.demo.simulators.vnpay import Vnpay
from portal.demo.simulators.vnpay.merchants import PROVINCE

IP = "203.0.113.7"
CONTRACT = Contract(
    account_id=UUID(int=1),
    agency_id=1,
    gateway="vnpay",
    merchant=PROVINCE.code,
    details={"tmn_code": PROVINCE.code},
    secrets={"hash_secret": PROVINCE.secret},
)
CREATED = datetime(2026, 11, 23, 7, 34, 8, tzinfo=UTC)
"""14:34:08 in Việt Nam."""


def make_request(reference: str = "A1", amount: int = 150_000, **changes: Any) -> PaymentRequest:
    at = clock.now()
    wanted: dict[str, Any] = {
        "purpose": "Lệ phí hồ sơ H13.101-261123-0001",
        "return_url": "http://127.0.0.1:9/payments/return/vnpay/",
        "client_ip": IP,
        "created_at": at,
        "expires_at": at + timedelta(minutes=90),
        **changes,
    }
    return PaymentRequest(reference=reference, amount=amount, **wanted)


def make_order(request: PaymentRequest, number: str, amount: int, **changes: Any) -> RefundOrder:
    return RefundOrder(
        reference=request.reference,
        gateway_number=number,
        amount=amount,
        paid_amount=request.amount,
        paid_created_at=request.created_at,
        ordered_at=clock.now(),
        purpose="Hoàn trả lệ phí",
        **{"request_number": f"R{amount}", "ordered_by": "quantri", **changes},
    )


def read(address: str) -> ServerMessage:
    """What a return or a server message at this address says."""
    query = parse_query(urlsplit(address).query)
    return VNPAY.read_server_message(query, {CONTRACT.merchant: CONTRACT}.get)


@contextmanager
def simulated(**arguments: Any) -> Iterator[Vnpay]:
    """A simulator of one's own, and the settings that lead there."""
    with (
        Vnpay(**arguments) as vnpay,
        override_settings(VNPAY_PAY_URL=vnpay.pay_url, VNPAY_API_URL=vnpay.api_url),
    ):
        yield vnpay


@contextmanager
def impatient(seconds: float) -> Iterator[None]:
    """The client waits for so long only."""
    kept = (http.READ_S, http.WHOLE_S)
    http.READ_S, http.WHOLE_S = seconds, seconds
    http._client.cache_clear()
    try:
        yield
    finally:
        http.READ_S, http.WHOLE_S = kept
        http._client.cache_clear()
