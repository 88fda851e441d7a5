"""The drawn page in Chromium: accessible in every state, and alive with JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, Route

from procedures.formschema.pages import PageForm
from tests.browser import AXE_RULES
from tests.procedures.formschema.browser import open_page
from tests.procedures.formschema.rendering import draw, open_page_form
from tests.procedures.formschema.samples import birth_form, every_type_form

pytestmark = pytest.mark.browser
SITE = "http://form.test/"
TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
MEMBERS = [{"full_name": "An"}, {"full_name": "Bình", "share": "150"}]


@contextmanager
def show(form: PageForm, *, width: int = 1280) -> Iterator[Page]:
    """The page with its own style and scripts, all other addresses are empty."""
    html = draw(form)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0]
        file = Path(settings.BASE_DIR) / path
        if not path:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        else:
            route.fulfill(status=404)

    with open_page(width=width) as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", answer)
        page.goto(SITE)
        yield page
        assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("answers", "check"),
    [({}, False), ({"a_date": "15/18/1990", "a_boolean": True, "members": MEMBERS}, True)],
)
def test_no_page_breaks_a_rule_of_accessibility(answers: dict[str, Any], check: bool, width: int) -> None:
    with show(open_page_form(every_type_form(), "all", answers, check=check), width=width) as page:
        results = Axe().run(page, options=AXE_RULES)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert results.violations_count == 0, results.generate_report()
    assert wide is False


def test_questions_come_and_go_while_one_answers() -> None:
    with show(open_page_form(birth_form(), "requester")) as page:
        words = page.locator("[name=relation_words]")
        assert (words.is_visible(), words.is_disabled()) == (False, True)
        page.get_by_label("Người thân khác").check()
        assert (words.is_visible(), words.is_disabled()) == (True, False)
        assert page.locator("[name=shown]:enabled").count() == 1
        page.get_by_label("Mẹ", exact=True).check()
        assert (words.is_visible(), words.is_disabled()) == (False, True)


def test_questions_of_a_row_follow_their_own_row() -> None:
    rows = [{"name": "Một"}, {"name": "Hai"}]
    with show(open_page_form(birth_form(), "siblings", {"father_known": True, "siblings": rows})) as page:
        page.locator("#id_siblings-1-studies_0").check()
        assert page.locator("[name=siblings-1-school]").is_visible()
        assert not page.locator("[name=siblings-0-school]").is_visible()


def test_communes_follow_the_province() -> None:
    with show(open_page_form(birth_form(), "requester")) as page:
        assert not page.get_by_role("button", name="Chọn tỉnh này").is_visible()
        page.locator("[name=my_home-province]").select_option("37")
        page.locator("[name=my_home-commune] option[value='14533']").wait_for(state="attached")
        assert page.locator("[name=my_home-commune] option").first.text_content() == "Chọn xã, phường"


def test_a_typed_day_is_written_out_as_it_was_understood() -> None:
    with show(open_page_form(birth_form(), "child")) as page:
        born = page.get_by_label("Ngày sinh của trẻ")
        born.fill("1/2/26")
        born.blur()
        assert born.input_value() == "01/02/2026"
        born.fill("45/2/26")
        born.blur()
        assert born.input_value() == "45/2/26"


def test_parts_of_no_use_for_a_paper_go_away() -> None:
    with show(open_page_form(birth_form(), "parents")) as page:
        page.locator("[name=mother_id-type]").select_option("none")
        assert not page.locator("[name=mother_id-number]").is_visible()
        page.locator("[name=mother_id-type]").select_option("passport")
        assert page.locator("[name=mother_id-number]").is_visible()
        assert page.locator("[name=mother_id-country]").is_visible()
