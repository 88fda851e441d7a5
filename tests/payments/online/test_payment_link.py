"""Paying for another: what a link shows, what it hides, and when it is worth nothing."""

from typing import Any

import pytest
from django.test import Client

from dossiers.choices import FeeStatus
from payments.models import Payment, Receipt
from payments.online.links import build_link, build_token
from payments.services.paying import PER_LINK
from portal.notifications.models import Message
from tests.payments.online.begun import PAID, Begun, OnlineDesk, make_online_desk, make_waiting, say
from tests.payments.owed import Owed, make_desk, make_owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(online_desk: OnlineDesk) -> Owed:
    return make_waiting(online_desk)


def link_of(owed: Owed) -> str:
    return f"/payments/link/{build_token(owed.fee.pk)}/"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_it_shows_what_for_how_much_and_to_whom_and_nothing_else(owed: Owed) -> None:
    answer = Client().get(link_of(owed))

    said = text(answer)
    for part in (
        "Cấp giấy thử nghiệm",
        "15.000 đ",
        "Phí thẩm định",
        owed.desk.agency.name,
        "Nộp 15.000 đ qua VNPAY",
    ):
        assert part in said
    dossier = owed.dossier
    for hidden in (str(dossier.code), str(dossier.pk), "Nguyễn Văn Bình", str(owed.fee.pk)):
        assert hidden not in said
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex' in said


def test_somebody_else_pays_and_the_receipt_bears_their_name(owed: Owed, online_desk: OnlineDesk) -> None:
    stranger = Client()

    left = stranger.post(link_of(owed), {"gateway": "vnpay", "payer_name": " Hờ A  Páo "})
    payment = Payment.objects.get()
    assert payment.reference in left["Location"]
    assert (payment.payer_user_id, payment.payer_name) == (None, "Hờ A Páo")

    query = say(payment, online_desk.account, PAID)
    back = stranger.get(f"/payments/return/vnpay/?{query}")
    assert back["Location"] == link_of(owed)
    waiting = stranger.get(link_of(owed))
    assert ("Đang xác nhận với VNPAY" in text(waiting), waiting["Refresh"]) == (True, "4")
    assert Client().get(f"/payments/ipn/vnpay/?{query}").json()["RspCode"] == "00"
    assert "Cảm ơn bạn." in text(stranger.get(link_of(owed)))
    assert Receipt.objects.get().payer_name == "Hờ A Páo"
    again = stranger.post(link_of(owed), {"gateway": "vnpay"}, follow=True)
    assert "đã nộp rồi" in text(again)


def test_a_name_too_long_stays_in_the_field(owed: Owed) -> None:
    answer = Client().post(link_of(owed), {"gateway": "vnpay", "payer_name": "A" * 401})

    assert answer.status_code == 422
    assert "Tên người nộp dài quá 400 chữ." in text(answer)
    assert "A" * 401 in text(answer)
    assert not Payment.objects.exists()


@pytest.mark.parametrize("status", [FeeStatus.WAIVED, FeeStatus.VOID])
def test_the_fee_revokes_it(owed: Owed, status: str) -> None:
    owed.dossier.fees.update(status=status)

    said = text(Client().get(link_of(owed)))
    assert "Khoản này không còn phải nộp." in said
    assert "VNPAY" not in said
    Client().post(link_of(owed), {"gateway": "vnpay"})
    assert not Payment.objects.exists()


def test_without_a_way_to_pay_online_it_says_so() -> None:
    for owed in (make_owed(make_desk()), make_waiting(make_online_desk(has_contract=False))):
        assert "chưa nộp trực tuyến được" in text(Client().get(link_of(owed)))


def test_a_guessed_or_foreign_token_is_nothing(owed: Owed) -> None:
    token = build_token(owed.fee.pk)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", str(owed.fee.pk)):
        assert Client().get(f"/payments/link/{wrong}/").status_code == 404


def test_one_link_begins_so_many_attempts_and_no_more(owed: Owed) -> None:
    answers = [
        Client().post(link_of(owed), {"gateway": "vnpay"}).status_code for _ in range(PER_LINK.hits + 1)
    ]
    assert set(answers[:-1]) == {302}
    assert answers[-1] == 429


def test_the_request_to_pay_carries_the_link(begun: Begun) -> None:
    message = Message.objects.get(event="dossier.payment_requested")

    assert message.context["payment_url"] == build_link(begun.payment.fee_id)
