"""What the payer sees before leaving, on coming back, while nobody knows, and when it did not work."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from payments.models import GatewayEvent, LedgerEntry, Payment
from payments.services.confirming import take_server_message
from payments.services.paying import Payer
from tests.factories.people import make_user
from tests.payments.online.begun import (
    CANCELLED,
    PAID,
    REFUSED,
    UNDECIDED,
    Begun,
    OnlineDesk,
    begin,
    make_online_desk,
    make_waiting,
    say,
)
from tests.payments.owed import Owed, browser_of

pytestmark = pytest.mark.django_db
RETURN = "/payments/return/vnpay/"


def page_of(owed: Owed) -> str:
    return f"/payments/{owed.fee.pk}/"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_amount_and_purpose_stand_before_the_button_and_the_button_leaves(online_desk: OnlineDesk) -> None:
    owed = make_waiting(online_desk)
    owner = browser_of(owed.desk.owner)

    page = owner.get(page_of(owed))
    said = text(page)
    for part in ("Phí, lệ phí: 15.000 đ", "Phí thẩm định", "12.000 đ", "Nộp 15.000 đ qua VNPAY", "Đến quầy"):
        assert part in said
    assert said.index("Phí thẩm định") < said.index("Nộp 15.000 đ qua VNPAY")
    assert "/payments/link/" in said
    assert "no-store" in page["Cache-Control"]

    left = owner.post(f"{page_of(owed)}online/", {"gateway": "vnpay"})
    assert left.status_code == 302
    assert left["Location"].startswith(f"{settings.VNPAY_PAY_URL}?")
    assert Payment.objects.get().reference in left["Location"]


def test_back_without_paying_offers_to_go_on_or_to_begin_anew(begun: Begun) -> None:
    owner = browser_of(begun.owed.desk.owner)

    said = text(owner.get(page_of(begun.owed)))
    assert "Có một lần nộp chưa xong" in said
    assert "Nộp tiếp qua VNPAY" in said
    assert "Nộp 15.000 đ qua VNPAY" not in said

    owner.post(f"{page_of(begun.owed)}online/", {"gateway": "vnpay"})
    assert Payment.objects.count() == 1
    owner.post(f"{page_of(begun.owed)}online/", {"gateway": "vnpay", "replaces": str(begun.payment.pk)})
    assert Payment.objects.count() == 2


def test_success_is_never_shown_before_the_server_message(begun: Begun) -> None:
    owner = browser_of(begun.owed.desk.owner)

    back = owner.get(f"{RETURN}?{begun.say(PAID)}")
    assert (back.status_code, back["Location"]) == (302, page_of(begun.owed))
    page = owner.get(page_of(begun.owed))
    assert "Đang xác nhận với VNPAY" in text(page)
    assert "Đã nhận" not in text(page)
    assert page["Refresh"] == "4"
    assert begun.again().status == "pending"
    assert not LedgerEntry.objects.exists()

    begun.send()
    page = owner.get(page_of(begun.owed))
    assert "Đã nhận 15.000 đ" in text(page)
    assert "Biên lai số 0000001" in text(page)
    assert "Refresh" not in page


def test_the_page_looks_again_less_often_and_then_stops(begun: Begun) -> None:
    owner = browser_of(begun.owed.desk.owner)
    owner.get(f"{RETURN}?{begun.say(PAID)}")
    came = begun.again().returned_at
    assert came is not None

    def refresh(minutes: int) -> str | None:
        with time_machine.travel(came + timedelta(minutes=minutes), tick=False):
            found: str | None = owner.get(page_of(begun.owed)).headers.get("Refresh")
            return found

    assert [refresh(minutes) for minutes in (0, 2, 10, 40)] == ["4", "15", "60", None]


@pytest.mark.parametrize(
    ("code", "words"), [(CANCELLED, "Bạn đã hủy giao dịch."), (REFUSED, "Tài khoản không đủ số dư.")]
)
def test_a_failure_says_why_and_offers_the_next_step(begun: Begun, code: str, words: str) -> None:
    begun.send(code)

    said = text(browser_of(begun.owed.desk.owner).get(page_of(begun.owed)))
    for part in ("không thành công", words, "Nộp 15.000 đ qua VNPAY"):
        assert part in said


def test_what_the_bank_took_and_the_gateway_has_not_decided_is_not_paid_again(begun: Begun) -> None:
    begun.send(UNDECIDED)

    said = text(browser_of(begun.owed.desk.owner).get(page_of(begun.owed)))
    for part in ("Đang xác nhận với VNPAY", "Ngân hàng đã trừ tiền."):
        assert part in said
    assert "Nộp 15.000 đ qua VNPAY" not in said


@pytest.mark.parametrize(("status", "words"), [("expired", "đã hết thời gian"), ("created", "đã quá giờ")])
def test_after_its_time_another_try_is_offered(begun: Begun, status: str, words: str) -> None:
    Payment.objects.update(status=status)
    owner = browser_of(begun.owed.desk.owner)
    with time_machine.travel(begun.payment.expires_at, tick=False):
        said = text(owner.get(page_of(begun.owed)))

    assert words in said
    assert "Nộp 15.000 đ qua VNPAY" in said


def test_a_replayed_or_bent_return_changes_nothing(begun: Begun) -> None:
    place = OnlineDesk(begun.owed.desk, begun.account)
    other = begin(place)
    owner = browser_of(begun.owed.desk.owner)
    query = begun.say(PAID)
    begun.send(PAID)

    for _ in range(3):
        assert owner.get(f"{RETURN}?{query}")["Location"] == page_of(begun.owed)
    replayed = query.replace(begun.payment.reference, other.payment.reference)
    bent = [replayed, query.replace("1500000", "1500"), query[:-1], "", "a=1", f"{query}&vnp_Amount=1"]
    for forged in bent:
        answer = owner.get(f"{RETURN}?{forged}")
        assert answer.status_code == 400
        assert "Không có gì bị thay đổi." in text(answer)
    assert (other.again().status, other.fee.status) == ("created", "open")
    assert GatewayEvent.objects.filter(kind="return", verdict="bad_signature").count() == len(bent)


def test_who_was_signed_out_meanwhile_sees_nothing_of_the_dossier(begun: Begun) -> None:
    for browser in (Client(), browser_of(make_user())):
        said = text(browser.get(f"{RETURN}?{begun.say(PAID)}"))
        assert "Lần nộp của bạn đang được xác nhận" in said
        assert str(begun.dossier.code) not in said
        assert "Nguyễn Văn Bình" not in said


def test_what_was_paid_twice_is_told(begun: Begun) -> None:
    begun.owed.pay()
    begun.send()

    said = text(browser_of(begun.owed.desk.owner).get(page_of(begun.owed)))
    assert "15.000 đ nộp thừa sẽ được hoàn trả" in said
    assert "Nộp 15.000 đ qua VNPAY" not in said


def test_below_level_four_only_the_desk_is_offered() -> None:
    owed = make_waiting(make_online_desk(level=3))
    owner = browser_of(owed.desk.owner)

    said = text(owner.get(page_of(owed)))
    assert "Đến quầy" in said
    assert "VNPAY" not in said
    assert "/payments/link/" not in said
    answer = owner.post(f"{page_of(owed)}online/", {"gateway": "vnpay"}, follow=True)
    assert "chưa nộp trực tuyến được" in text(answer)


def test_the_api_lists_attempts_and_begins_one(online_desk: OnlineDesk) -> None:
    owed = make_waiting(online_desk)
    owner = browser_of(owed.desk.owner)
    address = f"/api/v1/dossiers/{owed.dossier.pk}/payments"

    def post(client: Client = owner, **changes: Any) -> Any:
        body = {"fee": str(owed.fee.pk), "gateway": "vnpay", **changes}
        return client.post(address, body, content_type="application/json")

    first, again = post(), post()
    assert (first.status_code, first.json()["status"], first.json()["amount"]) == (201, "created", 15_000)
    assert first.json()["redirect_url"] == again.json()["redirect_url"]
    assert [row["id"] for row in owner.get(address).json()] == [first.json()["id"]]
    refusals = {
        "not_online": post(gateway="momo"),
        "invalid": post(fee="x"),
        "not_found": post(fee=str(make_waiting(online_desk).fee.pk)),
        "role_lacking": post(browser_of(owed.desk.cashier)),
    }
    assert {code: answer.json()["code"] for code, answer in refusals.items()} == {
        code: code for code in refusals
    }


def test_a_strangers_name_stays_out_of_the_attempts_of_others(online_desk: OnlineDesk) -> None:
    owed = make_waiting(online_desk)
    begin(online_desk, owed, payer=Payer(name="Hờ A Páo"))

    said = text(browser_of(owed.desk.owner).get(page_of(owed)))
    assert "Có một lần nộp chưa xong" in said
    assert "Hờ A Páo" not in said


def test_the_cashier_is_told_that_somebody_is_paying_online(begun: Begun) -> None:
    cashier = browser_of(begun.owed.desk.cashier)
    assert "Khoản này đang được nộp trực tuyến" in text(cashier.get(page_of(begun.owed)))
    take_server_message("vnpay", say(begun.payment, begun.account, CANCELLED))
    assert "Khoản này đang được nộp trực tuyến" not in text(cashier.get(page_of(begun.owed)))
