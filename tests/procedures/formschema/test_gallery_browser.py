"""The gallery in Chromium, with and without JavaScript: what people type there is what the server keeps."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import AXE_RULES
from tests.procedures.formschema.gallery import ANSWERS, SWITCHES, gallery_form
from tests.procedures.formschema.loop import Loop, open_loop, put, save

pytestmark = pytest.mark.browser
scripts = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
# as people type it -> see ANSWERS_BY_TYPE
TYPED: list[tuple[str, Any]] = [
    ("text", "  Quán cơm   K'Brể “Ngon & rẻ” <b>"), ("paragraph", "Dòng một\n  dòng hai, thụt vào\n"),
    ("integer", "12"), ("decimal", "75,5"), ("money", "1.234.567 đồng"), ("date", "29/2/24"),
    ("partial_date", "1950"), ("time", "19 giờ 5"), ("choice", "b"), ("choices", ["a", "c"]),
    ("boolean", "false"), ("declaration", "true"), ("person_name", "K'Brể"),
    ("identity_document-type", "passport"), ("identity_document-number", "c 1234567"),
    ("identity_document-issued_on", "2.1.2020"), ("identity_document-issued_by", "Cục QLXNC"),
    ("identity_document-country", "VN"), ("national_id", "037 190 001 234"), ("phone", "0912.345.678"),
    ("email", "brE@THU.vn"), ("address-province", "37"), ("address-commune", "14533"),
    ("address-village", "Thôn Đông"), ("address-line", "Số 4, ngõ 'Chùa' <i>"), ("ethnicity", "16"),
    ("nationality", "VN"), ("tax_code", "0100233488001"),
]  # fmt: skip
ROW = {"g_name": "H'Hen Niê"}


def fill_in(page: Page, stem: str, *, script: bool) -> None:
    """Types every kind of answer; without JavaScript the communes come by a button."""
    for part, typed in TYPED:
        name = f"{stem}{part}"
        if part == "address-commune" and not script:
            page.locator(f"[name='address-{stem}address-province']").click()
        if part == "address-commune" and script:
            page.locator(f"[name='{name}'] option[value='{typed}']").wait_for(state="attached")
        put(page, name, typed)


@scripts
def test_every_kind_typed_in_the_browser_is_kept_in_its_canonical_shape(script: bool) -> None:
    loop = Loop(gallery_form(), "plain")
    with open_loop(loop, script=script) as page:
        fill_in(page, "t_", script=script)
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
    assert loop.answers == {
        key: value for key, value in ANSWERS.items() if key.startswith("t_") and key != "t_group"
    }


@scripts
def test_every_kind_in_a_row_and_rows_come_and_go(script: bool) -> None:
    loop = Loop(gallery_form(), "rows", {"t_person_name": "An"})
    with open_loop(loop, script=script) as page:
        page.get_by_role("button", name="Thêm người").click()
        fill_in(page, "t_group-1-g_", script=script)
        put(page, "t_group-1-g_name", "H'Hen Niê")
        page.get_by_role("button", name="Thêm người").click()
        assert page.get_by_role("button", name="Thêm người").count() == 0
        put(page, "t_group-2-g_name", "Bỏ đi")
        page.get_by_role("button", name="Bỏ Người thứ 3").click()
        page.get_by_role("button", name="Bỏ Người thứ 1").click()
        put(page, "has_pets", "false")
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
    [row] = loop.answers["t_group"]
    expected = {key: value for key, value in ANSWERS["t_group"][0].items() if key != "g_why"}
    assert row == {**expected, "g_boolean": False}


def switch_of(kind: str) -> str:
    """The control that decides: of a composite answer, its first."""
    return f"s_{kind}" + {"address": "-province", "identity_document": "-type"}.get(kind, "")


def test_a_question_comes_and_goes_with_each_kind_of_answer() -> None:
    with open_loop(Loop(gallery_form(), "switches")) as page:
        for kind, _condition, opens, closes in SWITCHES:
            asked = page.locator(f"[name=o_{kind}]")
            assert (asked.is_visible(), asked.is_disabled()) == (False, True), kind
            put(page, switch_of(kind), opens)
            assert (asked.is_visible(), asked.is_disabled()) == (True, False), kind
            put(page, switch_of(kind), closes if kind != "declaration" else [])
            assert (asked.is_visible(), asked.is_disabled()) == (False, True), kind


def test_without_a_script_opened_questions_are_asked_before_going_on() -> None:
    simple = [row for row in SWITCHES if row[0] != "address"]
    loop = Loop(gallery_form(), "switches")
    with open_loop(loop, script=False) as page:
        for kind, _condition, opens, _closes in simple:
            assert not page.locator(f"[name=o_{kind}]").is_visible(), kind
            put(page, switch_of(kind), opens)
        save(page)
        page.get_by_text("Câu trả lời của bạn mở thêm câu hỏi").wait_for()
        for kind, *_rest in simple:
            put(page, f"o_{kind}", f"Vì {kind}.")
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
    assert set(loop.answers) == {f"{first}_{row[0]}" for row in simple for first in "so"}


def test_a_paper_without_its_number_opens_nothing_yet() -> None:
    with open_loop(Loop(gallery_form(), "switches")) as page:
        page.locator("[name=s_identity_document-type]").select_option("citizen_id")
        assert not page.locator("[name=o_identity_document]").is_visible()
        put(page, "s_identity_document-number", "037190001234")
        assert page.locator("[name=o_identity_document]").is_visible()


@scripts
def test_a_group_behind_a_condition_is_filled_and_dropped(script: bool) -> None:
    loop = Loop(gallery_form(), "rows", {"t_group": [ROW]})
    with open_loop(loop, script=script) as page:
        put(page, "has_pets", "true")
        if not script:
            save(page)
        put(page, "pets-0-pet", "Vàng")
        page.locator("[name=group-pets-add]").click()
        put(page, "pets-1-pet", "Mướp")
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
        assert loop.answers["pets"] == [{"pet": "Vàng"}, {"pet": "Mướp"}]
        page.goto("http://form.test/")
        put(page, "has_pets", "false")
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
    assert loop.form is not None
    assert "pets" not in loop.form.answers


@scripts
def test_errors_stand_at_their_controls_and_mending_them_saves(script: bool) -> None:
    loop = Loop(gallery_form(), "rows", {"t_group": [ROW], "t_person_name": "H'Hen Niê"})
    with open_loop(loop, script=script) as page:
        put(page, "t_group-0-g_date", "30/2/2020")
        put(page, "has_pets", "false")
        save(page)
        summary = page.locator("[data-error-summary]")
        told = [link.get_attribute("href") for link in summary.locator("a").all()]
        assert told == ["#id_t_group-0-g_date", "#id_t_group-0-g_name"]
        assert page.locator("[name=t_group-0-g_date]").input_value() == "30/2/2020"
        summary.locator("a").first.click()
        put(page, "t_group-0-g_date", "28/2/2020")
        put(page, "t_group-0-g_name", "Y Blăm")
        save(page)
        page.get_by_role("heading", name="Đã lưu").wait_for()
    assert loop.answers["t_group"] == [{"g_name": "Y Blăm", "g_date": "2020-02-28"}]


@pytest.mark.parametrize("key", ["plain", "switches", "rows", "papers"])
def test_the_gallery_is_accessible_and_never_scrolls_sideways(key: str) -> None:
    with open_loop(Loop(gallery_form(), key, ANSWERS)) as page:
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert page.evaluate(wide) is False, width
        results = Axe().run(page, options=AXE_RULES)
    assert results.violations_count == 0, results.generate_report()
