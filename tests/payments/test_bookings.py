"""How cash is booked: which accounts, which signs, and what is not bookable."""

from typing import Any

import pytest

from payments.accounts import (
    Posting,
    book_drawer_difference,
    book_handed_over,
    book_made_good,
    book_missing,
    book_receipt,
    book_refund_decided,
    book_refund_paid,
    book_surplus,
)
from payments.choices import Account
from portal.core.errors import RuleViolation

Line = dict[str, Any]
DRAWER, PHI_ACCOUNT, LE_PHI_ACCOUNT = Account.CASH_DRAWER, Account.REVENUE_PHI, Account.REVENUE_LE_PHI


def phi(amount: int | None) -> Line:
    return {"kind": "phi", "label": "Phí", "amount": amount}


def le_phi(amount: int | None) -> Line:
    return {"kind": "le_phi", "label": "Lệ phí", "amount": amount}


@pytest.mark.parametrize(
    ("lines", "amount", "legs"),
    [
        ([phi(8_000)], 8_000, {DRAWER: 8_000, PHI_ACCOUNT: -8_000}),
        ([le_phi(3_000)], 3_000, {DRAWER: 3_000, LE_PHI_ACCOUNT: -3_000}),
        (
            [phi(12_000), le_phi(3_000)],
            15_000,
            {DRAWER: 15_000, PHI_ACCOUNT: -12_000, LE_PHI_ACCOUNT: -3_000},
        ),
        ([phi(1_000), le_phi(0), phi(2_000)], 3_000, {DRAWER: 3_000, PHI_ACCOUNT: -3_000}),
        ([phi(1_000), le_phi(None)], 1_000, {DRAWER: 1_000, PHI_ACCOUNT: -1_000}),
    ],
)
def test_the_till_is_debited_and_revenue_credited_by_kind(
    lines: list[Line], amount: int, legs: dict[Account, int]
) -> None:
    postings = book_receipt(DRAWER, lines, amount)

    assert postings == tuple(Posting(account, leg) for account, leg in legs.items())
    assert sum(posting.amount for posting in postings) == 0
    assert all(posting.amount for posting in postings)


@pytest.mark.parametrize(
    ("lines", "amount", "code"),
    [
        ([phi(8_000)], 9_000, "fee_lines_differ"),
        ([], 9_000, "fee_lines_differ"),
        ([{"kind": "gift", "amount": 9_000}], 9_000, "fee_lines_differ"),
        ([phi(0)], 0, "nothing_to_pay"),
    ],
)
def test_what_does_not_add_up_is_not_booked(lines: list[Line], amount: int, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        book_receipt(DRAWER, lines, amount)

    assert refusal.value.code == code


BANK, CLEARING, OWED, MISSING = Account.BANK, Account.GATEWAY_CLEARING, Account.REFUND, Account.RECEIVABLE
MIXED = [phi(12_000), le_phi(3_000)]


@pytest.mark.parametrize(
    ("postings", "legs"),
    [
        (
            book_receipt(CLEARING, MIXED, 15_000),
            {CLEARING: 15_000, PHI_ACCOUNT: -12_000, LE_PHI_ACCOUNT: -3_000},
        ),
        (
            book_receipt(BANK, MIXED, 15_000, held=5_000),
            {BANK: 10_000, OWED: 5_000, PHI_ACCOUNT: -12_000, LE_PHI_ACCOUNT: -3_000},
        ),
        (book_receipt(BANK, [phi(15_000)], 15_000, held=15_000), {OWED: 15_000, PHI_ACCOUNT: -15_000}),
        (book_surplus(CLEARING, 9_000), {CLEARING: 9_000, OWED: -9_000}),
        (book_handed_over(DRAWER, 9_000), {BANK: 9_000, DRAWER: -9_000}),
        (book_missing(CLEARING, 9_000), {MISSING: 9_000, CLEARING: -9_000}),
        (book_made_good(BANK, 9_000), {BANK: 9_000, MISSING: -9_000}),
        (book_drawer_difference(-500), {MISSING: 500, DRAWER: -500}),
        (book_drawer_difference(500), {DRAWER: 500, OWED: -500}),
        (book_refund_decided(MIXED, 15_000), {PHI_ACCOUNT: 12_000, LE_PHI_ACCOUNT: 3_000, OWED: -15_000}),
        (book_refund_decided(MIXED, 5_000), {PHI_ACCOUNT: 4_000, LE_PHI_ACCOUNT: 1_000, OWED: -5_000}),
        (book_refund_decided([le_phi(3_000)], 1), {LE_PHI_ACCOUNT: 1, OWED: -1}),
        (book_refund_decided(None, 9_000), {}),
        (book_refund_paid(CLEARING, 9_000), {OWED: 9_000, CLEARING: -9_000}),
    ],
)
def test_every_act_by_its_accounts(postings: tuple[Posting, ...], legs: dict[Account, int]) -> None:
    assert postings == tuple(Posting(account, leg) for account, leg in legs.items())
    assert sum(posting.amount for posting in postings) == 0


@pytest.mark.parametrize("parts", [(1, 14_999), (7_500, 7_500), (1,) * 10 + (14_990,), (4_999, 5_001, 5_000)])
def test_parts_that_make_up_the_whole_take_exactly_what_was_earned(parts: tuple[int, ...]) -> None:
    taken: dict[Account, int] = {}
    before = 0
    for part in parts:
        for posting in book_refund_decided(MIXED, part, before=before):
            taken[posting.account] = taken.get(posting.account, 0) + posting.amount
            assert posting.amount > 0 or posting.account == OWED
        before += part

    assert taken == {PHI_ACCOUNT: 12_000, LE_PHI_ACCOUNT: 3_000, OWED: -15_000}


@pytest.mark.parametrize(
    "act",
    [
        lambda: book_surplus(BANK, 0),
        lambda: book_refund_paid(BANK, -1),
        lambda: book_drawer_difference(0),
        lambda: book_receipt(BANK, MIXED, 15_000, held=15_001),
        lambda: book_receipt(BANK, MIXED, 15_000, held=-1),
        lambda: book_refund_decided(MIXED, 15_001),
        lambda: book_refund_decided(MIXED, 0),
        lambda: book_refund_decided(MIXED, 5_001, before=10_000),
        lambda: book_refund_decided(MIXED, 5, before=-1),
    ],
)
def test_a_mistake_of_ours_is_not_booked(act: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        act()
