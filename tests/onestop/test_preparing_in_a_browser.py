"""From a telephone to the desk: fill, download, type the code, receive."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from dossiers.models import Filing, PreparedForm
from tests.factories.dossiers import make_desk
from tests.factories.people import PASSWORD
from tests.looking import look
from tests.onestop.intake_forms import REBIRTH
from tests.onestop.preparing_steps import text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNATURE = "2.000884"
PHONE: ViewportSize = {"width": 360, "height": 780}
SCANNER_MS = 5


def test_a_form_filled_on_a_telephone_is_received_by_its_code(page: Page, live_server: LiveServer) -> None:
    desk = make_desk(SIGNATURE)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/procedures/{SIGNATURE}/")
    page.get_by_role("link", name="Điền trên máy rồi in mang đến quầy").click()
    fill_form(page)
    page.get_by_role("button", name="Kiểm tra và tạo tờ khai").click()
    page.wait_for_url("**/prepare/done/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tờ khai (PDF)").click()
    text = text_of(download.value.path().read_bytes())
    code = re.search(r"P-\w{5}-\w{5}", text)
    assert code is not None
    assert "Hờ A Páo" in text

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/accounts/login/?next=/onestop/")
    page.fill("[name=login]", desk.reception.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(code.group(), delay=SCANNER_MS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/onestop/intake/?prepared=*")
    expect(page.locator("#id_submitter_name")).to_have_value("Hờ A Páo")
    expect(page.locator("#id_requester_name")).to_have_value("Hờ A Páo")
    expect(page.locator("#id_papers-0-paper_name")).to_have_value("Giấy ủy quyền")
    page.get_by_role("button", name="Chỉ nhận, kiểm tra sau").click()
    page.wait_for_url("**/onestop/intake/*-*/")
    assert Filing.objects.get().answers["requester_name"] == "Hờ A Páo"
    assert PreparedForm.objects.get().answers is None


def test_every_page_of_it_is_accessible(page: Page, live_server: LiveServer) -> None:
    make_desk(SIGNATURE, REBIRTH)
    for address in (f"{REBIRTH}/prepare/", f"{REBIRTH}/prepare/?case=con_ban_sao", f"{SIGNATURE}/prepare/"):
        page.goto(f"{live_server.url}/procedures/{address}")
        look(page, "prepare-start")
    page.get_by_role("button", name="Kiểm tra và tạo tờ khai").click()
    look(page, "prepare-asked")
    fill_form(page)
    page.get_by_role("button", name="Kiểm tra và tạo tờ khai").click()
    page.wait_for_url("**/prepare/done/")
    look(page, "prepare-errors")


def fill_form(page: Page) -> None:
    page.fill("#id_requester_name", "Hờ A Páo")
    page.fill("#id_requester_birth_date", "15/8/1990")
    page.select_option("#id_requester_identity-type", "citizen_id")
    page.fill("#id_requester_identity-number", "037090001234")
    page.locator("[name=sign_how]").first.check()
    page.fill("#id_papers-0-paper_name", "Giấy ủy quyền")
    page.locator("[name=papers-0-language]").first.check()
    page.fill("#id_papers-0-copies", "2")


def test_the_pages_have_no_link_that_scripts_alone_open(live_server: LiveServer) -> None:
    make_desk(SIGNATURE)
    page = Client().get(f"/procedures/{SIGNATURE}/prepare/").content.decode()
    assert 'type="submit"' in page
    assert "onclick" not in page
