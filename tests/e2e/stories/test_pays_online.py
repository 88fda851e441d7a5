"""A citizen files at level 4, pays through VNPAY after a first failure, and the dossier goes on without a click."""

import copy
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from dossiers.models import Dossier
from payments.models import LedgerEntry, Payment
from portal.demo.simulators.vnpay import Vnpay
from portal.demo.simulators.vnpay.merchants import PROVINCE
from tests.e2e.stories.eform import answer_form
from tests.e2e.stories.person import Person, Seat
from tests.looking import look
from tests.payments.online.begun import make_online_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def vnpay(live_server: LiveServer) -> Iterator[Vnpay]:
    """VNPAY beside the portal, and each knows where the other is."""
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    with Vnpay(ipn_url=f"{live_server.url}/payments/ipn/vnpay/") as simulator:
        policy["DIRECTIVES"]["form-action"] = ["'self'", simulator.url]
        with override_settings(
            VNPAY_PAY_URL=simulator.pay_url,
            VNPAY_API_URL=simulator.api_url,
            PUBLIC_URL=live_server.url,
            CONTENT_SECURITY_POLICY=policy,
        ):
            yield simulator


def file(citizen: Person, code: str) -> None:
    citizen.open(f"/procedures/{code}/")
    citizen.press("Bắt đầu nộp")
    citizen.press("Bắt đầu")
    citizen.press("Bắt đầu trả lời")
    answer_form(citizen, code, {"full_name": "Nguyễn Văn Bình"})
    citizen.press("Nộp hồ sơ")
    citizen.sees("Đã nộp hồ sơ", "Còn một việc: nộp 15.000 đ")


def test_a_failure_then_a_retry_that_succeeds(seat: Seat, vnpay: Vnpay) -> None:
    place = make_online_desk(merchant=PROVINCE.code, secret=PROVINCE.secret)
    citizen = seat(place.desk.owner)
    file(citizen, place.desk.procedure_code)
    citizen.press("Xem cách nộp")
    citizen.sees(
        "Phí, lệ phí: 15.000 đ", "Phí thẩm định", "Lệ phí cấp giấy", "Đến quầy", "Nhờ người khác nộp"
    )
    look(citizen.page, "pay-choose")
    helper = citizen.page.locator("[data-copy-text]").first.text_content()
    citizen.open(str(helper))
    citizen.sees("Cấp giấy thử nghiệm: 15.000 đ", "Tên người nộp, để ghi biên lai")
    citizen.misses("Về hồ sơ")
    look(citizen.page, "pay-link")
    citizen.page.go_back()

    citizen.press("Nộp 15.000 đ qua VNPAY")
    citizen.sees("15.000 đ", PROVINCE.name)
    citizen.page.go_back()
    citizen.sees("Có một lần nộp chưa xong")
    look(citizen.page, "pay-back")
    citizen.press("Nộp tiếp qua VNPAY")
    citizen.press("Không đủ số dư")
    citizen.sees("không thành công", "Tài khoản không đủ số dư.", "Chưa nộp")
    look(citizen.page, "pay-failed")

    vnpay.switch(ipn_when="after", ipn_after_s=2.5)
    citizen.press("Nộp 15.000 đ qua VNPAY")
    citizen.press("Thanh toán thành công")
    citizen.sees("Đang xác nhận với VNPAY", "Chưa nộp")
    citizen.misses("Đã nhận 15.000 đ")
    look(citizen.page, "pay-confirming")
    expect(citizen.page.locator("main")).to_contain_text("Đã nhận 15.000 đ", timeout=9_000)
    citizen.sees("Hồ sơ được xử lý tiếp.", "Biên lai số 0000001")
    look(citizen.page, "pay-done")

    dossier = Dossier.objects.get()
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Đã nộp, chờ tiếp nhận", "Đã nộp phí, lệ phí")
    assert dossier.status == "submitted"
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["failed", "paid"]
    taken = LedgerEntry.objects.get(account="gateway_clearing").amount
    assert taken == vnpay.books.sum_up()[PROVINCE.code]["paid_amount"] == 15_000
