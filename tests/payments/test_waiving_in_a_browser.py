"""Waiving in a browser, and where reliefs are told and typed: narrow and wide, without a fault."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from portal.accounts.choices import Role
from procedures import services
from tests.factories.catalogue import import_catalogue, make_catalogue_admin
from tests.factories.people import make_officer
from tests.looking import look, sign_in
from tests.payments.owed import make_desk, make_owed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SPLITTING = "1.010038"


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "portal.urls"


def test_two_people_waive_a_fee(page: Page, live_server: LiveServer) -> None:
    owed = make_owed(make_desk())
    site, path = live_server.url, f"/payments/{owed.fee.pk}/waive/"
    sign_in(page, site, owed.desk.cashier.user, path)
    page.get_by_role("button", name="Gửi đề xuất miễn").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    look(page, "waive-error")
    page.get_by_label("Vì sao người này được miễn?").fill("Gia đình thuộc hộ nghèo.")
    page.get_by_label("Căn cứ pháp lý").fill("Luật Hộ tịch 60/2014/QH13, Điều 11")
    page.get_by_role("button", name="Gửi đề xuất miễn").click()
    expect(page.get_by_text("Có đề xuất miễn chờ duyệt")).to_be_visible()
    head = make_officer(Role.DESK_HEAD, agency=owed.desk.agency)
    sign_in(page, site, head.user, path)
    look(page, "waive-decide")
    page.get_by_role("button", name="Đồng ý miễn").click()
    expect(page.get_by_text("Được miễn", exact=True)).to_be_visible()


def test_reliefs_are_told_and_typed(page: Page, live_server: LiveServer) -> None:
    import_catalogue(SPLITTING)
    site = live_server.url
    page.goto(f"{site}/procedures/{SPLITTING}/")
    for fold in page.locator("details").all():
        fold.evaluate("element => { element.open = true }")
    look(page, "relief-page")
    page.goto(f"{site}/procedures/{SPLITTING}/check/?case=cung_cho_o&dieu_kien=du")
    expect(page.get_by_role("radio", name="Người thuộc hộ nghèo")).to_be_visible()
    look(page, "relief-question")
    admin = make_catalogue_admin()
    services.start_draft(admin.actor, SPLITTING)
    sign_in(page, site, admin.user, f"/catalogue/{SPLITTING}/edit/fees/")
    page.locator("#reliefs-0").evaluate("element => { element.open = true }")
    look(page, "relief-editor")
