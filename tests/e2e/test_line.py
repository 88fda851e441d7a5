"""The line, played in a browser on the live product: from the catalogue to the result in a citizen's hand."""

import re
import time
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from portal.accounts.calendar_files import load_work_calendar
from portal.core.clock import VN_TZ
from portal.demo.seeds.codes import COMMUNE
from portal.env import data_dir
from tests.browser import AXE_RULES
from tests.dossiers.walking import Walker as ClockWalker
from tests.e2e.walking import Walker
from tests.factories.dossiers import PNG
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]

AGENCY = COMMUNE
PLACE = ("92", "31120")
REQUESTER = {"requester_relation": "me", "requester_residence_kind": "thuong_tru"}
CHILD = {
    "child_name": "Lê Trần Bảo An",
    "child_birth_date": "2/1/2026",
    "child_gender": "nu",
    "child_ethnicity": "01",
    "child_nationality": "VN",
    "birth_place_kind": "co_so_y_te",
    "birth_facility": "Bệnh viện Phụ sản Sông Mây",
    "birth_place-province": PLACE[0],
    "birth_place-commune": PLACE[1],
    "home_town-province": PLACE[0],
    "home_town-commune": PLACE[1],
    "parents_known": "mother_only",
}
MOTHER = {
    "mother_name": "Nguyễn Thị Mây",
    "mother_birth_date": "1990",
    "mother_ethnicity": "01",
    "mother_nationality": "VN",
    "mother_identity-type": "citizen_id",
    "mother_identity-number": "099190000117",
}
WALK_IN = {
    "case": "muc_dich_khac",
    "submitter_name": "Páo",
    "relation": "chinh_toi",
    "requester_name": "Páo",
    "requester_birth_date": "1/2/90",
    "requester_gender": "nam",
    "requester_identity-type": "citizen_id",
    "requester_identity-number": "099090000226",
    "requester_ethnicity": "08",
    "requester_nationality": "VN",
    "requester_address-province": PLACE[0],
    "requester_address-commune": PLACE[1],
    "requester_address-line": "Xóm 4",
    "birth_place": "Xã Bến Mây",
    "marital_status": "chua_ket_hon",
    "purpose_detail": "Bổ sung hồ sơ vay vốn.",
    "copies": "1",
    "oath": "true",
    "paper-giay_to_tuy_than": "true",
}
SCREENS = data_dir() / "screens"
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
CODE = re.compile(re.escape(AGENCY) + r"-\d{6}-\d{4,}")
SECRET = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


class People(Protocol):
    def __call__(self, login: str, *, scripts: bool = True) -> Walker: ...


