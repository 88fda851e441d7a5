"""The components in a real browser: accessible, within the page, silent under the security policy."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, FilePayload, Page

from tests.core.gallery import samples

pytestmark = pytest.mark.browser

GALLERY = Path(__file__).parent / "gallery"
PAGES = (
    "gallery/",
    "gallery/desk/",
    "gallery/done/",
    "gallery/confirm/",
    "gallery/errors/404/",
    "gallery/errors/422/",
    "gallery/errors/500/",
    "gallery/errors/503/",
    "gallery/errors/conflict/",
)
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (320, "light"),
    (360, "dark"),
    (1280, "light"),
)  # width in pixels, colour scheme
KEY_PAUSE_MS = 150  # between two keys of a person
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TARGETS = (
    "button, input:not([type=hidden]), select, textarea, summary, .button, .back, .nav a, .pager a, .chips a,"
    " .tabs a, .crumbs a, .summary .act a, .acting a"
)
SMALL_TARGETS = """targets => [...document.querySelectorAll(targets)]
  .filter(target => target.checkVisibility())
  .map(target => [target, (target.closest("label") ?? target).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([target, box]) => `${target.outerHTML} ${box.width}x${box.height}`)"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The test's own output is enough."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The gallery under the real settings. Without a database: a query fails the test."""
    engine = {**settings.TEMPLATES[0], "DIRS": [settings.BASE_DIR / "templates", GALLERY / "templates"]}
    urls = "tests.core.gallery.urls"
    with override_settings(ROOT_URLCONF=urls, TEMPLATES=[engine], ALLOWED_HOSTS=["*"], DEMO=True):
        server = make_server(
            "127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Silent
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN")
    opened = context.new_page()
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()


def _file(name: str, *, size: int) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"x" * size}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['html']} {node.get('failureSummary')}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_stays_within_its_width(
    site: str, page: Page, complaints: list[str], address: str
) -> None:
    answer = page.goto(site + address)
    assert answer is not None
    assert answer.ok
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.reload()  # colours of a change on the way are nobody's choice
        assert _violations(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, scheme)
    assert page.locator("h1").count() == 1
    assert complaints == []


def test_nothing_is_smaller_than_24_pixels_to_hit(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for address in PAGES:
        page.goto(site + address)
        small = page.evaluate(SMALL_TARGETS, TARGETS)
        assert small == []


def test_the_error_summary_has_the_focus_and_leads_to_the_field(site: str, page: Page) -> None:
    page.goto(site + "gallery/")
    assert page.title().startswith("Lỗi: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name=samples.ERRORS_IN_FORM[1]["text"]).click()
    assert page.evaluate("document.activeElement.id") == "delivery-1"


def test_a_form_is_sent_once_with_the_value_of_its_button(site: str, page: Page) -> None:
    page.goto(site + "gallery/confirm/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.evaluate("document.addEventListener('submit', (event) => { window.sent = (window.sent ?? 0) + 1; })")
    page.route("**/gallery/confirm/", lambda route: None)
    page.fill("#reason", "Tôi nộp lại sau.")
    page.get_by_role("button", name="Rút hồ sơ").dblclick(no_wait_after=True)
    page.wait_for_timeout(200)
    assert sent == ["POST"]


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(site: str, page: Page) -> None:
    page.goto(site + "gallery/")
    page.set_input_files("#paper", [_file("nho.pdf", size=1000), _file("to.pdf", size=2000)])
    assert page.evaluate("[...document.querySelector('#paper').files].map(file => file.name)") == ["nho.pdf"]
    assert "chưa được nhận" in page.locator("[data-chosen] .bad").inner_text()


def test_without_a_line_the_form_stays_and_says_so(site: str, page: Page) -> None:
    page.goto(site + "gallery/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert page.get_by_text("Tệp chưa được gửi").is_visible()
    assert page.url.endswith("/gallery/")


def test_the_desk_is_worked_by_keys_alone(site: str, page: Page) -> None:
    page.goto(site + "gallery/desk/")
    assert not page.locator("[data-bulk]").is_visible()
    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
        page.wait_for_timeout(KEY_PAUSE_MS)
    assert page.evaluate("document.activeElement.hash") == "#d1"
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("?")
    page.wait_for_timeout(KEY_PAUSE_MS)
    assert page.evaluate("document.activeElement.hasAttribute('data-keys')")
    page.keyboard.press("/")
    page.wait_for_timeout(KEY_PAUSE_MS)
    assert page.evaluate("document.activeElement.id") == "scan"


def test_a_scanned_code_opens_from_any_page(site: str, page: Page) -> None:
    page.goto(site + "gallery/desk/")
    page.keyboard.type(samples.CODE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/onestop/?q={samples.CODE}")


def test_single_letter_shortcuts_can_be_turned_off(site: str, page: Page) -> None:
    page.goto(site + "gallery/desk/")
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_timeout(KEY_PAUSE_MS)
    assert page.evaluate("document.activeElement.id") != "scan"


def test_the_end_of_a_session_is_announced_and_put_off_with_one_key(site: str, page: Page) -> None:
    page.clock.install()
    page.goto(site + "gallery/desk/")
    warning = page.locator("[data-session]")
    page.clock.fast_forward((settings.SESSION_COOKIE_AGE - 150) * 1000)
    assert not warning.is_visible()
    page.clock.fast_forward(60_000)
    assert warning.is_visible()
    assert _violations(page) == []
    with page.expect_response("**/accounts/session/") as answer:
        page.keyboard.press("Escape")
    assert answer.value.status == 204
    warning.wait_for(state="hidden")


def test_it_prints_without_headers_and_buttons(site: str, page: Page) -> None:
    page.goto(site + "gallery/done/")
    page.emulate_media(media="print")
    assert not page.locator("header").is_visible()
    assert page.get_by_text(samples.CODE).first.is_visible()
