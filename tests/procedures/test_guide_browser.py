"""The guided check in a browser: narrow and wide, without scripts, accessible, printed on one page."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import AXE_RULES
from tests.factories.catalogue import import_catalogue
from tests.factories.people import make_places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/procedures/1.001193/check/"
LAST = "case=co_giay_chung_sinh&da_khai_sinh=false&noi_sinh=vn&hon_nhan=da&lam_gop=false&copies=2"
DONE = f"{LAST}&nguoi_di=duoc_uy_quyen&channel=desk&agency="
STOPPED = "case=co_giay_chung_sinh&da_khai_sinh=true"
IN_DOUBT = DONE.replace("da_khai_sinh=false", "da_khai_sinh=unsure")
ONE_A4 = 1
WIDTHS = (320, 360, 1280)


def judge(page: Page, name: str, *wanted: int) -> None:
    """axe finds nothing at these widths; nothing scrolls sideways. Keeps pictures where SCREENS says so."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(fits), f"{name} at {width}"
        if width in wanted:
            found = Axe().run(page, options=AXE_RULES)
            assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_every_state_is_readable_and_accessible(page: Page, live_server: LiveServer) -> None:
    import_catalogue("1.001193", "2.000635")
    code = make_places().commune.code
    for name, query, *wanted in (
        ("first", "", 1280),
        ("error", "asked=case", 320),
        ("place", f"{LAST}&nguoi_di=me&channel=desk", 320),
        ("stopped", STOPPED, 320),
        ("result", f"{DONE}{code}", 320, 1280),
        ("ask", f"{IN_DOUBT}{code}", 1280),
    ):
        page.goto(f"{live_server.url}{PATH}?{query}")
        judge(page, f"guide-{name}", *wanted)


def test_without_scripts_and_back_and_on_paper(browser: Browser, live_server: LiveServer) -> None:
    import_catalogue("1.001193")
    make_places()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}{PATH}")

    def go_on() -> None:
        with page.expect_navigation():
            page.get_by_role("button", name="Tiếp tục").click()

    for answer in ("Có giấy chứng sinh", "Không", "Ở Việt Nam", "Đã đăng ký kết hôn", "Không", "Mẹ"):
        page.locator("main").get_by_label(answer, exact=True).or_(
            page.locator("main label").filter(has_text=answer)
        ).first.check()
        go_on()
    page.fill("main [name=copies]", "2")
    go_on()
    page.go_back()
    expect(page.locator("main [name=copies]")).to_be_visible()
    page.go_forward()
    page.get_by_label("Qua mạng").check()
    go_on()
    page.get_by_label("Bến Mây").check()
    go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Làm giấy khai sinh cho con")
    expect(page.locator("main")).to_contain_text("16.000 đ")
    assert page.context.cookies() == []
    paper = page.pdf(format="A4", print_background=False)
    if folder := os.environ.get("SCREENS"):
        (Path(folder) / "guide.pdf").write_bytes(paper)
    assert paper.count(b"/Type /Page\n") == ONE_A4
    with page.expect_navigation():
        page.get_by_role("link", name="Đổi").nth(3).click()
    page.get_by_text("Chưa, chỉ ghi tên mẹ").click()
    go_on()
    expect(page.locator("main")).not_to_contain_text("Giấy chứng nhận kết hôn của cha, mẹ")
    context.close()
