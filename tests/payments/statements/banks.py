"""An account that takes transfers, files that somebody brings, and what the lines became."""

from collections.abc import Sequence
from typing import Any

from payments.models import GatewayAccount, LedgerEntry, StatementLine
from payments.services import matching, statements
from payments.services.statements import Chosen, Imported
from payments.statements.mapping import Meaning
from payments.statements.reads import find_mapping
from portal.accounts.actor import Actor
from portal.accounts.models import Agency
from portal.core import clock
from tests.payments.owed import Desk
from tests.payments.statements.files import make_csv

CHOSEN = Chosen(
    ["", Meaning.BOOKED_ON, Meaning.NUMBER, Meaning.DEBIT, Meaning.CREDIT, "", Meaning.MEMO], first_row=2
)
DETAILS = {"bank": "970436", "account": "0011001234567", "holder": "UBND XA SONG MAY"}


def make_bank(agency: Agency, **changes: Any) -> GatewayAccount:
    now = clock.now()
    wanted = {"merchant": f"970436-{agency.pk}", "details": DETAILS, **changes}
    return GatewayAccount.objects.create(
        agency=agency, gateway="vietqr", created_at=now, changed_at=now, **wanted
    )


def bring(
    account: GatewayAccount,
    actor: Actor,
    *rows: Sequence[object],
    chosen: Chosen = CHOSEN,
    name: str = "sao-ke.csv",
) -> Imported:
    """A file of these rows, imported; nothing is matched yet."""
    statement = statements.upload(account.pk, file_name=name, content=make_csv(*rows), actor=actor)
    mapping = find_mapping(account)
    seen = Chosen(chosen.meanings, chosen.first_row, chosen.order, mapping.row_version if mapping else 0)
    return statements.import_statement(statement.pk, seen, actor=actor)


def bring_and_match(account: GatewayAccount, desk: Desk, *rows: Sequence[object]) -> list[StatementLine]:
    done = bring(account, desk.cashier.actor, *rows)
    matching.match_due()
    return list(StatementLine.objects.filter(statement=done.statement).order_by("position"))


def balances() -> dict[str, int]:
    """Of every account that moved."""
    found: dict[str, int] = {}
    for account, amount in LedgerEntry.objects.values_list("account", "amount"):
        found[account] = found.get(account, 0) + amount
    return {account: amount for account, amount in found.items() if amount}
