"""Whose money came, decided by people of the account's agency; what was decided goes back only as a refund."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.work import write_dossier
from payments.choices import LineStatus
from payments.models import StatementLine
from payments.services.line_steps import (
    already_decided,
    apply,
    decide_line,
    lock_line,
    lock_undecided,
    release,
    sign,
)
from payments.statements import reads
from payments.statements.deciding import Decision, Outcome
from portal.accounts.actor import Actor
from portal.core.errors import Forbidden, RuleViolation
from portal.core.locking import durable
from portal.core.text import clean_line

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Preview:
    """The dossier that a typed code names, and what assigning the line to it would do now."""

    dossier_id: UUID
    code: str
    decision: Decision


def preview(line: StatementLine, typed: str) -> Preview:
    """What `assign` would decide. Never locks. Raises RuleViolation under `code`."""
    if not typed.strip():
        raise _wrong_code(_("Hãy nhập mã hồ sơ."))
    found = reads.find_typed(line.account, typed)
    dossier = reads.served_by(line.account).filter(pk=found[1]).first() if found else None
    if dossier is None:
        raise _wrong_code(_("Không có hồ sơ mang mã này nộp tiền vào tài khoản này. Hãy xem lại mã."))
    decision = decide_line(dossier, line.amount)
    if decision.outcome is Outcome.ASK:
        raise _nothing_known()
    return Preview(dossier.pk, dossier.code or "", decision)


def assign(line_id: UUID, typed: str, *, actor: Actor) -> StatementLine:
    """A person says by the dossier's code whose money it is; it is settled, held or given back as by the system.

    Locks dossier, line. Raises NotFound, Forbidden, Conflict when somebody decided already, RuleViolation under
    `code`. A repeat is refused.
    """
    aim = preview(_access(actor, line_id), typed)
    with write_dossier(aim.dossier_id, actor=actor) as work:
        line = lock_undecided(line_id)
        decision = decide_line(work.dossier, line.amount)
        if decision.outcome is Outcome.ASK:
            raise _nothing_known()
        sign(line, actor)
        line.reason = ""
        apply(work, line, decision)
    return line


def ignore(line_id: UUID, reason: str, *, actor: Actor) -> StatementLine:
    """A person says that this is no fee: it leaves the queue with a reason, and may be assigned later after all.

    Locks the line. Raises NotFound, Forbidden, Conflict, RuleViolation under `reason`.
    """
    _access(actor, line_id)
    why = clean_line(reason)
    if not 0 < len(why) <= LONGEST_REASON:
        message = _("Hãy ghi lý do, tối đa 400 chữ.")
        raise RuleViolation("reason", message, errors={"reason": [message]})
    with durable():
        line = lock_line(line_id, (LineStatus.QUEUED,))
        if line is None:
            raise already_decided(line_id)
        line.status, line.reason = LineStatus.IGNORED, why
        sign(line, actor)
        line.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    return line


def give_back(line_id: UUID, *, actor: Actor) -> StatementLine:
    """Money held for a fee is held no longer: its refund is suggested, for two people to decide.

    Locks dossier, line. Raises NotFound, Forbidden, Conflict when it is held no more.
    """
    seen = _access(actor, line_id)
    if seen.fee is None:
        raise already_decided(line_id)
    with write_dossier(seen.fee.dossier_id, actor=actor) as work:
        line = lock_line(line_id, (LineStatus.PARTIAL,))
        if line is None:
            raise already_decided(line_id)
        sign(line, actor)
        release(work, line)
    return line


def _access(actor: Actor, line_id: UUID) -> StatementLine:
    line = reads.access_line(actor, line_id)
    if actor.is_read_only:
        raise Forbidden
    return line


def _wrong_code(message: str) -> RuleViolation:
    return RuleViolation("code", message, errors={"code": [message]})


def _nothing_known() -> RuleViolation:
    return _wrong_code(_("Hồ sơ này chưa có khoản nào biết số tiền. Hãy xác định mức thu trước."))
