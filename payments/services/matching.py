"""Whose money came, decided by the system: lines of statements become receipts, held money, or money to give back.

A line is `waiting` from its import until it was looked at, so a process that dies leaves the rest to the next run.
Each line is one transaction under the dossier's lock, then the line's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

import structlog
from django.db import DatabaseError

from dossiers.choices import FeeStatus
from dossiers.work import write_dossier
from payments.choices import LineStatus
from payments.models import GatewayAccount, StatementLine
from payments.services.line_steps import apply, decide_line, lock_line, release
from payments.statements import reads
from payments.statements.memos import choose_code, find_codes
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import LockTimeout, PortalError
from portal.core.locking import durable

logger = structlog.get_logger(__name__)
BATCH = 100
_WAITING = (LineStatus.WAITING,)


@dataclass(frozen=True, slots=True)
class Aim:
    """A line and the dossier it names; `is_sure` False: only if the amount fits exactly."""

    line_id: UUID
    dossier_id: UUID | None = None
    is_sure: bool = False


def match_due(seconds: float = 20) -> int:
    """Look at every line that waits since its import. Returns how many; goes on where another stopped.

    Harmless at once and again: each line is looked at once more under its lock.
    """
    end, done = monotonic() + seconds, 0
    passed: list[UUID] = []
    while monotonic() < end and (lines := _list_waiting(passed)):
        passed += [line.pk for line in lines]
        for aim in _find_aims(lines):
            if monotonic() >= end:
                break
            done += _look_at(aim)
    return done


def _list_waiting(passed: Sequence[UUID]) -> list[StatementLine]:
    """Those that are in somebody's hands just now were passed, and wait for the next run."""
    rows = StatementLine.objects.filter(status=LineStatus.WAITING).exclude(pk__in=passed)
    return list(rows.select_related("account__agency").defer("account__secrets").order_by("pk")[:BATCH])


def _find_aims(lines: Sequence[StatementLine]) -> Iterator[Aim]:
    accounts = {line.account_id: line.account for line in lines}
    for account in accounts.values():
        yield from _find_aims_of(account, [line for line in lines if line.account_id == account.pk])


def _find_aims_of(account: GatewayAccount, lines: Sequence[StatementLine]) -> Iterator[Aim]:
    """Two queries for all lines, and one for each memo that was cut."""
    index, today = reads.index_codes(account), clock.today()
    found = {line.pk: find_codes(line.memo, index, today=today) for line in lines}
    known = reads.find_dossiers(account, frozenset[str]().union(*(one.codes for one in found.values())))
    for line in lines:
        one = found[line.pk]
        begun = reads.find_begun(account, one.starts) if one.starts and not one.codes else {}
        match = choose_code(one, known, begun)
        if match is None:
            yield Aim(line.pk)
        else:
            yield Aim(line.pk, {**known, **begun}[match.code], match.is_sure)


def _look_at(aim: Aim) -> bool:
    """One line. One that is in somebody's hands waits for the next run; one that breaks a rule is for a person, and
    none of them holds up those behind it."""
    try:
        return _queue(aim.line_id) if aim.dossier_id is None else _settle(aim, aim.dossier_id)
    except LockTimeout:
        return False
    except PortalError as error:
        logger.warning("statement_line_queued", line=str(aim.line_id), code=error.code)
        return _queue(aim.line_id)
    except DatabaseError:
        logger.exception("statement_line_undecided", line=str(aim.line_id))
        return False


def _queue(line_id: UUID) -> bool:
    with durable():
        line = lock_line(line_id, _WAITING)
        if line is None:
            return False
        line.status = LineStatus.QUEUED
        line.save(update_fields=["status"])
    return True


def _settle(aim: Aim, dossier_id: UUID) -> bool:
    with write_dossier(dossier_id, actor=Actor.system()) as work:
        line = lock_line(aim.line_id, _WAITING)
        if line is None:
            return False
        apply(work, line, decide_line(work.dossier, line.amount, is_sure=aim.is_sure))
    return True


def release_due(limit: int = 50) -> int:
    """Money held for a fee that waits no more (paid otherwise, waived, void) is suggested for refund.

    Each in its own transaction; harmless at once and again. Returns how many.
    """
    held = StatementLine.objects.filter(status=LineStatus.PARTIAL).exclude(fee__status=FeeStatus.OPEN)
    done = 0
    for line_id, dossier_id in held.order_by("pk").values_list("pk", "fee__dossier")[:limit]:
        with write_dossier(dossier_id, actor=Actor.system()) as work:
            line = lock_line(line_id, (LineStatus.PARTIAL,))
            if line is not None and line.fee is not None and line.fee.status != FeeStatus.OPEN:
                release(work, line)
                done += 1
    return done
