"""The form builder in a browser: three pages, a condition and a group by keyboard alone, then tried as a citizen."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from procedures import services
from procedures.formschema.schema import parse_form
from procedures.models import ProcedureDraft
from tests.factories.catalogue import import_catalogue, make_catalogue_admin
from tests.factories.people import Officer
from tests.looking import SCREENS, WIDTHS, find_faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW, BIRTH = "1.909077", "1.001193"
MOST_STEPS = 60


@pytest.fixture
def lawyer(page: Page, live_server: LiveServer) -> Officer:
    """A catalogue admin signed in, with a procedure that has no form yet."""
    admin = make_catalogue_admin()
    services.start_new(admin.actor, NEW, name="Cấp giấy thử bằng bàn phím")
    sign_in(page, live_server.url, admin.user, f"/catalogue/{NEW}/form/")
    return admin


class Keys:
    """Both hands on the keyboard: keys, texts, and what has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def shortcut(self, key: str, leads_to: str) -> None:
        """One letter, as desk.js takes it, until the control it leads to has the focus."""
        self.press(key)
        expect(self.page.locator(f"#{leads_to}")).to_be_focused()

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, selector: str) -> None:
        for _step in range(MOST_STEPS):
            self.press("Tab")
            if self.page.evaluate("(css) => document.activeElement.matches(css)", selector):
                return
        pytest.fail(f"Tab never reached {selector}")

    def choose_kind(self, kind: str) -> None:
        """Arrow keys through the kinds of questions."""
        self.tab_to("[name=type]")
        for _step in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.value") == kind:
                return
            self.press("ArrowDown")
        pytest.fail(f"no kind {kind}")

    def pick(self, selector: str, label: str) -> None:
        """A select, by typing what its option is called."""
        self.tab_to(selector)
        self.write(label)

    def save(self, line: str) -> None:
        """Ctrl+Enter; the focus comes back to the list."""
        self.press("Control+Enter")
        expect(self.page.locator(f"#o-{line}")).to_be_focused()


def add_page(keys: Keys, title: str, label: str, kind: str, line: str) -> None:
    keys.shortcut("p", "b-title")
    keys.write(title)
    keys.press("Tab")
    keys.write(label)
    keys.choose_kind(kind)
    keys.save(line)


def build_three_pages(keys: Keys) -> None:
    add_page(keys, "Người nộp", "Họ và tên", "person_name", "page-nguoi_nop")
    keys.shortcut("n", "b-label")
    keys.write("Bạn có thuê nhà không?")
    keys.choose_kind("boolean")
    keys.save("field-ban_co_thue_nha_khong")
    keys.shortcut("n", "b-label")
    keys.write("Tên chủ nhà")
    keys.choose_kind("person_name")
    keys.pick("#b-if-0-field", "Bạn có thuê")
    keys.press("Tab")
    expect(keys.page.locator("#b-if-0-value")).to_be_visible()
    keys.pick("#b-if-0-value", "Có")
    keys.save("field-ten_chu_nha")
    add_page(keys, "Thành viên hộ", "Hộ có mấy người?", "integer", "page-thanh_vien_ho")
    keys.shortcut("n", "b-label")
    keys.write("Thành viên")
    keys.choose_kind("group")
    keys.save("field-thanh_vien")
    keys.shortcut("g", "b-label")
    keys.write("Sinh ngày")
    keys.choose_kind("partial_date")
    keys.save("field-thanh_vien-sinh_ngay")
    add_page(keys, "Cam đoan", "Tôi cam đoan lời khai là đúng.", "declaration", "page-cam_doan")


def test_three_pages_with_a_condition_and_a_group_by_keyboard_alone(page: Page, lawyer: Officer) -> None:
    keys = Keys(page)
    build_three_pages(keys)
    draft = ProcedureDraft.objects.get(code=NEW)
    form = parse_form(draft.content["form"])
    assert [part.key for part in form.pages] == ["nguoi_nop", "thanh_vien_ho", "cam_doan"]
    assert form.by_key["ten_chu_nha"].visible_if is not None
    assert [column.type for column in form.by_key["thanh_vien"].fields] == ["person_name", "partial_date"]
    reorder(keys)
    fill_in(keys)
    assert ProcedureDraft.objects.get(code=NEW).content == draft.content


