"""Refunds, differences, books and the public check in a browser: by keyboard, narrow and wide, without a fault."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.checking import code_of
from payments.choices import DifferenceKind
from payments.models import Refund
from payments.services.differing import open_difference
from portal.core import clock
from portal.core.locking import durable
from tests.looking import look, sign_in
from tests.payments.owed import make_desk
from tests.payments.refunds.moneyback import Counter, approve, make_counter, make_surplus, propose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "portal.urls"


def test_money_goes_back_by_two_people(page: Page, live_server: LiveServer) -> None:
    counter = make_counter()
    receipt, site = counter.take(), live_server.url

    sign_in(page, site, counter.officer.user, "/payments/refunds/")
    look(page, "refunds-empty")
    page.get_by_role("link", name="Đề xuất hoàn trả").click()
    page.get_by_label("Mã hồ sơ").fill(receipt.dossier.code or "")
    page.keyboard.press("Enter")
    page.get_by_label("Số tiền hoàn trả").fill("99.000")
    page.get_by_role("button", name="Đề xuất").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    look(page, "refund-begin-error")
    page.get_by_label("Số tiền hoàn trả").fill("15.000")
    page.get_by_label("Lý do").fill("Thu nhầm mức của tổ chức.")
    page.get_by_role("button", name="Đề xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trả lại 15.000 đ")
    look(page, "refund-proposed")

    refund = Refund.objects.get()
    sign_in(page, site, counter.head.user, f"/payments/refunds/{refund.pk}/")
    look(page, "refund-to-approve")
    page.get_by_role("button", name="Duyệt hoàn trả").click()
    expect(page.locator(".tag").first).to_have_text("Đã duyệt, đang chuyển")
    look(page, "refund-approved")
    page.goto(f"{site}/verify/?code={code_of(receipt)}")
    look(page, "verify-found")
    page.goto(f"{site}/verify/?code=B123")
    look(page, "verify-error")


def test_lists_of_money_are_readable(page: Page, live_server: LiveServer) -> None:
    place = make_surplus()
    _fill(make_counter(make_desk(agency=place.counter.desk.agency)))
    site = live_server.url
    sign_in(page, site, place.counter.head.user, "/payments/refunds/")
    look(page, "refunds")
    for name in ("differences", "differences/compare", "books"):
        page.goto(f"{site}/payments/{name}/")
        look(page, name.replace("/", "-"))
    page.goto(f"{site}/payments/books/?account=cash_drawer")
    look(page, "books-drawer")
    page.goto(f"{site}/payments/differences/")
    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bên kia có, ta không có")
    look(page, "difference")


def _fill(counter: Counter) -> None:
    approve(counter, propose(counter, counter.take(), way="transfer"))
    propose(counter, counter.take(), 4_000)
    with durable():
        open_difference(
            DifferenceKind.MISSING_HERE,
            agency_id=counter.desk.agency.pk,
            source="vnpay",
            reference="MC261123101900AB12",
            theirs=9_000,
            day=clock.today(),
        )
