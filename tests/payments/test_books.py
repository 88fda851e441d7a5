"""The books of one agency and period on the screen and as a sheet; other agencies' money is not in them."""

from datetime import date

import pytest

from payments.books import Period, list_entries, list_lines, sum_accounts
from payments.choices import Account
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories.people import make_officer
from tests.payments.owed import Desk, browser_of, make_desk, make_owed

pytestmark = pytest.mark.django_db


def today() -> Period:
    return Period(clock.today(), clock.today())


def test_balances_are_those_of_the_agency_and_of_the_period(desk: Desk) -> None:
    make_owed(desk).pay()
    make_owed(desk).pay()
    make_owed(make_desk()).pay()
    actor = desk.cashier.actor

    rows = {row.account: (row.before, row.more, row.less, row.after) for row in sum_accounts(actor, today())}
    later = {row.account: row for row in sum_accounts(actor, Period(date(2100, 1, 1), date(2100, 1, 2)))}

    assert list(rows) == list(Account)
    assert rows[Account.CASH_DRAWER] == (0, 30_000, 0, 30_000)
    assert rows[Account.REVENUE_PHI] == (0, 24_000, 0, 24_000)
    assert rows[Account.BANK] == (0, 0, 0, 0)
    assert (later[Account.CASH_DRAWER].before, later[Account.CASH_DRAWER].more) == (30_000, 0)


def test_the_bookings_behind_an_account(desk: Desk) -> None:
    make_owed(desk).pay()

    found, more = list_entries(desk.cashier.actor, today(), "revenue_le_phi")

    assert ([entry.amount for entry in found], more) == ([-3_000], 0)
    assert len(list(list_lines(desk.cashier.actor, today()))) == 3
    assert list(list_lines(desk.cashier.actor, today(), "bank")) == []


def test_the_page_and_the_sheet(desk: Desk) -> None:
    receipt = make_owed(desk).pay()
    browser = browser_of(desk.cashier)

    page = browser.get("/payments/books/?account=cash_drawer").content.decode()
    answer = browser.get("/payments/books/sheet.csv")
    sheet = answer.content.decode()

    assert "15.000 đ" in page
    assert str(receipt.dossier.code) in page
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet.startswith("\ufeffThời gian,")
    assert sheet.count("\n") == 4
    assert ",-" not in sheet


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=23/11/2026&to=24/11/2026", 200),
        ("from=2026-11-23", 200),
        ("account=gold&before=x", 200),
        ("from=31/02/2026", 422),
        ("from=x", 422),
        ("from=24/11/2026&to=23/11/2026", 422),
        ("from=01/01/2020&to=01/01/2026", 422),
        ("from=٢٠٢٦-11-23", 422),
        ("from=%00&to=%27", 422),
        ("before=99999999999999999999", 200),
    ],
)
def test_what_is_typed(desk: Desk, query: str, status: int) -> None:
    answer = browser_of(desk.cashier).get(f"/payments/books/?{query}")

    assert answer.status_code == status


def test_only_desk_people_see_books(desk: Desk) -> None:
    for person in (desk.owner, make_officer(Role.SITE_ADMIN), make_officer(Role.CATALOGUE_ADMIN)):
        assert browser_of(person).get("/payments/books/").status_code == 403
        assert browser_of(person).get("/payments/books/sheet.csv").status_code == 403