def reorder(keys: Keys) -> None:
    """Down, copied, undone, and undone again: the form is as it was."""
    page = keys.page
    keys.press("k")
    expect(page.locator("#o-field-thanh_vien-sinh_ngay")).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(page.locator("#o-field-thanh_vien-sinh_ngay")).to_be_focused()
    assert (
        page.locator("[data-spot^='field:thanh_vien.']").first.get_attribute("data-spot")
        == "field:thanh_vien.sinh_ngay"
    )
    keys.press("d")
    expect(page.locator("#o-field-thanh_vien-sinh_ngay_2")).to_be_focused()
    keys.press("Delete")
    expect(page.locator("[data-spot='field:thanh_vien.sinh_ngay_2']")).to_have_count(0)
    for _step in range(3):
        with page.expect_navigation():
            keys.press("Control+z")


def fill_in(keys: Keys) -> None:
    """The whole form as a citizen, still without a mouse; nothing is stored."""
    page = keys.page
    keys.press("v")
    page.wait_for_url("**/form/preview/")
    keys.tab_to("[name=ho_va_ten]")
    keys.write("Nguyễn Thị Mây")
    keys.tab_to("[name=ban_co_thue_nha_khong]")
    expect(page.locator("[name=ten_chu_nha]")).to_be_hidden()
    keys.press("Space")
    expect(page.locator("[name=ten_chu_nha]")).to_be_visible()
    keys.tab_to("[name=ten_chu_nha]")
    keys.write("Trần Văn Nhà")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Thành viên hộ")
    keys.tab_to("[name=ho_co_may_nguoi]")
    keys.write("1")
    keys.tab_to("[name=group-thanh_vien-add]")
    with page.expect_navigation():
        keys.press("Enter")
    keys.tab_to("[name=thanh_vien-0-ho_va_ten_2]")
    keys.write("Lê Thị Con")
    keys.tab_to("[name=thanh_vien-0-sinh_ngay]")
    keys.write("1990")
    with page.expect_navigation():
        keys.press("Enter")
    keys.tab_to("[name=toi_cam_doan_loi_khai_la_dung]")
    keys.press("Space", "Enter")
    expect(page.locator("h1")).to_have_text("Hết mẫu")
    for text in ("Nguyễn Thị Mây", "Trần Văn Nhà", "Lê Thị Con", "Đã cam đoan"):
        expect(page.locator("main")).to_contain_text(text)


def test_every_page_is_readable_and_accessible(page: Page, live_server: LiveServer, lawyer: Officer) -> None:
    import_catalogue(BIRTH)
    services.load_shipped_blocks()
    address, faults = f"{live_server.url}/catalogue/{BIRTH}/form/", []
    wanted = ["?at=field:birth_facility", "?at=party:0"]
    if SCREENS:
        wanted += [
            "",
            "?at=page:mother",
            "?at=check:0",
            "?new=insert&at=page:child",
            "?new=keep&at=page:child",
        ]
        wanted += ["preview/?page=child", "../../blocks/"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for query in wanted:
            page.goto(address + query)
            name = query.strip("?./").replace("/", "-").split("&")[0] or "home"
            faults.append(find_faults(page, f"builder-{name}-{width}"))
    assert list(filter(None, faults)) == []


def test_the_telephone_follows_what_is_typed(page: Page, live_server: LiveServer, lawyer: Officer) -> None:
    import_catalogue(BIRTH)
    page.goto(f"{live_server.url}/catalogue/{BIRTH}/form/?at=field:birth_facility#b-label")
    telephone = page.locator("#b-pane")
    expect(telephone.locator("[name=birth_facility]")).to_be_hidden()
    page.keyboard.press("Control+a")
    page.keyboard.type("Bệnh viện nào?")
    expect(telephone).to_contain_text("Bệnh viện nào?")
    telephone.locator("[name=birth_place_kind][value=co_so_y_te]").check()
    expect(telephone.locator("[name=birth_facility]")).to_be_visible()
    assert not ProcedureDraft.objects.filter(code=BIRTH).exists()
