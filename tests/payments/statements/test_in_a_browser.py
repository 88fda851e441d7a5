"""A statement from the file to the queue in a real browser; readable and clean on a phone and on a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from payments.models import StatementLine
from tests.looking import look, sign_in
from tests.payments.owed import make_desk, make_owed
from tests.payments.statements.banks import make_bank
from tests.payments.statements.files import credit, make_csv

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "portal.urls"


def test_a_statement_is_brought_read_and_its_rest_assigned(
    page: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    desk = make_desk()
    owed, other = make_owed(desk), make_owed(desk)
    make_bank(desk.agency)
    file = tmp_path / "Sao kê VCB 11-2026.csv"
    file.write_bytes(
        make_csv(
            credit(1, 15_000, f"MBVCB.789.{owed.dossier.code}.CT tu 0123 NGUYEN VAN A", reference="FT26324001"),
            credit(2, 15_000, f"{desk.owner.full_name} nop le phi", reference="FT26324002", day="2/11/2026"),
            (3, "20/11/2026", "FT26324003", "50.000", "", "", "Phi dich vu"),
            (4, "31/02/2026", "FT26324004", "", "15.000", "", "Ngay sai"),
        )
    )  # fmt: skip

    sign_in(page, live_server.url, desk.cashier.user, "/payments/statements/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_url("**/columns/")
    look(page, "statements-columns")
    page.select_option("#column_6", "")
    page.get_by_role("button", name="Xem lại kết quả").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.select_option("#column_6", "memo")
    page.get_by_role("button", name="Xem lại kết quả").click()
    page.get_by_role("button", name="Nhập 2 khoản tiền vào").click()
    expect(page.get_by_text("Đã nhập 2 khoản tiền vào.")).to_be_visible()
    page.goto(f"{live_server.url}/payments/statements/lines/")
    look(page, "statements-queue")
    page.locator("[data-open]").click()
    look(page, "statements-line")
    page.get_by_role("link", name=other.dossier.code or "").click()
    page.get_by_role("button", name="Ghi vào hồ sơ này").click()
    expect(page.get_by_text("Biên lai đã có.")).to_be_visible()
    assert set(StatementLine.objects.values_list("status", flat=True)) == {"matched"}
