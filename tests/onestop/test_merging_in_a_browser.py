"""Merging agencies in a browser: from the list of agencies to the result, readable and accessible."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portal.accounts.choices import AgencyKind, Role
from tests.browser import AXE_RULES
from tests.factories import states
from tests.factories.dossiers import make_desk
from tests.factories.people import PASSWORD, make_agency, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1280)


def look(page: Page, name: str) -> None:
    """No violation and no sideways scroll at any width; kept as pictures where SCREENS names a folder."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=AXE_RULES)
        assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"merge-{name}-{width}.png", full_page=True)


def test_a_site_admin_merges_two_communes(page: Page, live_server: LiveServer) -> None:
    desk, other = make_desk(), make_agency(name="Ủy ban nhân dân xã Sông Mới")
    make_agency(name="Công an xã Sông Mây", kind=AgencyKind.POLICE, parent=desk.agency)
    states.processing(desk)
    admin = make_officer(Role.SITE_ADMIN)
    page.goto(f"{live_server.url}/accounts/login/?next=/admin/accounts/agency/")
    page.fill("[name=login]", admin.user.username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/accounts/agency/")

    page.locator(f"tr:has-text('{desk.agency.code}') input[type=checkbox]").first.check()
    page.select_option("[name=action]", "merge")
    page.locator("button[name=index]").click()
    page.wait_for_url("**/onestop/agencies/merge/**")
    expect(page.locator("#sources")).to_have_value(desk.agency.code)
    look(page, "form")

    page.get_by_role("button", name="Xem điều sẽ xảy ra").click()
    expect(page.locator("#into-error")).to_contain_text("Hãy chọn cơ quan nhận.")
    look(page, "error")

    page.select_option("#into", other.code)
    page.get_by_role("button", name="Xem điều sẽ xảy ra").click()
    expect(page.get_by_text("1 hồ sơ đang giải quyết")).to_be_visible()
    look(page, "confirm")

    page.get_by_role("button", name="Sáp nhập", exact=True).click()
    expect(page.get_by_text("Mọi hồ sơ đã sang cơ quan nhận.")).to_be_visible()
    look(page, "done")
