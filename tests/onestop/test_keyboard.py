"""The counter by keyboard and scanner alone, in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dossiers.models import Dossier
from tests.factories.dossiers import MARITAL, Desk, file_birth, make_desk
from tests.factories.people import PASSWORD
from tests.onestop.intake_forms import typed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCANNER_MS = 5
CARD = "037190001234|123456789|Hờ A Páo|15081990|Nam|Xóm 4, xã An Bình|01012022"


@pytest.fixture
def counter(page: Page, live_server: LiveServer) -> Desk:
    """An officer signed in, at the work list."""
    desk = make_desk()
    page.goto(f"{live_server.url}/accounts/login/?next=/onestop/")
    page.fill("[name=login]", desk.reception.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    return desk


def test_rows_are_reached_and_opened_by_keys(counter: Desk, page: Page) -> None:
    for _ in range(2):
        file_birth(counter)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_have_count(1)
    page.wait_for_timeout(120)
    page.keyboard.press("j")
    second = page.locator("tbody tr").nth(1)
    expect(second).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/onestop/dossiers/**")


def test_a_scanner_opens_the_dossier_from_any_page(counter: Desk, page: Page) -> None:
    dossier = file_birth(counter)
    page.keyboard.press("n")
    page.wait_for_url("**/onestop/intake/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(str(dossier.code), delay=SCANNER_MS)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/onestop/dossiers/{dossier.pk}/")


def test_one_key_accepts(counter: Desk, page: Page, live_server: LiveServer) -> None:
    dossier = file_birth(counter)
    page.goto(f"{live_server.url}/onestop/dossiers/{dossier.pk}/")
    page.keyboard.press("t")
    expect(
        page.locator(".tag", has_text="Đã tiếp nhận").or_(page.get_by_text("Đã tiếp nhận hồ sơ."))
    ).not_to_have_count(0)
    dossier.refresh_from_db()
    assert dossier.status == "accepted"


def test_a_card_and_a_few_keys_take_a_dossier_in(counter: Desk, page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/onestop/intake/?procedure={MARITAL}&case=muc_dich_khac")
    page.fill("#id_submitter_identity", CARD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#id_requester_name")).to_have_value("Hờ A Páo")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert not Dossier.objects.exists()
    fill_declaration(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("d")
    expect(page.locator("[data-required]").first).to_be_checked()
    page.wait_for_timeout(600)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/onestop/intake/*-*/")
    dossier = Dossier.objects.get()
    assert dossier.status == "accepted"
    expect(page.locator(".panel .code")).to_have_text(str(dossier.code))


def fill_declaration(page: Page) -> None:
    """What is still missing after the card, in the order of the page."""
    page.check("[name=relation][value=chinh_toi]")
    page.check("[name=requester_gender][value=nam]")
    page.select_option("#id_requester_ethnicity", label="Kinh")
    page.select_option("#id_requester_nationality", "VN")
    page.select_option("#id_requester_address-province", "92")
    page.locator('#id_requester_address-commune option[value="31120"]').wait_for(state="attached")
    page.select_option("#id_requester_address-commune", "31120")
    values = typed(MARITAL)
    for name in ("requester_address-line", "birth_place", "purpose_detail", "copies"):
        page.fill(f"#id_{name}", str(values[name]))
    page.check("[name=marital_status][value=chua_ket_hon]")
    page.check("#id_oath")


def test_it_fits_a_narrow_screen(counter: Desk, page: Page, live_server: LiveServer) -> None:
    dossier = file_birth(counter)
    page.set_viewport_size({"width": 320, "height": 700})
    for path in (
        "",
        f"intake/?procedure={MARITAL}",
        f"dossiers/{dossier.pk}/",
        f"dossiers/{dossier.pk}/do/request_supplement/",
    ):
        page.goto(f"{live_server.url}/onestop/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
