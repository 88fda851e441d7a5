"""People look for what they need in their own words, in ten ways, and find it among the first three."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.catalogue import import_catalogue, load_knowledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BIRTH, DEATH, STAY, COPIES, LAND = "1.001193", "1.000656", "1.004194", "2.000815", "1.013831"
AWAY, SHOP, RECORD, PERMIT, SINGLE = "1.003677", "1.001612", "3.000333", "1.013225", "1.004873"
ALL = (BIRTH, DEATH, STAY, COPIES, LAND, AWAY, SHOP, RECORD, PERMIT, SINGLE)
TEN_STYLES = {
    "exact name": ("Đăng ký khai sinh", BIRTH),
    "no marks": ("dang ky tam tru", STAY),
    "slips and Telex": ("ddawng ký khai tưr", DEATH),
    "everyday": ("sang tên sổ đỏ", LAND),
    "short": ("xn tthn", SINGLE),
    "event of life": ("đi làm xa mấy tháng không ở nhà", AWAY),
    "code": ("2.000815", COPIES),
    "English": ("criminal record certificate", RECORD),
    "regional": ("khai tử cho tía", DEATH),
    "long question": ("cho em hỏi mở tiệm tạp hoá nhỏ ở nhà thì phải xin giấy tờ gì ở đâu ạ", SHOP),
}


def test_ten_ways_of_asking_lead_to_the_right_procedure(page: Page, live_server: LiveServer) -> None:
    import_catalogue(*ALL)
    load_knowledge()
    page.goto(live_server.url)
    for style, (words, code) in TEN_STYLES.items():
        page.get_by_role("combobox", name="Tìm thủ tục").fill(words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        first = page.locator("main a[href*='/procedures/']").evaluate_all(
            "links => links.map(link => link.pathname).filter(path => /procedures.[0-9.]+.$/.test(path))"
        )
        found = list(dict.fromkeys(first))[:3]
        assert f"/procedures/{code}/" in found, f"{style}: {words} -> {found}"
