"""The editor in a browser: by keyboard alone, readable narrow and wide, two people at once."""

import copy
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from procedures import services
from procedures.editing.layout import LAYOUT
from procedures.models import ProcedureDraft
from tests.factories.catalogue import import_catalogue, make_catalogue_admin
from tests.factories.people import Officer
from tests.looking import SCREENS, WIDTHS, find_faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPORT = "1.001456"
COPIES = "2.000815"
KINDS = ("audience", "papers", "limits", "steps", "level", "guide")
"""One section of each kind of block; all of them where pictures are taken."""


@pytest.fixture
def lawyer(page: Page, live_server: LiveServer) -> Officer:
    """A catalogue admin signed in, at the list."""
    import_catalogue(PASSPORT, COPIES)
    admin = make_catalogue_admin()
    sign_in(page, live_server.url, admin.user, "/catalogue/")
    return admin


def test_every_page_is_readable_and_accessible(page: Page, live_server: LiveServer, lawyer: Officer) -> None:
    services.start_draft(lawyer.actor, PASSPORT)
    services.start_new(lawyer.actor, "1.909001", name="Thủ tục mới")
    faults = []
    addresses = ["", f"{PASSPORT}/", "1.909001/edit/names/", f"{COPIES}/edit/fees/"]
    addresses += [f"{PASSPORT}/edit/{section}/" for section in KINDS]
    if SCREENS:
        addresses += ["new/", "1.909001/", f"{PASSPORT}/discard/"]
        addresses += [f"{PASSPORT}/edit/{section}/" for section in LAYOUT if section not in KINDS]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for address in addresses:
            page.goto(f"{live_server.url}/catalogue/{address}")
            faults.append(find_faults(page, f"{address.strip('/').replace('/', '-') or 'list'}-{width}"))
    assert not any(faults), "\n".join(faults)


def press_until(page: Page, key: str, target: Locator) -> None:
    """Presses a key until the target has the focus; a person would not press it two hundred times."""
    wanted = target.element_handle()  # found once, not at every step
    for _ in range(200):
        if page.evaluate("element => element === document.activeElement", wanted):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never reaches {target}")


def saved(code: str = PASSPORT) -> dict[str, Any]:
    content: dict[str, Any] = ProcedureDraft.objects.get(code=code).content
    return content


@pytest.mark.usefixtures("lawyer")
def test_a_decree_is_put_in_by_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/catalogue/{PASSPORT}/edit/fees/")
    online = page.get_by_label("Mức thu: Mọi trường hợp, qua mạng", exact=True)
    press_until(page, "Tab", online)
    page.keyboard.press("Control+a")
    page.keyboard.type("150000")
    page.keyboard.press("Tab")
    expect(online).to_have_value("150.000")
    expect(page.locator("#totals tbody tr").first).to_contain_text("150.000 đ")
    online.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu.")
    assert [rule["amount"] for rule in saved()["fees"][:2]] == [200_000, 150_000]

    page.goto(f"{live_server.url}/catalogue/{PASSPORT}/edit/papers/")
    press_until(page, "Tab", page.get_by_role("button", name="Thêm giấy tờ"))
    page.keyboard.press("Enter")
    name = page.locator("[id='requirements-7-name']")
    expect(name).to_be_focused()
    page.keyboard.type("Giấy xác nhận mất hộ chiếu")
    page.keyboard.press("Enter")
    expect(page.locator("#requirements-7 > summary")).to_contain_text("Giấy xác nhận mất hộ chiếu")
    assert saved()["requirements"][7]["key"] == "giay_xac_nhan_mat_ho_chieu"
    up = page.locator("#requirements-7-up")
    press_until(page, "Tab", up)
    page.keyboard.press("Enter")
    expect(page.locator("#requirements-6-up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#requirements-5-up")).to_be_focused()
    assert [row["key"] for row in saved()["requirements"]][5] == "giay_xac_nhan_mat_ho_chieu"

    undo = page.get_by_role("button", name="Hoàn tác")
    for left in (6, 7):
        press_until(page, "Shift+Tab" if left == 6 else "Tab", undo)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Đã hoàn tác")
        assert [row["key"] for row in saved()["requirements"]][left] == "giay_xac_nhan_mat_ho_chieu"
    expect(page.get_by_role("button", name="Làm lại")).to_be_visible()
    assert find_faults(page, "undone") == ""


def test_two_people_at_once_lose_nothing(page: Page, live_server: LiveServer, lawyer: Officer) -> None:
    services.start_draft(lawyer.actor, PASSPORT)
    page.goto(f"{live_server.url}/catalogue/{PASSPORT}/edit/fees/")
    draft = ProcedureDraft.objects.get(code=PASSPORT)
    content = copy.deepcopy(draft.content)
    content["fees"][1]["amount"] = 140_000
    content["fees"][2]["amount"] = 139_000
    other = make_catalogue_admin("Đỗ Văn Duyệt")
    services.save_draft(other.actor, PASSPORT, content=content, row_version=draft.row_version)
    page.get_by_label("Mức thu: Mọi trường hợp, qua mạng", exact=True).fill("150000")
    page.get_by_label("Mức thu: Mọi trường hợp, mọi cách nộp", exact=True).fill("250000")
    page.get_by_role("button", name="Lưu", exact=False).last.click()
    expect(page.get_by_role("heading", name="Có người vừa lưu trước bạn")).to_be_visible()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert find_faults(page, f"two-{width}") == ""
    asked = page.locator(".both", has=page.locator("input:not(:checked)")).filter(has_text="140.000")
    asked.get_by_role("radio", name="Lấy bản của tôi").check()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu.")
    assert [rule["amount"] for rule in saved()["fees"][:3]] == [250_000, 150_000, 139_000]
