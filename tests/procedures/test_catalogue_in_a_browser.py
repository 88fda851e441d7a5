"""The public catalogue in a browser: accessible, no sideways scroll, first screen, paper, no scripts."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from procedures import services
from tests.browser import AXE_RULES
from tests.factories.catalogue import import_catalogue, make_catalogue_admin, make_document, publish
from tests.factories.life import make_event
from tests.factories.people import make_places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LITTLE_KNOWN, CLOSED, MANY = "1.900001", "1.900002", "1.900003"
_UNKNOWN: dict[str, list[str]] = {
    name: []
    for name in ("requirements", "limits", "results", "legal_basis", "how_steps", "steps", "submit_ways")
}


def _fill() -> None:
    import_catalogue("1.001193", "1.013225", "2.000815")
    make_places()
    publish(
        make_document(code=LITTLE_KNOWN, partial=True, province="Lào Cai", level=1, form=None, **_UNKNOWN)
    )
    publish(make_document(code=CLOSED))
    services.close_procedure(make_catalogue_admin().actor, CLOSED, successor="1.001193")
    cases = [{"key": f"c{n}", "label": {"vi": f"Trường hợp số {n}"}} for n in range(12)]
    papers = [
        {"key": f"r{n}", "name": {"vi": f"Giấy {n}"}, "mode": "submit", "cases": [f"c{n % 12}"]}
        for n in range(60)
    ]
    document = make_document(
        code=MANY, cases=cases, case_question={"vi": "Bạn cần gì?"}, requirements=papers, level=2, form=None
    )
    publish(document)
    publish({**document, "limits": [{"value": 9, "unit": "working_day"}]})
    make_event("sinh-con", "Sinh con", codes=("1.001193", "2.000815"), phrases=("giấy phép xây dựng",))


@pytest.fixture
def site(live_server: LiveServer) -> str:
    _fill()
    return str(live_server.url)


PAGES = {
    "home": "/",
    "browse": "/procedures/browse/",
    "field": "/procedures/browse/fields/thu-nghiem/",
    "agencies": "/procedures/browse/agencies/",
    "life": "/procedures/life/sinh-con/",
    "procedure": "/procedures/1.001193/",
    "little-known": f"/procedures/{LITTLE_KNOWN}/",
    "closed": f"/procedures/{CLOSED}/",
    "many-cases": f"/procedures/{MANY}/",
    "changes": f"/procedures/{MANY}/changes/",
}


def test_every_kind_of_page_is_accessible_narrow_and_wide(page: Page, site: str) -> None:
    for name, path in PAGES.items():
        page.goto(site + path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            assert wide is False, f"{name} at {width}"
            if folder := os.environ.get("SCREENS"):
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = Axe().run(page, options=AXE_RULES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_the_first_screen_answers_and_offers_the_next_step(page: Page, site: str) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{site}/procedures/1.001193/")
        seen = [*page.locator(".facts > div").all(), *page.locator(".buttons--pair .button").all()]
        assert len(seen) == 8
        for each in seen:
            box = each.bounding_box()
            assert box, each
            assert box["y"] + box["height"] <= size["height"], f"{each.inner_text()} at {size}"


def test_data_for_search_engines_does_not_offend_the_script_policy(page: Page, site: str) -> None:
    """The `page` fixture fails on any line about the policy."""
    page.goto(f"{site}/procedures/1.001193/")
    name = page.evaluate(
        "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent).name"
    )
    assert name == "Đăng ký khai sinh"


def test_a_procedure_prints_on_two_sheets_without_the_furniture(page: Page, site: str) -> None:
    page.goto(f"{site}/procedures/1.001193/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) <= 2
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert "Giấy tờ tùy thân" in text
    assert "/procedures/1.001193/" in text
    assert "Đăng nhập" not in text


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_without_scripts_three_clicks_lead_to_a_procedure(plain: Page, site: str) -> None:
    plain.goto(f"{site}/")
    plain.get_by_role("link", name="lĩnh vực").click()
    plain.get_by_role("link", name="Hoạt động xây dựng").first.click()
    plain.get_by_role("link", name="Xin phép xây nhà", exact=True).click()
    plain.wait_for_url("**/procedures/1.013225/")
    plain.goto(f"{site}/procedures/{MANY}/")
    plain.get_by_text("Trường hợp số 7", exact=True).click()
    plain.get_by_role("link", name="Xem đủ giấy tờ").click()
    assert plain.get_by_role("heading", name="Trường hợp “Trường hợp số 7” cần").is_visible()
