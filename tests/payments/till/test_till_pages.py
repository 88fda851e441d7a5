"""The pages of the drawer: taking with change, counting, what comes back, and what a page costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from payments.models import CashSession, Receipt
from portal.accounts.choices import Role
from tests.factories.people import PASSWORD, make_officer, make_user
from tests.payments.owed import Desk, browser_of, make_owed
from tests.payments.till.drawers import FEE, count, take

pytestmark = pytest.mark.django_db
TILL = "/payments/till/"


@pytest.fixture
def cashier(desk: Desk) -> Client:
    return browser_of(desk.cashier)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Đã thu 15.000 đ. Biên lai số 0000001."),
        ({"method": "cash", "tendered": "15.000"}, "Biên lai số 0000001. <"),
        ({"tendered": "20 000"}, "Khách đưa 20.000 đ, trả lại 5.000 đ."),
        (
            {"method": "card", "slip": "TID 12", "tendered": "1"},
            "Đã thu 15.000 đ bằng thẻ. Biên lai số 0000001.",
        ),
    ],
)
def test_money_is_taken_and_the_change_is_said(
    desk: Desk, cashier: Client, fields: dict[str, str], words: str
) -> None:
    owed = make_owed(desk)
    cashier.post(f"/payments/{owed.fee.pk}/", {"version": owed.version, **fields})

    assert words in text(cashier.get(TILL)).replace("</", " </")
    assert Receipt.objects.get().slip == fields.get("slip", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tendered": "10.000"}, "Khách đưa còn thiếu 5.000 đ."),
        ({"tendered": "mười"}, "Ghi số tiền bằng chữ số, ví dụ 200.000."),
        ({"method": "card"}, "Ghi số trên phiếu của máy quẹt thẻ."),
        ({"method": "card", "slip": "9" * 41}, "Số phiếu dài quá 40 chữ và số."),
        ({"method": "gold"}, "error-summary"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    desk: Desk, cashier: Client, fields: dict[str, str], words: str
) -> None:
    owed = make_owed(desk)
    answer = cashier.post(
        f"/payments/{owed.fee.pk}/", {"version": owed.version, "payer_name": "Hờ A Páo", **fields}
    )

    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="Hờ A Páo"' in text(answer)
    assert not Receipt.objects.exists()


def test_a_drawer_is_opened_counted_closed_handed_in_and_printed(desk: Desk, cashier: Client) -> None:
    assert "Chưa có phiên thu nào đang mở" in text(cashier.get(TILL))
    assert "Đã mở phiên, đầu phiên có 0 đ." in text(cashier.post(f"{TILL}open/", follow=True))
    session = take(desk, 2)
    own = f"{TILL}{session.pk}/"
    assert cashier.get(f"{own}sheet.pdf").status_code == 409

    asked = cashier.get(f"{own}close/")
    assert "Ngăn kéo phải có" in text(asked)
    short = cashier.post(f"{own}close/", {"seen": 30_000, "note_10000": "2", "note_5000": "1"})
    closed = cashier.post(
        f"{own}close/",
        {"seen": 30_000, "note_10000": "2", "note_5000": "1", "remark": "Trả nhầm"},
        follow=True,
    )

    assert short.status_code == 422
    assert "Tiền mặt: thiếu 5.000 đ. Hãy đếm lại, hoặc ghi lý do." in text(short)
    assert 'name="note_10000" value="2"' in text(short)
    assert "Thiếu 5.000 đ" in text(closed)
    session.refresh_from_db()
    assert (session.counted, session.notes) == (25_000, {"10000": 2, "5000": 1})
    assert cashier.get(f"{own}close/")["Location"] == own
    wrong = cashier.post(f"{own}hand-in/", {"handed_in": "26.000", "handed_in_number": "NT-1"})
    assert (wrong.status_code, "Ngăn kéo chỉ có 25.000 đ để nộp." in text(wrong)) == (422, True)
    nothing = cashier.post(f"{own}put-right/", {"remark": ""})
    assert nothing.status_code == 422
    cashier.post(f"{own}hand-in/", {"handed_in": "25.000", "handed_in_number": "NT-1"})
    assert "xử lý xong" in text(cashier.post(f"{own}put-right/", {"remark": "Đã bù"}, follow=True))
    sheet = cashier.get(f"{own}sheet.pdf")
    assert (sheet.status_code, sheet.content[:4]) == (200, b"%PDF")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Ghi số tờ từng loại hoặc tổng tiền. Không có tiền thì ghi 0."),
        ({"note_10000": "1", "total": "15.000"}, "Đếm từng loại được 10.000 đ, khác tổng đã ghi."),
        ({"note_10000": "-1"}, "Ghi số tờ bằng chữ số, từ 0 đến 99.999."),
        ({"note_10000": "x"}, "Ghi số tờ bằng chữ số, từ 0 đến 99.999."),
        ({"total": "x"}, "Ghi số tiền bằng chữ số, ví dụ 200.000."),
        ({"total": "15.000", "handed_in": "x"}, "Ghi số tiền bằng chữ số, ví dụ 200.000."),
        ({"total": "15.000", "seen": "x"}, "error-summary"),
    ],
)
def test_what_a_count_refuses(desk: Desk, cashier: Client, fields: dict[str, str], words: str) -> None:
    session = take(desk)
    answer = cashier.post(f"{TILL}{session.pk}/close/", {"seen": FEE, **fields})

    assert answer.status_code == 422
    assert words in text(answer)
    session.refresh_from_db()
    assert session.closed_at is None


def test_money_that_came_meanwhile_keeps_the_count_and_shows_the_new_sum(desk: Desk, cashier: Client) -> None:
    session = take(desk, 2)

    answer = cashier.post(f"{TILL}{session.pk}/close/", {"seen": FEE, "note_10000": "3", "remark": "Đếm kỹ"})

    assert answer.status_code == 409
    page = text(answer)
    for part in (
        "Hãy đếm lại ngăn kéo",
        'name="seen" value="30000"',
        'name="note_10000" value="3"',
        "Đếm kỹ",
    ):
        assert part in page


def test_a_count_outlives_the_end_of_the_sign_in(desk: Desk, cashier: Client) -> None:
    session = take(desk)
    cashier.get(TILL)
    cashier.cookies.pop("sessionid")

    parked = cashier.post(f"{TILL}{session.pk}/close/", {"seen": FEE, "note_5000": "3"})
    login = {"login": desk.cashier.user.username, "password": PASSWORD}
    kept = cashier.post(parked["Location"], login, follow=True)

    assert kept.redirect_chain[-1][0] == f"{TILL}{session.pk}/close/"
    assert 'name="note_5000" value="3"' in text(kept)


def test_a_session_of_yesterday_is_asked_for_where_money_is_taken(desk: Desk, cashier: Client) -> None:
    session = take(desk)
    CashSession.objects.update(opened_at="2026-01-05T02:00:00Z")
    head = browser_of(make_officer(Role.DESK_HEAD, agency=desk.agency))

    for page in (cashier.get(TILL), cashier.get(f"/payments/{make_owed(desk).fee.pk}/")):
        assert "Phiên thu ngày 05/01/2026 chưa chốt" in text(page)
    listed = text(head.get(f"{TILL}all/"))
    assert "Có 1 phiên của ngày trước chưa chốt." in listed
    assert f"{TILL}{session.pk}/" in listed


def test_who_opens_which_page(desk: Desk, cashier: Client) -> None:
    session = count(take(desk), FEE, actor=desk.cashier.actor)
    head = browser_of(make_officer(Role.DESK_HEAD, agency=desk.agency))
    colleague = browser_of(make_officer(Role.RECEPTION, agency=desk.agency))
    citizen = browser_of(make_user())
    own = f"{TILL}{session.pk}/"

    for address, statuses in {
        TILL: (200, 302, 200, 403),
        f"{TILL}all/": (403, 200, 403, 403),
        f"{TILL}post/": (200, 200, 200, 403),
        own: (200, 200, 404, 403),
        f"{own}sheet.pdf": (200, 200, 404, 403),
    }.items():
        found = tuple(client.get(address).status_code for client in (cashier, head, colleague, citizen))
        assert found == statuses, address


def test_pages_cost_the_same_however_much_was_taken(desk: Desk, cashier: Client) -> None:
    """Session, person, memberships are three of them."""
    session = take(desk)
    head = browser_of(make_officer(Role.DESK_HEAD, agency=desk.agency))
    pages = {
        TILL: (cashier, 8),
        f"{TILL}{session.pk}/": (cashier, 8),
        f"{TILL}{session.pk}/close/": (cashier, 7),
        f"{TILL}all/": (head, 6),
        f"{TILL}post/": (cashier, 6),
    }
    first = {address: cost(client, address) for address, (client, _most) in pages.items()}
    take(desk, 2)
    second = {address: cost(client, address) for address, (client, _most) in pages.items()}

    assert second == first
    assert {address: spent for address, spent in first.items() if spent > pages[address][1]} == {}


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
