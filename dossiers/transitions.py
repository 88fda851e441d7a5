"""Steps: how one action of the state table is applied to a locked dossier.

A step needs the lock and writes nothing of the tail (numbers, events, notices): `dossiers.work` does that at
the end of the use case, so steps combine freely (receive + cash + accept, settle, bulk).
"""

from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers.choices import END_STATUSES, ActingRole, FeeMode, FeeStatus, Status
from dossiers.deadlines import PauseKind
from dossiers.effects import EFFECTS, clock, desk, processing
from dossiers.guards import GUARDS
from dossiers.models import Fee
from dossiers.precheck import find_row, illegal_transition, role_lacking
from dossiers.roles import acting_roles
from dossiers.work import Work
from dossiers.workflow import ROLES_OF_ACTION, Action, Row
from portal.accounts.actor import Actor
from portal.core.errors import RuleViolation


def apply(work: Work, command: c.Command) -> None:
    """Check right, row and guards, then write the effect and move the status.

    Raises Forbidden (role lacking), Conflict `illegal_transition` (no row from this status), RuleViolation.
    """
    row = permit(work, command.action)
    for name in row.guards:
        GUARDS[name](work, command)
    EFFECTS[command.action](work, command)
    _move(work, row)
    if isinstance(command, c.Submit):
        _request_before_fees(work, command.filing)


def permit(work: Work, action: Action) -> Row:
    """The row by which the actor may take this action now."""
    dossier, roles = work.dossier, require_role(work, action)
    return find_row(dossier, action, roles)


def require_role(work: Work, action: Action) -> frozenset[ActingRole]:
    """The actor's roles here. Raises Forbidden unless one of them is in some row of the action."""
    roles = acting_roles(work.dossier, work.actor, work.relations, action)
    if action is Action.RECEIVE:
        roles = _receiver_roles(work)
    if not roles & ROLES_OF_ACTION[action]:
        raise role_lacking()
    return roles


def _receiver_roles(work: Work) -> frozenset[ActingRole]:
    """A dossier that is just being received has no relations yet: the desk's own agency receives it."""
    relations = [(work.dossier.agency_id, "receiving")] if work.dossier.agency_id else []
    return acting_roles(work.dossier, work.actor, relations)


def _move(work: Work, row: Row) -> None:
    dossier, source = work.dossier, work.dossier.status
    target = row.target_from(dossier.resume_to)
    dossier.status = target
    if target.startswith("awaiting_"):
        _begin_wait(work, Status(source))
        return
    dossier.resume_to = dossier.answer_by = dossier.warned_at = None
    if source == Status.AWAITING_SUPPLEMENT:
        clock.close_pause(work, PauseKind.SUPPLEMENT)
    if target != Status.SUBMITTED:
        dossier.check_by = None
    elif source != Status.SUBMITTED:
        clock.set_check_by(work)
    if target in END_STATUSES:
        _end(work)


def _begin_wait(work: Work, source: Status) -> None:
    dossier = work.dossier
    dossier.resume_to, dossier.check_by = source, None
    dossier.answer_by = None if source == Status.RESOLVED else work.now + clock.ANSWER_TIME


def _end(work: Work) -> None:
    work.dossier.ended_at = work.now
    processing.end_step(work)
    work.dossier.supplement_requests.filter(closed_at=None).update(closed_at=work.now)
    if work.dossier.status != Status.RETURNED:
        desk.void_open_fees(work)


def _request_before_fees(work: Work, filing: c.PreparedFiling) -> None:
    """An open fee of mode `before` of known amount makes the filing wait for its payment at once."""
    if not any(fee.mode == FeeMode.BEFORE and fee.amount is not None for fee in filing.fees):
        return
    fees = work.dossier.fees.filter(mode=FeeMode.BEFORE, status=FeeStatus.OPEN, amount__isnull=False)
    fee = fees.first()
    if fee is not None:
        _as_system(work, c.RequestPayment(fee_id=fee.pk))


def pay_fee(work: Work, fee_id: UUID, *, payload: dict[str, str | int | None]) -> Fee:
    """Mark one fee settled, in any status but draft and ends, and settle the wait it caused.

    The money itself is booked by payments in the same transaction. Raises RuleViolation `fee_not_open`,
    Conflict `illegal_transition`.
    """
    dossier = work.dossier
    if dossier.status in END_STATUSES or dossier.status == Status.DRAFT:
        raise illegal_transition(dossier)
    fee = dossier.fees.filter(pk=fee_id, status=FeeStatus.OPEN, amount__isnull=False).first()
    if fee is None:
        message = _("Khoản này đã nộp rồi, đã được miễn, hoặc chưa xác định mức thu.")
        raise RuleViolation("fee_not_open", message, errors={"fee": [message]})
    fee.status, fee.settled_at = FeeStatus.SETTLED, work.now
    fee.save(update_fields=["status", "settled_at"])
    work.record("pay_fee", {"fee": str(fee.pk), "amount": fee.amount, **payload}, notify="dossier.paid")
    settle_wait(work)
    return fee


def settle_wait(work: Work) -> None:
    """End a wait for payment that nothing owed causes any more: what was asked for is paid or waived."""
    dossier = work.dossier
    waiting = dossier.fees.filter(status=FeeStatus.OPEN, requested_at__isnull=False).exists()
    if dossier.status == Status.AWAITING_PAYMENT and not waiting:
        _as_system(work, c.Settle())


def _as_system(work: Work, command: c.Command) -> None:
    """A row that only the system may take, as the consequence of somebody's act."""
    actor, work.actor = work.actor, Actor.system()
    try:
        apply(work, command)
    finally:
        work.actor = actor
