"""A draft tried out in a browser: over the dossiers of the past, and filed by an invented person to the end."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dossiers.models import Dossier
from procedures import services
from tests.factories.catalogue import make_catalogue_admin, read_catalogue
from tests.factories.dossiers import MARITAL, file_dossier, make_desk
from tests.looking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW_QUESTION = "Bạn đang ở nước nào?"


def test_a_draft_is_tried_on_the_past_and_filed_to_the_end(page: Page, live_server: LiveServer) -> None:
    desk, admin = make_desk(), make_catalogue_admin()
    refused = file_dossier(desk)
    document = read_catalogue(MARITAL)
    question = {"key": "nuoc", "type": "text", "label": {"vi": NEW_QUESTION}, "required": True}
    document["form"]["pages"][0]["fields"].append(question)
    services.save_draft(admin.actor, MARITAL, content=document)
    sign_in(page, live_server.url, admin.user, f"/catalogue/{MARITAL}/check/")

    page.get_by_role("link", name="thử trên hồ sơ cũ").click()
    expect(page.get_by_role("row", name=str(refused.code))).to_contain_text("Không nộp được nữa")
    expect(page.get_by_role("listitem").filter(has_text=f"Câu “{NEW_QUESTION}”: 1 hồ sơ")).to_be_visible()
    look(page, "replay-past")

    page.get_by_role("link", name="Nộp thử một hồ sơ").click()
    page.get_by_role("button", name="Bắt đầu điền").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    look(page, "replay-trial-nothing-chosen")
    page.get_by_role("group", name="Trường hợp").get_by_role("radio").first.check()
    page.get_by_role("radio", name="Nộp qua mạng").check()
    page.locator("#agency").select_option(desk.agency.code)
    page.get_by_role("button", name="Điền sẵn bằng người ví dụ").click()
    expect(page.get_by_label(NEW_QUESTION)).not_to_have_value("")
    look(page, "replay-trial-page")
    while page.get_by_role("button", name="Tiếp tục").count():
        with page.expect_navigation():
            page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Hồ sơ nộp được")).to_be_visible()
    expect(page.get_by_text("Thông báo người dân sẽ nhận")).to_be_visible()
    look(page, "replay-trial-end")
    assert list(Dossier.objects.values_list("code", flat=True)) == [refused.code]
