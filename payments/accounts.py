"""The books: which accounts money moves between, and how each act is booked.

Double entry in whole đồng. A debit is positive, a credit negative, and the entries of one transaction sum to
zero; the database refuses a commit that breaks this. Entries are never changed: what was wrong is booked back
by a new transaction with the opposite signs.

**Booked when paid, not when owed** (docs/adr/0010). What is owed stands in `dossiers.Fee` and nowhere else.
A claim on a citizen in the ledger would be a second copy of it that could disagree. The ledger tells where money
is, the fee tells what is due, and `check_integrity` holds them together (settled amount = receipt = revenue).

**Money is an asset, told by place:** cash_drawer (the till of an agency), bank, gateway_clearing (a gateway
holds it for us), post_clearing (the post collected it). **receivable** is money that should be in one of these
places and is not: a till short of cash, a partner who did not hand over; never what a citizen owes. **Revenue is
told by kind**, because the law treats them apart: phí may partly stay with the agency that serves, lệ phí goes to
the budget whole (Law on fees and charges 97/2015/QH13, Art. 12 and 13). **refund** is money we hold and owe back.

| act | function | debit | credit |
|---|---|---|---|
| money for a fee arrives | `book_receipt` | where it is | revenue_phi, revenue_le_phi by line |
| money held before completes a fee | `book_receipt`, `held` | where it is, refund (held) | revenue by line |
| money arrives that no open fee waits for | `book_surplus` | where it is | refund |
| gateway or post hands over; the till is brought to the bank | `book_handed_over` | bank | where it was |
| who should hand over did not | `book_missing` | receivable | where it was |
| what was missing comes after all | `book_made_good` | where it is | receivable |
| a till counted short; counted over | `book_drawer_difference` | receivable; cash_drawer | cash_drawer; refund |
| a refund of a receipt is decided | `book_refund_decided` | revenue by line | refund |
| a refund of a surplus is decided | `book_refund_decided(None, …)` | nothing: it is owed back already | |
| a refund is paid out | `book_refund_paid` | refund | where it comes from |

Reconciliation compares the balance of a clearing account with the statement of whoever holds the money,
transaction by transaction. Every entry names the agency whose till or account moved; which agency earned the fee
follows from the dossier, so agencies can settle among themselves.
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
PLACES = (Account.CASH_DRAWER, Account.BANK, Account.GATEWAY_CLEARING, Account.POST_CLEARING)
"""Where money can be."""

Lines = Iterable[Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg of a transaction: an account, and đồng (debit positive, credit negative, never 0)."""

    account: Account
    amount: int


def book_receipt(account: Account, lines: Lines, amount: int, *, held: int = 0) -> tuple[Posting, ...]:
    """Money for one fee: the place it came to is debited, revenue credited by the kind of each line.

    `lines` are those of the fee, `amount` its total in đồng, `held` what came before and was kept for it
    (0 to `amount`). Raises RuleViolation `fee_lines_differ` when the lines do not add up, `nothing_to_pay` when
    there is nothing to take; ValueError for a `held` out of range.
    """
    if amount <= 0:
        raise RuleViolation("nothing_to_pay", _("Khoản này không phải nộp tiền."))
    if not 0 <= held <= amount:
        raise ValueError("what is held lies between nothing and the whole")
    earned = _revenue_by_account(lines)
    if sum(earned.values()) != amount:
        message = _("Các dòng của khoản này cộng lại không bằng số phải thu. Hãy báo người quản trị.")
        raise RuleViolation("fee_lines_differ", message)
    debits = _legs((account, amount - held), (Account.REFUND, held))
    return debits + _legs(*((name, -earned[name]) for name in REVENUE_OF_KIND.values()))


def book_surplus(account: Account, amount: int) -> tuple[Posting, ...]:
    """Money that no open fee waits for: owed back from the moment it is here."""
    return _move(account, Account.REFUND, amount)


def book_handed_over(from_account: Account, amount: int) -> tuple[Posting, ...]:
    """A gateway, the post or a cashier brings money to the bank or the treasury."""
    return _move(Account.BANK, from_account, amount)


def book_missing(from_account: Account, amount: int) -> tuple[Posting, ...]:
    """Who held the money says he does not have it: from now on he owes it."""
    return _move(Account.RECEIVABLE, from_account, amount)


def book_made_good(account: Account, amount: int) -> tuple[Posting, ...]:
    """Money that was missing came after all, to this account."""
    return _move(account, Account.RECEIVABLE, amount)


def book_drawer_difference(difference: int) -> tuple[Posting, ...]:
    """Counted minus expected, in đồng: what is missing is receivable, what is too much is owed back."""
    if difference < 0:
        return book_missing(Account.CASH_DRAWER, -difference)
    return book_surplus(Account.CASH_DRAWER, difference)


def book_refund_decided(lines: Lines | None, amount: int, *, before: int = 0) -> tuple[Posting, ...]:
    """Revenue becomes owed back. `lines` None: a surplus, owed back already, nothing moves.

    A part takes from phí and lệ phí in their proportion; `before` is what was decided of the same receipt earlier,
    so that parts that make up the whole take exactly what was earned. Raises ValueError beyond the whole.
    """
    if lines is None:
        return ()
    earned = _revenue_by_account(lines)
    whole = sum(earned.values())
    if not 0 <= before < before + amount <= whole:
        raise ValueError("a refund lies within what was earned")
    taken = {
        name: part - earlier
        for (name, part), earlier in zip(
            _share(earned, before + amount, whole).items(),
            _share(earned, before, whole).values(),
            strict=True,
        )
    }
    return (*_legs(*taken.items()), Posting(Account.REFUND, -amount))


def book_refund_paid(account: Account, amount: int) -> tuple[Posting, ...]:
    """What was owed back has left from this place."""
    return _move(Account.REFUND, account, amount)


def _move(debit: Account, credit: Account, amount: int) -> tuple[Posting, ...]:
    if amount <= 0:
        raise ValueError("money that moves is more than nothing")
    return Posting(debit, amount), Posting(credit, -amount)


def _legs(*pairs: tuple[Account, int]) -> tuple[Posting, ...]:
    return tuple(Posting(account, amount) for account, amount in pairs if amount)


def _share(earned: Counter[Account], amount: int, whole: int) -> dict[Account, int]:
    """`amount` split as phí and lệ phí were earned: phí rounded down, lệ phí the rest; both only grow with it."""
    phi = amount * earned[Account.REVENUE_PHI] // whole
    return {Account.REVENUE_PHI: phi, Account.REVENUE_LE_PHI: amount - phi}


def _revenue_by_account(lines: Lines) -> Counter[Account]:
    earned: Counter[Account] = Counter()
    for line in lines:
        part = line.get("amount")
        account = REVENUE_OF_KIND.get(str(line.get("kind")))
        if account is not None and isinstance(part, int):
            earned[account] += part
    return earned
