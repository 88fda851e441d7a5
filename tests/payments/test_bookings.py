"""How cash is booked: which accounts, which signs, and what is not bookable."""

from typing import Any

import pytest

from payments.accounts import Posting, book_cash_receipt
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
    postings = book_cash_receipt(lines, amount)

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
        book_cash_receipt(lines, amount)

    assert refusal.value.code == code
