"""Refunds and differences on the screen: what each person sees and does, and what comes back with a mistake."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from payments.gateways.base import RefundState
from payments.models import Difference, Refund, SettlementFile
from payments.services.refund_sending import send_due
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories.people import make_officer
from tests.payments.owed import browser_of
from tests.payments.refunds.moneyback import (
    Counter,
    Moneyback,
    again,
    answer_refunds,
    approve,
    make_approved,
    make_surplus,
    propose,
    seen,
)

pytestmark = pytest.mark.django_db
LIST = "/payments/refunds/"


def page_of(refund: Refund) -> str:
    return f"{LIST}{refund.pk}/"


def test_an_officer_begins_the_head_approves_the_cashier_pays(counter: Counter) -> None:
    receipt = counter.take()
    officer, head, cashier = (
        browser_of(who) for who in (counter.officer, counter.head, counter.desk.cashier)
    )
    code = str(receipt.dossier.code)
    asked = officer.get(f"{LIST}new/", {"code": f" {code.lower()} "}).content.decode()
    assert "Nhiều nhất 15.000 đ" in asked

    sent = officer.post(
        f"{LIST}new/?code={code}", {"amount": "5.000 đ", "reason": "Thu nhầm", "way": "cash", "seen": "0"}
    )
    refund = Refund.objects.get()
    assert (sent["Location"], refund.amount, refund.status) == (page_of(refund), 5_000, "proposed")
    assert "Duyệt hoàn trả" not in officer.get(page_of(refund)).content.decode()
    assert "Duyệt hoàn trả" in head.get(page_of(refund)).content.decode()

    assert head.post(f"{page_of(refund)}approve/", {"seen": seen(refund)}).status_code == 302
    assert cashier.post(f"{page_of(refund)}pay-out/", {"seen": seen(refund)}).status_code == 302

    assert again(refund).status == "done"
    assert code in head.get(f"{LIST}?view=done").content.decode()


def test_a_mistake_comes_back_with_what_was_typed(counter: Counter) -> None:
    code, officer = counter.take().dossier.code, browser_of(counter.officer)
    for amount in ("99.999", "x", "", "-1", "1,5e3"):
        said = {"amount": amount, "reason": "Lý do dài", "way": "cash", "seen": "0"}
        answer = officer.post(f"{LIST}new/?code={code}", said)
        assert answer.status_code == 422
        assert "Lý do dài" in answer.content.decode()
        assert re.search(r'<a href="#amount"', answer.content.decode())
    assert officer.post(f"{LIST}new/?code=NO", {"amount": "1"}).status_code == 422
    assert not Refund.objects.exists()


def test_a_no_needs_a_reason_and_keeps_it_for_the_history(counter: Counter) -> None:
    refund = propose(counter, counter.take())
    head = browser_of(counter.head)
    assert head.post(f"{page_of(refund)}reject/", {"seen": seen(refund), "reason": ""}).status_code == 422

    head.post(f"{page_of(refund)}reject/", {"seen": seen(refund), "reason": "Thu đúng mức"})

    assert again(refund).status == "rejected"
    assert dict(refund.dossier.events.get(kind="reject_refund").payload or {})["reason"] == "Thu đúng mức"


def test_an_old_page_is_a_conflict_that_keeps_what_was_typed(counter: Counter) -> None:
    refund = approve(counter, propose(counter, counter.take(), way="transfer"))
    cashier = browser_of(counter.desk.cashier)

    answer = cashier.post(f"{page_of(refund)}pay-out/", {"seen": "old", "number": "FT99887"})

    assert (answer.status_code, "FT99887" in answer.content.decode()) == (409, True)
    assert again(refund).status == "approved"


def test_a_suggestion_is_proposed_from_its_page() -> None:
    place = make_surplus()
    refund, officer = Refund.objects.get(), browser_of(place.counter.officer)
    page = officer.get(LIST).content.decode()
    assert "Hệ thống đề nghị" in page
    assert "hôm nay" in page

    said = {"seen": seen(refund), "amount": "15.000", "reason": "Nộp hai lần", "way": "gateway"}
    assert officer.post(f"{page_of(refund)}propose/", said).status_code == 302

    assert again(refund).status == "proposed"


def test_what_failed_is_sent_again_or_turned(online: Moneyback, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = make_approved(online)
    answer_refunds(monkeypatch, RefundState.REFUSED)
    send_due()
    head = browser_of(online.counter.head)
    page = head.get(page_of(refund)).content.decode()
    assert "Gửi lại qua cổng" in page

    assert head.post(f"{page_of(refund)}retry/", {"seen": seen(refund)}).status_code == 302
    send_due()
    answer_refunds(monkeypatch, RefundState.REFUSED, asked=(RefundState.REFUSED,))
    refund.refresh_from_db()
    Refund.objects.filter(pk=refund.pk).update(next_try_at=clock.now())
    send_due()
    assert head.post(f"{page_of(refund)}turn/", {"seen": seen(refund), "way": "gold"}).status_code == 422
    assert head.post(f"{page_of(refund)}turn/", {"seen": seen(refund), "way": "transfer"}).status_code == 302

    assert (again(refund).status, again(refund).way) == ("approved", "transfer")


def test_lists_take_whatever_stands_in_the_address(counter: Counter) -> None:
    propose(counter, counter.take())
    browser = browser_of(counter.head)
    for query in ("", "?view=all", "?view=x&before=y", "?view=done&before=" + "0" * 36):
        assert browser.get(f"{LIST}{query}").status_code == 200
        assert browser.get(f"/payments/differences/{query}").status_code == 200


def test_other_agencies_find_nothing(counter: Counter) -> None:
    refund = propose(counter, counter.take())
    stranger = browser_of(make_officer(Role.CASE_OFFICER, Role.DESK_HEAD))
    assert "Không có khoản nào" in stranger.get(LIST).content.decode()
    assert stranger.get(page_of(refund)).status_code == 404
    assert stranger.post(f"{page_of(refund)}approve/", {"seen": seen(refund)}).status_code == 404
    assert browser_of(counter.desk.owner).get(LIST).status_code == 403


def test_a_file_is_compared_and_a_difference_ended(online: Moneyback) -> None:
    head = browser_of(online.counter.head)
    account = str(online.payment.account_id)

    def send(content: bytes, **changes: str) -> int:
        said = {"account": account, "day": f"{clock.today():%d/%m/%Y}", **changes}
        file = SimpleUploadedFile("vnpay.csv", content, content_type="text/csv")
        return head.post("/payments/differences/compare/", {**said, "file": file}).status_code

    good = f"reference,amount\n{online.payment.reference},15000\nLA,9000\nB,x\n".encode()
    for content, changes in (
        (b"%PDF", {}), (good, {"day": "x"}), (good, {"account": "x"}), (good, {"account": "0" * 32}),
    ):  # fmt: skip
        assert send(content, **changes) in (404, 422)
    assert not SettlementFile.objects.exists()
    assert (send(good), send(good)) == (200, 422)
    row = Difference.objects.get()
    page = head.get("/payments/differences/").content.decode()
    assert "LA" in page
    address = f"/payments/differences/{row.pk}/"
    assert head.post(address, {"remark": ""}).status_code == 422
    assert head.post(address, {"remark": "Cổng ghi nhầm"}).status_code == 302
    assert head.post(address, {"remark": "Lần nữa"}).status_code == 409
    assert "Cổng ghi nhầm" in head.get("/payments/differences/?view=ended").content.decode()


def test_lists_take_few_queries(counter: Counter, django_assert_max_num_queries: Any) -> None:
    for _time in range(3):
        propose(counter, counter.take())
    browser = browser_of(counter.head)
    browser.get(LIST)
    for address in (LIST, "/payments/differences/", "/payments/books/", page_of(Refund.objects.all()[0])):
        with django_assert_max_num_queries(6):
            assert browser.get(address).status_code == 200
