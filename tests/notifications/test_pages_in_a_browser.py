"""The outbox's pages in a browser: accessible on a phone, with JavaScript and without a mouse."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dossiers.models import Dossier
from portal.accounts.choices import Role
from portal.notifications import overrides
from portal.notifications.models import Delivery
from portal.notifications.services import record_notices
from tests.factories.people import make_officer, make_user
from tests.looking import look, sign_in
from tests.notifications.samples import build_notice
from tests.payments.owed import Desk, accept, make_desk, make_owed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _fresh_texts() -> Iterator[None]:
    overrides.forget()
    yield
    overrides.forget()


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """A dossier of an account whose e-mail address does not work."""
    owed = make_owed(desk)
    accept(owed)
    citizen = make_user(full_name="Hờ A Páo", email="pao@example.vn")
    Dossier.objects.filter(pk=owed.dossier.pk).update(filed_by=citizen)
    notice = build_notice(
        email="pao@example.vn",
        user_id=citizen.pk,
        recipient_key="user:1",
        subject_key=f"dossier:{owed.dossier.pk}",
    )
    with transaction.atomic():
        record_notices([notice])
    Delivery.objects.filter(channel="email").update(status="failed", last_error="smtp_550", attempts=1)
    return Dossier.objects.select_related("filed_by").get(pk=owed.dossier.pk)


def test_the_administration_of_the_outbox(page: Page, live_server: LiveServer, dossier: Dossier) -> None:
    site = live_server.url
    sign_in(page, site, make_officer(Role.SITE_ADMIN).user, "/notices/")
    look(page, "notices-overview")
    page.goto(f"{site}/notices/troubles/")
    look(page, "notices-troubles")
    page.goto(f"{site}/notices/text/?event=dossier.accepted&channel=sms")
    page.get_by_label("Nội dung").fill("Hồ sơ {ma} đã được tiếp nhận.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("{code}")
    expect(page.get_by_label("Nội dung")).to_have_value("Hồ sơ {ma} đã được tiếp nhận.")
    page.get_by_label("Nội dung").fill("Hồ sơ {code} đã được tiếp nhận.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".phone")).to_contain_text("Ho so H13.36.01-261123-0014 da duoc tiep nhan.")
    look(page, "notices-text")
    page.goto(f"{site}/notices/texts/")
    look(page, "notices-texts")


def test_the_fate_of_notices_on_both_sides_of_the_counter(
    page: Page, live_server: LiveServer, desk: Desk, dossier: Dossier
) -> None:
    assert dossier.filed_by is not None
    sign_in(page, live_server.url, dossier.filed_by, f"/dossiers/{dossier.pk}/")
    page.get_by_text("Thông báo đã gửi").click()
    expect(page.get_by_text("Không gửi được: không có hộp thư này")).to_be_visible()
    look(page, "sent-citizen")
    page.goto(f"{live_server.url}/accounts/notices/settings/")
    page.get_by_label("Gộp thành một thư mỗi ngày").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_label("Gộp thành một thư mỗi ngày")).to_be_checked()
    look(page, "notice-settings")
    sign_in(page, live_server.url, desk.cashier.user, f"/onestop/dossiers/{dossier.pk}/")
    expect(page.get_by_text("Hãy hỏi lại địa chỉ của người dân")).to_be_visible()
    expect(page.get_by_text("pao@example.vn")).to_be_visible()
    look(page, "sent-desk")