@pytest.fixture
def people(browser: Browser, stack: Stack) -> Iterator[People]:
    """Opens a browser of their own for each person, signed in; CSP lines and script errors fail the test."""
    complaints: list[str] = []
    contexts = []

    def note(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
        )

    def open_for(login: str, *, scripts: bool = True) -> Walker:
        context = browser.new_context(
            locale="vi-VN", viewport={"width": 1280, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        note(page)
        walker = Walker(page, stack.url, scripts)
        if login:
            walker.sign_in(login)
        return walker

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def file_birth(citizen: Walker) -> tuple[str, str, str]:
    """Code, secret and address of a birth registration filed with two files."""
    citizen.open("/procedures/1.001193/")
    check_access(citizen)
    citizen.open("/dossiers/new/1.001193/?case=co_giay_chung_sinh")
    check_access(citizen)
    citizen.fill({"agency": AGENCY})
    citizen.press("Bắt đầu")
    check_access(citizen)
    citizen.press("Bắt đầu trả lời")
    for answers in (REQUESTER, CHILD, MOTHER):
        citizen.fill(answers)
        check_access(citizen)
        citizen.press("Lưu và tiếp tục")
    files = [{"name": f"{side}.png", "mimeType": "image/png", "buffer": PNG} for side in ("truoc", "sau")]
    citizen.page.set_input_files("[name=file-giay_chung_sinh]", files)  # type: ignore[arg-type]
    citizen.press("Lưu và tiếp tục")
    citizen.fill({"wants_copies": "false", "oath": "true"})
    citizen.press("Lưu và tiếp tục")
    assert "Lê Trần Bảo An" in citizen.text
    check_access(citizen)
    citizen.press("Nộp hồ sơ")
    check_access(citizen)
    code, secret = CODE.search(citizen.text), SECRET.search(citizen.text)
    assert code, citizen.text
    assert secret, citizen.text
    return code.group(), secret.group(), citizen.page.url


def check_access(walker: Walker, state: str = "") -> None:
    """axe finds nothing on the page, narrow and wide; nothing scrolls sideways. Keeps pictures.

    Once per address, and once more for each `state` that it is looked at in.
    """
    path = walker.page.url + state
    if path in walker.seen:
        return
    walker.seen.append(path)
    for width in (320, 1280):
        walker.page.set_viewport_size({"width": width, "height": 900})
        walker.page.screenshot(path=name_picture(walker, width), full_page=True)
        found = Axe().run(walker.page, options=AXE_RULES)
        assert found.violations_count == 0, f"{path} at {width}: {found.generate_report()}"
        assert walker.page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


def name_picture(walker: Walker, width: int) -> Path:
    """`var/test/screens/congdan1-04-filing-person-320.png`."""
    words = [
        word for word in urlsplit(walker.page.url).path.split("/") if word and not IDENTIFIER.match(word)
    ]
    return SCREENS / "-".join([walker.login or "khach", f"{len(walker.seen):02d}", *words, f"{width}.png"])


def wait_for_mail(stack: Stack, to: str, code: str, subject: str) -> EmailMessage:
    """The mail about a dossier whose subject has these words; the worker has 60 seconds."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for mail in stack.list_mail(to):
            body = mail.get_body()
            if (
                body is not None
                and code in f"{mail['Subject']} {body.get_content()}"
                and subject in mail["Subject"]
            ):
                return mail
        time.sleep(0.5)
    subjects = [str(mail["Subject"]) for mail in stack.list_mail(to)]
    raise AssertionError(f"no mail “{subject}” about {code} to {to}: {subjects}")


def expected_due(days: int) -> datetime:
    """Received now, so many working days: walked minute by minute over the calendar, not asked of the product."""
    now = datetime.now(VN_TZ).replace(tzinfo=None, second=0, microsecond=0)
    clock = ClockWalker(load_work_calendar("std"), saturday_reception=False)
    return clock.due(now, days, "working_day", ())


def test_the_line(people: People, stack: Stack) -> None:
    citizen = people("congdan1")
    code, secret, _done = file_birth(citizen)
    wait_for_mail(stack, "congdan1@", code, "đã được nộp")
    desk = people("tiepnhan")
    birth = accept_online(desk, code)
    wait_for_mail(stack, "congdan1@", code, "đã được tiếp nhận")
    marital = take_in_walk_in(desk, stack)
    handler, approver = people("thuly"), people("pheduyet")
    for address, result in ((birth, "result_giay_khai_sinh"), (marital, "result_giay_xac_nhan")):
        work_to_result(handler, approver, address, result)
        hand_over(desk, address)
    for subject in ("đang được giải quyết", "đã có kết quả", "đã được trả kết quả"):
        wait_for_mail(stack, "congdan1@", code, subject)
    visitor = people("")
    track_without_account(visitor, code, secret)
    see_own_dossier(citizen, code)
    visitor.open("/demo/phone/")
    check_access(visitor)
    assert stack.manage("verify_history").returncode == 0


def accept_online(desk: Walker, code: str) -> str:
    """Scanned, looked at, accepted; the address of the dossier on the desk."""
    desk.open("/onestop/")
    check_access(desk)
    desk.page.fill("header [name=q]", code)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/onestop/dossiers/"))
    check_access(desk)
    desk.press(re.compile("^Tiếp nhận"))
    assert "Đã tiếp nhận" in desk.text
    check_access(desk, "accepted")
    return desk.page.url


def take_in_walk_in(desk: Walker, stack: Stack) -> str:
    """Paper, cash and receipt in one go, for somebody without account or phone; the dossier's address."""
    desk.open("/onestop/intake/")
    check_access(desk)
    desk.open("/onestop/intake/?procedure=1.004873")
    desk.fill(WALK_IN)
    check_access(desk)
    before = expected_due(3)
    desk.press(re.compile("Tiếp nhận, in giấy hẹn"))
    check_access(desk)
    assert CODE.search(desk.text), desk.text
    due = expected_due(3)
    assert any(f"{d:%H:%M}, {weekday(d)}, {d:%d/%m/%Y}" in desk.text for d in {before, due}), desk.text
    assert "15.000" in desk.text
    href = desk.page.get_by_role("link", name="Mẫu 01").get_attribute("href")
    receipt = desk.page.request.get(f"{stack.url}{href}")
    assert receipt.ok
    assert receipt.body().startswith(b"%PDF-")
    desk.press("Mở hồ sơ")
    return desk.page.url


def hand_over(desk: Walker, address: str) -> None:
    """The result goes to whoever showed a paper of identity."""
    desk.open(address)
    desk.press(re.compile("Trả kết quả"))
    check_access(desk)
    desk.fill({"identity_checked": "true"})
    desk.press(re.compile("Trả kết quả|Đã trả"))
    assert "Đã trả kết quả" in desk.text
    check_access(desk, "returned")


def track_without_account(visitor: Walker, code: str, secret: str) -> None:
    visitor.open("/track/")
    check_access(visitor)
    visitor.fill({"code": code, "secret": secret.lower().replace("-", " ")})
    visitor.press(re.compile("Tra cứu|Xem"))
    assert "Đã trả kết quả" in visitor.text
    assert "Nguyễn Thị Mây" not in visitor.text
    check_access(visitor)


def see_own_dossier(citizen: Walker, code: str) -> None:
    citizen.open("/dossiers/")
    assert code in citizen.text
    check_access(citizen)
    citizen.page.locator("main li", has_text=code).get_by_role("link").first.click()
    citizen.page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}/$"))
    assert "Đã trả kết quả" in citizen.text
    check_access(citizen)


def weekday(at: datetime) -> str:
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[at.weekday()]


def work_to_result(handler: Walker, approver: Walker, address: str, result: str) -> None:
    """The case officer works, the approver decides."""
    handler.open(address)
    handler.press(re.compile("Bắt đầu giải quyết|Giao người thụ lý"))
    check_access(handler)
    handler.press("Bắt đầu giải quyết")
    handler.press(re.compile("^Chuyển bước"))
    check_access(handler)
    handler.fill({"step": "ky_duyet"})
    handler.press(re.compile("^Chuyển"))
    approver.open(address)
    approver.press(re.compile("Ghi kết quả"))
    check_access(approver)
    approver.fill({"outcome": "granted", result: "true", "signed_number": "12/2026"})
    approver.press("Ghi kết quả")
    assert "Đã có kết quả" in approver.text
    check_access(approver, "resolved")


def test_filing_works_without_scripts(people: People) -> None:
    citizen = people("congdan2", scripts=False)
    citizen.seen = NoCheck()
    code, _secret, done = file_birth(citizen)
    citizen.open(done)
    assert code in citizen.text, "the confirmation works as a bookmark"


class NoCheck(list[str]):
    """Without scripts axe cannot run in the page: every address counts as checked."""

    def __contains__(self, item: object) -> bool:
        return True
