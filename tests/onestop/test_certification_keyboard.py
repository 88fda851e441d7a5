"""The quick screen in a browser: both hands on the keyboard, readable, accessible."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from onestop.models import CertificationEntry
from payments.models import Receipt
from tests.factories.dossiers import Desk
from tests.factories.people import PASSWORD
from tests.looking import look
from tests.onestop.certifying import DIPLOMA, DIPLOMA_FEE, SCREEN, certify, make_small_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARD = "037190001234|123456789|Hờ A Páo|15081990|Nam|Xóm 4, xã An Bình|01012022"
MOST_KEYS = 25


@pytest.fixture
def counter(page: Page, live_server: LiveServer) -> Desk:
    """A reception officer signed in, at the quick screen."""
    desk = make_small_desk()
    page.goto(f"{live_server.url}/accounts/login/?next={SCREEN}")
    page.fill("[name=login]", desk.reception.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    return desk


def press(page: Page, *keys: str) -> int:
    """Press keys and type texts, one after another; returns how many keys it took."""
    for key in keys:
        if key in ("Enter", "Tab", "Control+Enter"):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
    return sum(1 if key in ("Enter", "Tab", "Control+Enter") else len(key) for key in keys)


def test_ten_copies_by_keyboard_alone_and_the_next_person_waits(counter: Desk, page: Page) -> None:
    expect(page.locator("#row-0-paper")).to_be_focused()
    keys = press(page, "tn", "Tab", "3", "Tab", "10")
    expect(page.locator("[data-total]")).to_have_text("50.000 đ")
    keys += press(page, "Enter", "Enter")
    expect(page.locator("[data-primary]")).to_be_focused()
    keys += press(page, "Enter")
    page.wait_for_url(f"**{SCREEN}*-*/")
    assert keys <= MOST_KEYS
    entry, receipt = CertificationEntry.objects.get(), Receipt.objects.get()
    assert (entry.number, entry.paper, entry.pages, entry.copies) == (
        1, "Bằng tốt nghiệp trung học phổ thông", 3, 10,
    )  # fmt: skip
    assert receipt.amount == DIPLOMA_FEE
    expect(page.locator(".stamps b")).to_have_text("1")
    next_person = page.get_by_role("link", name="Việc tiếp theo")
    expect(next_person).to_be_focused()
    press(page, "Enter")
    page.wait_for_url(f"**{SCREEN}?kind=copies**")
    expect(page.locator("#row-0-paper")).to_be_focused()
    expect(page.locator("#row-0-paper")).to_have_value("")
    expect(page.locator("tbody a[data-open]")).to_have_text("1")


def test_enter_goes_on_cell_by_cell_and_row_by_row(counter: Desk, page: Page) -> None:
    for number in range(4):
        press(page, "cc", "Enter")
        expect(page.locator(f"#row-{number}-pages")).to_be_focused()
        press(page, "2", "Enter")
        expect(page.locator(f"#row-{number + 1}-paper")).to_be_focused()
    expect(page.locator("[data-total]")).to_have_text("16.000 đ")
    expect(page.locator("#row-0-paper")).to_have_value("Thẻ căn cước")
    press(page, "Control+Enter")
    page.wait_for_url(f"**{SCREEN}*-*/")
    assert CertificationEntry.objects.count() == 4


def test_a_scanned_card_is_read_and_the_button_waits(counter: Desk, page: Page) -> None:
    page.locator("#identity").focus()
    press(page, CARD, "Enter")
    expect(page.locator("#name")).to_have_value("Hờ A Páo")
    expect(page.locator("#identity")).to_have_value("037190001234")
    expect(page.locator("[data-primary]")).to_be_focused()


def test_what_is_wrong_takes_the_focus_and_what_was_typed_stays(counter: Desk, page: Page) -> None:
    press(page, "hb", "Tab", "0", "Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#row-0-paper")).to_have_value("Học bạ")
    press(page, "Tab", "Enter")
    expect(page.locator("#row-0-pages")).to_be_focused()
    press(page, "4", "Control+Enter")
    page.wait_for_url(f"**{SCREEN}*-*/")


def test_two_clicks_and_the_way_back_make_one(counter: Desk, page: Page) -> None:
    press(page, "cc", "Tab", "2")
    page.locator("[data-primary]").dblclick()
    page.wait_for_url(f"**{SCREEN}*-*/")
    page.go_back()
    expect(page.locator("#row-0-paper")).to_have_value("")
    page.locator("[data-primary]").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert CertificationEntry.objects.count() == Receipt.objects.count() == 1


def test_every_page_is_accessible_and_fits(counter: Desk, page: Page, live_server: LiveServer) -> None:
    dossier_id = certify(counter, DIPLOMA, ("Học bạ", 12, 2), agreed=DIPLOMA_FEE + 28_000)
    for name, path in (("screen", ""), ("certified", f"{dossier_id}/"), ("book", "book/")):
        page.goto(f"{live_server.url}{SCREEN}{path}")
        look(page, name)
    page.goto(f"{live_server.url}{SCREEN}")
    page.fill("#row-0-paper", "Thẻ căn cước")
    page.fill("#row-0-pages", "0")
    page.fill("#phone", "113")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    look(page, "errors")
