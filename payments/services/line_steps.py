"""Steps on one line of a bank statement, under the dossier's lock and then the line's."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.choices import FeeStatus
from payments.accounts import book_surplus
from payments.choices import Account, BookingKind, LineStatus, Method, RefundCause
from payments.models import StatementLine
from payments.notices import SURPLUS
from payments.services import refunding
from payments.services.booking import book
from payments.statements import reads
from payments.statements.deciding import Decision, OpenFee, Outcome, decide
from payments.statements.notices import PART
from payments.steps import keep_surplus, receive_money
from portal.core import clock, ids
from portal.core.errors import Conflict
from portal.core.jsontypes import JsonObject
from portal.core.locking import lock_rows

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from dossiers.work import Work
    from portal.accounts.actor import Actor

UNDECIDED = (LineStatus.QUEUED, LineStatus.IGNORED)


def lock_line(line_id: UUID, statuses: Collection[str]) -> StatementLine | None:
    """The line under lock, with account and fee; None when it is in none of these statuses any more."""
    rows = lock_rows(
        StatementLine.objects.select_related("account__agency", "fee")
        .defer("account__secrets")
        .filter(pk=line_id, status__in=statuses)
    )
    return rows[0] if rows else None


def lock_undecided(line_id: UUID) -> StatementLine:
    """A line that a person may decide about. Raises Conflict, naming who did."""
    line = lock_line(line_id, UNDECIDED)
    if line is None:
        raise already_decided(line_id)
    return line


def already_decided(line_id: UUID) -> Conflict:
    """The refusal that says what became of the line meanwhile."""
    line = StatementLine.objects.select_related("decided_by__user").get(pk=line_id)
    who = line.decided_by.user.full_name if line.decided_by else _("hệ thống")
    message = _("Khoản tiền này đã được %(who)s xử lý: %(status)s.")
    return Conflict("conflict", message % {"who": who, "status": line.get_status_display()})


def decide_line(dossier: Dossier, amount: int, *, is_sure: bool = True) -> Decision:
    """What money of this amount is for, as the dossier stands now.

    A dossier without any fee, or whose fee is not known yet, is for a person to look at.
    """
    decision = decide(amount, reads.list_open_fees(dossier), is_sure=is_sure)
    if decision.outcome is not Outcome.GIVE_BACK:
        return decision
    is_unknown = dossier.fees.filter(status=FeeStatus.OPEN, amount=None).exists()
    is_for_nobody = not is_unknown and reads.find_fee_for_surplus(dossier) is not None
    return decision if is_for_nobody else Decision(Outcome.ASK)


def apply(work: Work, line: StatementLine, decision: Decision) -> None:
    """Step: write what was decided. The line is locked, its dossier too."""
    if decision.outcome is Outcome.ASK:
        line.status = LineStatus.QUEUED
    elif decision.outcome is Outcome.HOLD:
        _hold(work, line, decision.fees[0])
    elif decision.outcome is Outcome.GIVE_BACK:
        _give_back(work, line)
    else:
        _settle(work, line, decision)
    line.save()


def sign(line: StatementLine, actor: Actor) -> None:
    """Who decided, and when."""
    line.decided_by_id, line.decided_at = actor.membership_id, clock.now()


def release(work: Work, line: StatementLine) -> None:
    """Step: money that was held for a fee is held no longer; its refund is suggested. It was booked as owed back
    when it came."""
    refunding.suggest(work, line=line, amount=line.kept, cause=RefundCause.SURPLUS, fee_id=line.fee_id)
    line.status = LineStatus.SURPLUS
    line.save(update_fields=["status", "decided_by", "decided_at"])
    work.record("keep_surplus", {"fee": str(line.fee_id), "amount": line.kept}, notify=SURPLUS)


def _settle(work: Work, line: StatementLine, decision: Decision) -> None:
    """Each fee is settled whole; what came for it before is taken from what is held."""
    receipts = []
    for fee in decision.fees:
        earlier = lock_rows(StatementLine.objects.filter(fee=fee.id, status=LineStatus.PARTIAL))
        for part in earlier:
            part.status, part.kept = LineStatus.MATCHED, 0
            part.save(update_fields=["status", "kept"])
        receipts.append(
            receive_money(
                work, fee.id, method=Method.TRANSFER, account=Account.BANK, line=line, held=fee.held
            )
        )
    line.status, line.kept = LineStatus.MATCHED, decision.rest
    line.fee_id, line.transaction = decision.fees[0].id, receipts[0].transaction
    if decision.rest:
        line.save()
        _keep(work, line, receipts[0].fee, decision.rest)


def _hold(work: Work, line: StatementLine, fee: OpenFee) -> None:
    line.status, line.kept = LineStatus.PARTIAL, line.amount
    line.fee_id, line.transaction = fee.id, ids.uuid7()
    book(
        line.transaction,
        BookingKind.SURPLUS,
        book_surplus(Account.BANK, line.amount),
        agency_id=line.account.agency_id,
        at=work.now,
        dossier_id=work.dossier.pk,
        fee_id=fee.id,
        line_id=line.pk,
        membership_id=work.actor.membership_id,
    )
    payload: JsonObject = {"fee": str(fee.id), "amount": line.amount, "lacking": fee.lacking - line.amount}
    work.record("hold_part", payload, notify=PART)


def _give_back(work: Work, line: StatementLine) -> None:
    fee = reads.find_fee_for_surplus(work.dossier)
    if fee is None:
        raise ValueError("money goes back for a fee")
    line.status, line.kept, line.fee = LineStatus.SURPLUS, line.amount, fee
    line.save()
    line.transaction = _keep(work, line, fee, line.amount)


def _keep(work: Work, line: StatementLine, fee: Fee, amount: int) -> UUID:
    return keep_surplus(
        work, fee, amount=amount, account=Account.BANK, agency_id=line.account.agency_id, line=line
    )
