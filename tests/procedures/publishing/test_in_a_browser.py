"""A changed decree comes into force: drafted, checked, proposed, read by a second person, published, taken back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portal.core import clock
from procedures import services
from procedures.selectors import access_procedure
from tests.factories.catalogue import import_catalogue, make_catalogue_admin, read_catalogue
from tests.factories.people import Officer
from tests.looking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BIRTH = "1.001193"


def enter(page: Page, live_server: LiveServer, officer: Officer, path: str) -> None:
    """As this person, at this page."""
    sign_in(page, live_server.url, officer.user, f"/catalogue/{BIRTH}/{path}")


def test_a_changed_decree_comes_into_force_and_is_taken_back(
    page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_catalogue(BIRTH)
    author, approver = make_catalogue_admin("Phạm Thị Luật"), make_catalogue_admin("Đỗ Văn Duyệt")
    write_draft(author)
    later = clock.today() + timedelta(days=10)

    enter(page, live_server, author, "check/")
    expect(page.get_by_role("heading", name="2 chỗ phải sửa trước khi trình")).to_be_visible()
    look(page, "publish-stopped")
    mend_draft(author)
    page.reload()
    page.fill("#effective_from", "hôm nào")
    page.get_by_role("button", name="Trình người thứ hai").click()
    expect(page.locator("#effective_from-error")).to_contain_text("Chưa đọc được “hôm nào”.")
    look(page, "publish-wrong-day")
    page.fill("#effective_from", f"{later:%d/%m/%Y}")
    page.fill("#note", "Giấy chứng sinh chỉ cần khi chưa có dữ liệu. Bản sao 10.000 đồng.")
    page.get_by_role("button", name="Trình người thứ hai").click()
    expect(page.get_by_role("heading", name="Chờ người quản trị thứ hai")).to_be_visible()

    enter(page, live_server, approver, "review/")
    expect(page.locator(".diff-row", has_text="Giấy chứng sinh").first).to_contain_text("khi cần")
    expect(page.locator(".diff-row ins", has_text="10.000").first).to_be_visible()
    look(page, "publish-review")
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_text("Chờ ngày áp dụng")).to_be_visible()
    look(page, "publish-versions")
    assert access_procedure(BIRTH).current.number == 1  # type: ignore[union-attr]

    monkeypatch.setattr(clock, "today", lambda: later)
    assert services.put_into_force() == 1
    page.goto(f"{live_server.url}/catalogue/{BIRTH}/versions/compare/?from=1&to=2")
    look(page, "publish-compare")
    page.goto(f"{live_server.url}/catalogue/{BIRTH}/versions/2/")
    expect(page.get_by_role("heading", name="chỉ để xem")).to_be_visible()

    page.goto(f"{live_server.url}/catalogue/{BIRTH}/versions/1/restore/")
    page.get_by_role("button", name="Tạo bản nháp từ bản này").click()
    page.wait_for_url("**/check/")
    page.get_by_role("button", name="Trình người thứ hai").click()
    enter(page, live_server, author, "review/")
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("heading", name="Bản 3")).to_be_visible()
    assert access_procedure(BIRTH).current.content == read_catalogue(BIRTH)  # type: ignore[union-attr]
    page.goto(f"{live_server.url}/catalogue/{BIRTH}/close/")
    look(page, "publish-close")


def write_draft(author: Officer) -> None:
    document = read_catalogue(BIRTH)
    document["requirements"][1]["required"] = False
    document["fees"][1]["unit"]["price"] = 10_000
    document["conditions"][0]["vi"] = "Cha hoặc mẹ nên đăng ký trong 90 ngày kể từ ngày sinh con."
    document["requirements"].append(document["requirements"].pop(5))
    document["form"]["pages"][2]["fields"].append(
        {"key": "mother_phone", "type": "phone", "label": {"vi": "Số điện thoại của mẹ"}, "required": True}
    )
    document["limits"] = []
    document["limit_note"] = None
    services.save_draft(author.actor, BIRTH, content=document, summary="Theo nghị định mới")


def mend_draft(author: Officer) -> None:
    shipped = read_catalogue(BIRTH)
    draft = services.start_draft(author.actor, BIRTH)
    content = {**draft.content, "limits": shipped["limits"], "limit_note": shipped["limit_note"]}
    services.save_draft(
        author.actor, BIRTH, content=content, row_version=draft.row_version, summary="Ghi lại thời hạn"
    )
