"""The books: which accounts money moves between, and how each act is booked.

Double entry in whole đồng. A debit is positive, a credit negative, and the entries of one transaction sum to
zero; the database refuses a commit that breaks this. Entries are never changed: what was wrong is booked back
by a new transaction with the opposite signs.

**Booked when paid, not when owed.** What is owed stands in `dossiers.Fee` and nowhere else: open, settled,
waived or void. A claim (receivable) in the ledger would be a second copy of it, written by the filing and by
every change of the fee, and it could disagree. So there is no such account: the ledger tells where money is,
the fee tells what is due, and `check_integrity` holds them together (settled amount = receipt = revenue).

**Money is an asset, told by place:** cash_drawer (the till of an agency), bank, gateway_clearing (a gateway
holds it for us), post_clearing (the post collected it). **Revenue is told by kind**, because the law treats
them apart: phí may partly stay with the agency that serves, lệ phí goes to the budget whole (Law on fees and
charges 97/2015/QH13, Art. 12 and 13). **refund** is money we hold and owe back.

| act | debit | credit |
|---|---|---|
| cash over the counter (`book_cash_receipt`) | cash_drawer | revenue_phi, revenue_le_phi by line |
| a gateway says "paid" | gateway_clearing | revenue_phi, revenue_le_phi by line |
| the gateway, or the post, hands over | bank | gateway_clearing, post_clearing |
| the post collected on delivery | post_clearing | revenue_phi, revenue_le_phi by line |
| the till is brought to the bank or treasury | bank | cash_drawer |
| money arrives for a fee that is void or paid already | where it is | refund |
| a refund is decided | revenue_phi, revenue_le_phi | refund |
| the refund is paid out | refund | where it comes from |

Today the first act exists. Each later one is a new function here and a new `BookingKind`; no entry already
written has to be read differently. Reconciliation compares the balance of a clearing account with the
statement of whoever holds the money, transaction by transaction. Every entry names the agency whose till or
account moved; which agency earned the fee follows from the dossier, so agencies can settle among themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from payments.choices import Account
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json
from procedures.choices import FeeKind

REVENUE_OF_KIND: Mapping[str, Account] = {
    FeeKind.PHI: Account.REVENUE_PHI,
    FeeKind.LE_PHI: Account.REVENUE_LE_PHI,
}


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg of a transaction: an account, and đồng (debit positive, credit negative, never 0)."""

    account: Account
    amount: int


def book_cash_receipt(lines: Iterable[Mapping[str, Json]], amount: int) -> tuple[Posting, ...]:
    """Cash for one fee: the till is debited, revenue credited by the kind of each line.

    `lines` are those of the fee, `amount` its total in đồng. Raises RuleViolation `fee_lines_differ` when
    they do not add up, `nothing_to_pay` when there is nothing to take.
    """
    if amount <= 0:
        raise RuleViolation("nothing_to_pay", _("Khoản này không phải nộp tiền."))
    earned = _revenue_by_account(lines)
    if sum(earned.values()) != amount:
        message = _("Các dòng của khoản này cộng lại không bằng số phải thu. Hãy báo người quản trị.")
        raise RuleViolation("fee_lines_differ", message)
    credits_ = (Posting(account, -earned[account]) for account in REVENUE_OF_KIND.values() if earned[account])
    return Posting(Account.CASH_DRAWER, amount), *credits_


def _revenue_by_account(lines: Iterable[Mapping[str, Json]]) -> Counter[Account]:
    earned: Counter[Account] = Counter()
    for line in lines:
        part = line.get("amount")
        account = REVENUE_OF_KIND.get(str(line.get("kind")))
        if account is not None and isinstance(part, int):
            earned[account] += part
    return earned
