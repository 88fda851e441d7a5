"""What the pages about money show in the access matrix: a refund that was suggested, a difference that is open."""

from uuid import UUID

from dossiers.work import write_dossier
from payments.choices import DifferenceKind
from payments.models import Receipt, StatementLine
from payments.services import matching
from payments.services.differing import open_difference
from payments.services.refunding import suggest
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.locking import durable
from tests.factories.people import Officer
from tests.payments.statements.banks import bring, make_bank
from tests.payments.statements.files import credit


def make_refund(receipt: Receipt) -> UUID:
    """Money of this receipt that should go back."""
    with write_dossier(receipt.dossier_id, actor=Actor.system()) as work:
        return suggest(work, receipt=receipt, amount=receipt.amount, cause="mistake").pk


def make_difference(agency_id: int) -> UUID:
    """A payment that a gateway has and we have not."""
    with durable():
        return open_difference(
            DifferenceKind.MISSING_HERE,
            agency_id=agency_id,
            source="vnpay",
            reference="MC1",
            theirs=15_000,
            day=clock.today(),
        ).pk


def make_statement(officer: Officer) -> dict[str, object]:
    """A bank's file that was imported, and its one line that waits for a person."""
    account = make_bank(officer.agency)
    statement = bring(account, officer.actor, credit(1, 9_000, "khong ro")).statement
    matching.match_due()
    return {"statement_id": statement.pk, "line_id": StatementLine.objects.get(statement=statement).pk}
