"""A gateway's transfer to the bank: booked once, never more than it holds, by who decides."""

from functools import partial

import pytest

from payments.choices import Method
from payments.integrity_money import check_accounts
from payments.models import LedgerEntry
from payments.services.clearing import find_held, note_handed_over
from portal.accounts.choices import Role
from portal.core.errors import Conflict, Forbidden, RuleViolation
from tests.core.races import race
from tests.factories.people import Officer, make_officer
from tests.payments.owed import Desk, browser_of, make_desk, make_owed

PATH = "/payments/books/handed-over/"


def make_held(desk: Desk) -> Officer:
    """15.000 đ by card; returns the head of the desk."""
    make_owed(desk).pay(method=Method.CARD, slip="000123")
    return make_officer(Role.DESK_HEAD, agency=desk.agency)


@pytest.mark.django_db
def test_what_came_to_the_bank_is_held_no_more(desk: Desk) -> None:
    head = make_held(desk)

    assert note_handed_over("FT26001", 9_000, actor=head.actor) == 6_000

    assert find_held(desk.agency.pk) == 6_000
    booked = LedgerEntry.objects.filter(note="FT26001").values_list("account", "amount")
    assert dict(booked) == {"bank": 9_000, "gateway_clearing": -9_000}
    assert list(check_accounts()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "amount", "fields"),
    [
        ("", 5_000, {"number"}),
        ("x" * 65, 5_000, {"number"}),
        ("FT1", None, {"amount"}),
        ("FT1", 0, {"amount"}),
        ("FT1", 15_001, {"amount"}),
        ("", None, {"number", "amount"}),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, number: str, amount: int | None, fields: set[str]) -> None:
    head = make_held(desk)

    with pytest.raises(RuleViolation) as refusal:
        note_handed_over(number, amount, actor=head.actor)

    assert set(refusal.value.errors) == fields
    assert find_held(desk.agency.pk) == 15_000


@pytest.mark.django_db
def test_only_who_decides_and_only_of_the_own_agency(desk: Desk) -> None:
    make_held(desk)
    stranger = make_officer(Role.LEADER, agency=make_desk().agency)

    with pytest.raises(Forbidden):
        note_handed_over("FT1", 5_000, actor=desk.cashier.actor)
    with pytest.raises(RuleViolation):
        note_handed_over("FT1", 5_000, actor=stranger.actor)
    assert browser_of(desk.cashier).post(PATH, {"number": "FT1", "amount": "5000"}).status_code == 403


@pytest.mark.django_db
def test_the_page_keeps_what_was_typed_and_says_what_is_left(desk: Desk) -> None:
    head = browser_of(make_held(desk))

    refused = head.post(PATH, {"number": "FT26001", "amount": "20.000"})
    page = head.post(PATH, {"number": "FT26001", "amount": "5.000"}, follow=True).content.decode()
    again = head.post(PATH, {"number": "FT26001", "amount": "5.000"})

    assert refused.status_code == again.status_code == 422
    assert "Cổng đang giữ 15.000 đ" in refused.content.decode()
    assert 'value="FT26001"' in refused.content.decode()
    assert "Cổng còn giữ 10.000 đ." in page
    assert "Chứng từ số này đã ghi rồi" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_transfer_noted_by_two_is_booked_once() -> None:
    desk = make_desk()
    heads = [make_held(desk), make_officer(Role.LEADER, agency=desk.agency)]

    outcomes = race([partial(note_handed_over, "FT1", 5_000, actor=head.actor) for head in heads])

    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [Conflict]
    assert find_held(desk.agency.pk) == 10_000
