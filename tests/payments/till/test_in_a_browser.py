"""The cashier's day by keyboard: money with change, a count that is short, what is handed in; readable and clean."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.models import CashSession, Receipt
from payments.services import post
from portal.accounts.choices import Role
from portal.accounts.models import User
from tests.factories.people import make_officer
from tests.looking import look, sign_in
from tests.payments.owed import make_desk, make_owed
from tests.payments.till.drawers import count, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE_KEY = 1


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "portal.urls"


def open_as(page: Page, site: str, user: User, path: str) -> None:
    sign_in(page, site, user, path)
    page.wait_for_url(f"**{path}")


def test_a_cashier_takes_counts_and_hands_in(page: Page, live_server: LiveServer) -> None:
    desk = make_desk()
    owed = make_owed(desk)
    collect = f"/payments/{owed.fee.pk}/"

    open_as(page, live_server.url, desk.cashier.user, collect)
    expect(page.locator("#id_tendered")).to_be_focused()
    page.keyboard.type("20.000")
    expect(page.locator("[data-change]")).to_have_text("Trả lại 5.000 đ")
    look(page, "till-collect")
    page.get_by_text("Thẻ tại quầy").click()
    expect(page.locator("#id_tendered")).to_be_hidden()
    page.get_by_text("Tiền mặt", exact=True).click()
    page.locator("#id_tendered").press("Enter")
    expect(page.get_by_text("Khách đưa 20.000 đ, trả lại 5.000 đ.")).to_be_visible()
    take(desk, method="card", slip="TID 0012")

    page.goto(f"{live_server.url}/payments/till/")
    look(page, "till-home")
    page.keyboard.press("c")
    page.wait_for_url("**/close/")
    expect(page.locator("[data-note]").first).to_be_focused()
    for key in ("", "", "", "", "", "1", "", "2"):
        page.keyboard.type(key)
        page.keyboard.press("Enter")
    expect(page.locator("[data-difference]")).to_have_text("Thiếu 1.000 đ")
    look(page, "till-close")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "till-close-error")
    page.fill("#id_card", "15.000")
    page.fill("#id_remark", "Trả nhầm tiền lẻ")
    page.locator("#id_remark").press("Control+Enter")
    expect(page.get_by_text("Đã chốt phiên.")).to_be_visible()
    look(page, "till-session")
    page.fill("#id_handed_in", "10.000")
    page.fill("#id_handed_in_number", "NT-07")
    page.locator("#id_handed_in_number").press("Enter")
    expect(page.get_by_text("Đã ghi nộp 10.000 đ.")).to_be_visible()
    assert CashSession.objects.get().handed_in == 10_000


def test_the_post_and_the_head_of_the_desk(page: Page, live_server: LiveServer) -> None:
    desk = make_desk()
    posted, waits = make_owed(desk), make_owed(desk)
    noted = post.note_post(
        posted.dossier.pk, posted.fee.pk, "EB 123 456 VN", actor=desk.cashier.actor, version=posted.version
    )
    post.take_list([noted.pk], actor=desk.cashier.actor)
    post.note_post(waits.dossier.pk, waits.fee.pk, "EB 7", actor=desk.cashier.actor, version=waits.version)
    count(take(desk), 20_000, actor=desk.cashier.actor, remark="Khách không lấy tiền thừa")
    take(desk)
    head = make_officer(Role.RECEPTION, Role.DESK_HEAD, agency=desk.agency)

    open_as(page, live_server.url, head.user, "/payments/till/all/")
    look(page, "till-all")
    page.get_by_role("link", name="Bưu điện thu hộ").click()
    look(page, "till-post")
    page.get_by_label("Chọn bưu gửi EB 123 456 VN").check()
    page.fill("#id_number", "VN-11")
    page.fill("#id_amount", "15.000")
    page.locator("#id_amount").press("Enter")
    expect(page.get_by_text("Bưu điện không còn giữ khoản nào.")).to_be_visible()


def test_the_plain_case_is_one_key_on_the_page(page: Page, live_server: LiveServer) -> None:
    owed = make_owed()
    open_as(page, live_server.url, owed.desk.cashier.user, f"/payments/{owed.fee.pk}/")
    expect(page.locator("#id_tendered")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_text("Đã thu 15.000 đ.")).to_be_visible()
    assert Receipt.objects.count() == ONE_KEY
