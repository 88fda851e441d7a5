"""The simulator: its pages, its messages with every fault, its books over a kill, and what it refuses."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from payments.differences.settlements import read_settlement
from payments.gateways.base import BadSignature, PayState
from payments.gateways.vnpay.gateway import VNPAY
from portal.core import clock
from portal.demo.simulators.vnpay import Vnpay
from portal.demo.simulators.vnpay.faults import Faults
from portal.demo.simulators.vnpay.gateway import Refused
from tests.payments.gateways.places import CONTRACT, make_order, make_request, read, simulated


class Merchant(ThreadingHTTPServer):
    """Where server messages arrive: `got` their addresses, `code` what is answered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.got: list[str] = []
        self.code = "00"
        self.url = f"http://127.0.0.1:{self.server_address[1]}/ipn/"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def states(self) -> list[tuple[str, PayState, int | None]]:
        messages = [read(address) for address in self.got]
        return [(message.reference, message.verdict.state, message.verdict.amount) for message in messages]


class _Answer(BaseHTTPRequestHandler):
    server: Merchant

    def do_GET(self) -> None:
        self.server.got.append(self.path)
        body = json.dumps({"RspCode": self.server.code, "Message": ""}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    server = Merchant()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def vnpay(merchant: Merchant) -> Iterator[Vnpay]:
    with simulated(ipn_url=merchant.url) as server:
        yield server


def _url(reference: str = "A1", amount: int = 150_000, **changes: Any) -> str:
    return VNPAY.build_payment_url(CONTRACT, make_request(reference, amount, **changes))


def _post(vnpay: Vnpay, path: str, body: Any) -> Any:
    return httpx.post(f"{vnpay.url}{path}", json=body).json()


@pytest.mark.parametrize(
    ("choice", "state"),
    [("paid", PayState.PAID), ("cancelled", PayState.FAILED), ("poor", PayState.FAILED)],
)
def test_a_person_pays_on_its_page(vnpay: Vnpay, merchant: Merchant, choice: str, state: PayState) -> None:
    page = httpx.get(_url())
    assert page.status_code == 200
    assert "150.000 đ" in page.text
    assert "Le phi ho so H13.101-261123-0001" in page.text
    assert [label in page.text for label in ("Thanh toán thành công", "Hủy", "Không đủ số dư", "Để đó")] == [
        True
    ] * 4

    pressed = {"merchant": CONTRACT.merchant, "reference": "A1", "choice": choice}
    back = httpx.post(f"{vnpay.url}/paymentv2/choose", data=pressed)
    assert back.status_code == 303
    assert back.headers["Location"].startswith("http://127.0.0.1:9/payments/return/vnpay/?")
    assert read(back.headers["Location"]).verdict.state == state
    assert merchant.states() == [("A1", state, 150_000)]


def test_who_presses_nothing_pays_nothing(vnpay: Vnpay, merchant: Merchant) -> None:
    assert vnpay.pay(_url(), "left")["return"] == ""
    assert merchant.got == []
    assert vnpay.pay(_url(), "paid")["code"] == "00"  # the same page, later


@pytest.mark.parametrize(
    "url",
    [
        lambda: _url().replace("vnp_Amount=15000000", "vnp_Amount=100"),
        lambda: _url().rpartition("&")[0],
        lambda: _url().replace("MOTCUA01", "MOTCUA99"),
        lambda: _url(amount=0),
        lambda: _url(expires_at=clock.now() - timedelta(seconds=1)),
    ],
    ids=["changed", "unsigned", "stranger", "nothing", "expired"],
)
def test_it_refuses_what_the_real_one_refuses(vnpay: Vnpay, url: Any) -> None:
    answer = httpx.get(url())
    assert answer.status_code == 400
    assert "Không thanh toán được" in answer.text


def test_it_takes_an_attempt_once(vnpay: Vnpay) -> None:
    vnpay.pay(_url())
    with pytest.raises(Refused):
        vnpay.pay(_url())
    assert vnpay.books.sum_up()["MOTCUA01"]["paid_amount"] == 150_000


@pytest.mark.parametrize("times", [0, 2, 10])
def test_a_message_goes_several_times(vnpay: Vnpay, merchant: Merchant, times: int) -> None:
    vnpay.switch(ipn_times=times)
    vnpay.pay(_url())
    assert merchant.states() == [("A1", PayState.PAID, 150_000)] * times


@pytest.mark.parametrize(
    ("fault", "value", "expected"),
    [
        ("ipn_amount", "wrong", ("A1", PayState.PAID, 151_000)),
        ("ipn_reference", "unknown", ("A1X", PayState.PAID, 150_000)),
        ("ipn_signature", "upper", ("A1", PayState.PAID, 150_000)),
        ("ipn_signature", "lower", ("A1", PayState.PAID, 150_000)),
        ("ipn_signature", "wrong", None),
        ("ipn_signature", "missing", None),
    ],
)
def test_a_message_is_damaged(
    vnpay: Vnpay, merchant: Merchant, fault: str, value: str, expected: Any
) -> None:
    vnpay.switch(**{fault: value})
    vnpay.pay(_url())
    if expected is None:
        with pytest.raises(BadSignature):
            merchant.states()
    else:
        assert merchant.states() == [expected]


def test_messages_come_hours_late_and_in_another_order(vnpay: Vnpay, merchant: Merchant) -> None:
    _post(vnpay, "/control", {"ipn_when": "queued"})
    for reference in ("A1", "A2", "A3"):
        _post(vnpay, "/pay", {"url": _url(reference)})
    assert merchant.got == []
    assert httpx.get(f"{vnpay.url}/control").json()["waiting"]["queued"] == 3

    answers = _post(vnpay, "/control/release", {"order": "reversed"})["ipn"]
    assert [answer["code"] for answer in answers] == ["00"] * 3
    assert [reference for reference, *_ in merchant.states()] == ["A3", "A2", "A1"]


def test_a_message_comes_after_the_return_or_never(vnpay: Vnpay, merchant: Merchant) -> None:
    vnpay.switch(ipn_when="never")
    vnpay.pay(_url("A1"))
    vnpay.switch(ipn_when="after", ipn_after_s=0.05)
    assert vnpay.pay(_url("A2"))["ipn"] == []
    _wait_for(merchant, 1)
    assert [reference for reference, *_ in merchant.states()] == ["A2"]


def test_it_tries_again_until_the_merchant_confirms(vnpay: Vnpay, merchant: Merchant) -> None:
    vnpay.switch(ipn_retries=3, ipn_retry_s=0.02)
    merchant.code = "99"
    vnpay.pay(_url())
    _wait_for(merchant, 4)
    merchant.code = "02"
    vnpay.pay(_url("A2"))
    assert [reference for reference, *_ in merchant.states()] == ["A1"] * 4 + ["A2"]


def _wait_for(merchant: Merchant, count: int) -> None:
    waiting = threading.Event()
    for _ in range(200):
        if len(merchant.got) >= count:
            return
        waiting.wait(0.01)
    pytest.fail(f"{len(merchant.got)} messages of {count}")


def test_any_message_can_be_sent_about_an_attempt(vnpay: Vnpay, merchant: Merchant) -> None:
    vnpay.pay(_url(), "left")
    told = {"vnp_ResponseCode": "24", "vnp_TransactionStatus": "02"}
    _post(vnpay, "/control/send", {"merchant": "MOTCUA01", "reference": "A1", "changes": told})
    vnpay.pay(_url())
    assert [state for _, state, _ in merchant.states()] == [PayState.FAILED, PayState.PAID]


def test_a_return_may_be_missing_and_a_page_broken(vnpay: Vnpay) -> None:
    assert httpx.get(_url()).status_code == 200
    vnpay.switch(returns="no")
    pressed = {"merchant": CONTRACT.merchant, "reference": "A1", "choice": "paid"}
    assert "tự quay lại" in httpx.post(f"{vnpay.url}/paymentv2/choose", data=pressed).text
    vnpay.switch(page="error")
    assert httpx.get(_url("A2")).status_code == 503
    vnpay.switch(page="hangs", hang_s=20)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(_url("A2"), timeout=0.2)


@pytest.mark.parametrize(
    "wanted",
    [{"nothing": 1}, {"api": "sleeps"}, {"ipn_times": 11}, {"ipn_times": "two"}, {"ipn_times": True}],
)
def test_a_switch_that_is_not_there_is_named(vnpay: Vnpay, wanted: dict[str, Any]) -> None:
    answer = httpx.post(f"{vnpay.url}/control", json=wanted)
    assert answer.status_code == 400
    assert next(iter(wanted)) in answer.json()["error"]
    assert vnpay.faults.as_json() == Faults().as_json()


@pytest.mark.parametrize(
    "path", ["/nowhere", "/paymentv2/choose", "/pay", "/settlement?day=x", "/settlement"]
)
def test_nonsense_is_refused_without_a_fault(vnpay: Vnpay, path: str) -> None:
    connection = HTTPConnection(urlsplit(vnpay.url).netloc, timeout=5)
    connection.request("GET" if "settlement" in path or path == "/nowhere" else "POST", path, body=b"\xff")
    assert connection.getresponse().status in (400, 404)


def test_the_books_survive_a_kill(tmp_path: Path) -> None:
    request = make_request()
    with simulated(folder=tmp_path) as vnpay:
        vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
        vnpay.pay(_url("A2"), "poor")
        VNPAY.refund(CONTRACT, make_order(request, "14000001", 50_000))
        before = httpx.get(f"{vnpay.url}/books").json()
    with (tmp_path / "vnpay.jsonl").open("ab") as file:
        file.write(b'{"kind": "finished", "merch')  # killed while it wrote

    with simulated(folder=tmp_path) as vnpay:
        assert httpx.get(f"{vnpay.url}/books").json() == before
        assert before["sums"]["MOTCUA01"] == {
            "attempts": 2, "paid": 1, "paid_amount": 150_000, "refunds": 1, "refunded_amount": 50_000
        }  # fmt: skip
        vnpay.pay(_url("A3"))
        assert VNPAY.refund(CONTRACT, make_order(request, "14000001", 50_000)).code == "94"
        assert [payment.number for payment in vnpay.books.list_payments()] == ["14000001", "0", "14000003"]


def test_a_day_is_settled_as_the_portal_reads_it(vnpay: Vnpay) -> None:
    request = make_request()
    vnpay.pay(VNPAY.build_payment_url(CONTRACT, request))
    vnpay.pay(_url("A2"), "cancelled")
    VNPAY.refund(CONTRACT, make_order(request, "14000001", 50_000))
    day = {"day": clock.today().isoformat(), "merchant": CONTRACT.merchant}
    settled = read_settlement(httpx.get(f"{vnpay.url}/settlement?{urlencode(day)}").content)

    assert settled.refused == ()
    assert [(line.reference, line.amount, line.is_refund) for line in settled.lines] == [
        ("A1", 150_000, False),
        ("A1", 50_000, True),
    ]
    assert settled.total == 100_000
