"""The pages of loads in a browser: readable narrow and wide, and a file brought in by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from procedures.models import Procedure
from procedures.services import loads
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.looking import look, sign_in
from tests.procedures.national_records import make_record, to_line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_file_is_brought_in_looked_at_and_applied(
    page: Page, live_server: LiveServer, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    kept = publish(make_document()).procedure
    new = make_record(channels=[])
    path = tmp_path / "quoc-gia.jsonl"
    path.write_bytes(b"".join(map(to_line, (new, make_record(code=kept.code), {"code": "x"}))))
    admin = make_catalogue_admin()
    sign_in(page, live_server.url, admin.user, "/catalogue/imports/")
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Đọc tệp").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("quoc-gia.jsonl")
    look(page, "import-load")
    page.get_by_role("link", name="Cấp giấy thử nghiệm").or_(page.locator("tbody a").nth(1)).first.click()
    expect(page.get_by_text("Bản của tỉnh được giữ. Còn bản nhập thì sao?")).to_be_visible()
    look(page, "import-record")
    page.get_by_label("Bỏ bản nhập").check()
    page.get_by_role("button", name="Ghi lựa chọn").press("Enter")
    expect(page.get_by_text("Đã ghi lựa chọn.")).to_be_visible()
    page.get_by_role("button", name="Áp dụng", exact=True).press("Enter")
    expect(page.get_by_text("Đang áp dụng", exact=True)).to_be_visible()
    loads.continue_loads()
    expect(page.get_by_text("Đã áp dụng", exact=True).first).to_be_visible(timeout=8000)
    assert Procedure.objects.filter(code=new["code"]).exists()
    for address in ("imports", "export"):
        page.goto(f"{live_server.url}/catalogue/{address}/")
        look(page, f"import-{address}")
