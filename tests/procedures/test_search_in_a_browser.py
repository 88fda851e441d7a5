"""The search box in a browser: suggestions by keyboard, for readers of screens, and without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import AXE_RULES
from tests.factories.catalogue import import_catalogue, make_document, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer) -> str:
    import_catalogue("1.001193", "1.000656", "1.000894")
    for place in ("", "Huế", "Cần Thơ"):
        publish(make_document(name={"vi": "Cấp lại giấy phép thả diều"}, province=place))
    return str(live_server.url)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    yield context.new_page()
    context.close()


def _check(page: Page, name: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"search-{name}-{width}.png")
    found = Axe().run(page, options=AXE_RULES)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_suggestions_by_keyboard_alone(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.goto(f"{site}/")
    box = page.get_by_role("combobox", name="Tìm thủ tục")
    box.focus()
    page.keyboard.type("k")
    page.wait_for_timeout(300)
    assert asked == []
    page.keyboard.type("hai", delay=20)
    options = page.get_by_role("option")
    expect(options.filter(has_text="Đăng ký khai sinh")).to_be_visible()
    assert len(asked) == 1
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    _check(page, "suggestions")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("khai")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-all][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/procedures/1.*/")
    page.go_back()
    page.get_by_role("combobox", name="Tìm thủ tục").fill("khai tử")
    page.keyboard.press("Enter")
    page.wait_for_url("**/procedures/?q=*")
    expect(page.get_by_role("main")).to_contain_text("cho “khai tử”")


def test_results_fold_out_provinces_and_nothing_leads_on(page: Page, site: str) -> None:
    page.goto(f"{site}/procedures/?q=tha+dieu")
    page.get_by_text("Áp dụng khác nhau ở 2 tỉnh, thành phố").click()
    expect(page.get_by_role("link", name="Cần Thơ", exact=True)).to_be_visible()
    _check(page, "results")
    page.goto(f"{site}/procedures/?q=qwrtz")
    expect(page.get_by_role("heading", name="Chưa tìm thấy thủ tục nào")).to_be_visible()
    _check(page, "nothing")


def test_without_scripts_the_form_searches(plain: Page, site: str) -> None:
    plain.goto(f"{site}/")
    plain.get_by_label("Tìm thủ tục").fill("lam khai sanh")
    plain.get_by_role("button", name="Tìm").click()
    expect(plain.get_by_role("link", name="Đăng ký khai sinh")).to_be_visible()
