"""Words that found nothing, added by an admin, find something: in a browser; every page of the room readable."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from procedures import services
from procedures.editing_choices import ConceptKind
from procedures.knowledge.rules import Wording
from procedures.services.life_events import load_shipped_events
from procedures.services.searches import record_empty_search
from tests.factories import catalogue as make
from tests.looking import WIDTHS, find_faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COPY = "2.000815"
WORDS = "wifi youtube"


def test_a_search_in_vain_becomes_words_that_find(page: Page, live_server: LiveServer) -> None:
    make.import_catalogue(COPY)
    admin = make.make_catalogue_admin()
    page.goto(f"{live_server.url}/procedures/?q={WORDS}")
    expect(page.locator("main")).not_to_contain_text("bản chính")
    record_empty_search(WORDS)  # as the page does a little later
    sign_in(page, live_server.url, admin.user, "/catalogue/empty-searches/")
    page.get_by_role("link", name=f"Thêm từ {WORDS}").click()
    expect(page.get_by_label("Người dân nói")).to_have_value(WORDS)
    page.get_by_label("Tức là").fill("chứng thực bản sao từ bản chính")
    page.get_by_role("button", name="Thử ngay").click()
    expect(page.locator("#ket-qua .cols > div").first).to_contain_text(COPY)
    expect(page.locator("#ket-qua .cols > div").last).not_to_contain_text(COPY)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Tìm kiếm dùng từ mới ngay")).to_be_visible()
    page.goto(f"{live_server.url}/procedures/?q={WORDS}")
    expect(page.locator("main")).to_contain_text("bản chính")


def test_every_page_is_readable_and_accessible(page: Page, live_server: LiveServer) -> None:
    make.import_catalogue(*make.CORE)
    load_shipped_events()
    admin = make.make_catalogue_admin()
    wording = Wording(
        ConceptKind.EVERYDAY, ("đóng mộc", "đóng mộc đỏ"), ("chứng thực",), (COPY,), ("nước ngoài",)
    )
    concept = services.save_concept(admin.actor, "", wording, row_version=0)
    record_empty_search("xe lửa bay qua núi")
    sign_in(page, live_server.url, admin.user, "/catalogue/empty-searches/")
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for name, address in (
            ("words", "words/"),
            ("word", f"words/{concept.key}/"),
            ("events", "life-events/"),
            ("event", "life-events/sinh-con/"),
            ("empty", "empty-searches/"),
        ):
            page.goto(f"{live_server.url}/catalogue/{address}")
            faults.append(find_faults(page, f"{name}-{width}"))
        page.goto(f"{live_server.url}/catalogue/words/new/")
        page.get_by_label("Người dân nói").fill("đóng mộc")
        page.get_by_label("Tức là").fill("khai sinh")
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_text("Từ này đã có nghĩa khác")).to_be_visible()
        faults.append(find_faults(page, f"refused-{width}"))
    assert not any(faults), "\n".join(faults)
