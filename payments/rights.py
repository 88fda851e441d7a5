"""Who may take money at the desk: reception of the receiving or of the returning agency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dossiers import precheck
from dossiers.choices import ActingRole
from dossiers.roles import acting_roles
from dossiers.workflow import BESIDE, Action
from portal.accounts.actor import Actor

if TYPE_CHECKING:
    from dossiers.models import Dossier

PAY_FEE = "pay_fee"
Relations = Iterable[tuple[int, str]]


def check_cash(dossier: Dossier, actor: Actor, relations: Relations, version: int | None) -> None:
    """Raises Forbidden (no cashier here), Conflict `conflict` (old version) or `illegal_transition`."""
    roles = cashier_roles(dossier, actor, relations)
    if not roles & BESIDE[PAY_FEE].by:
        raise precheck.role_lacking()
    precheck.check_version(dossier, version)
    precheck.check_beside(dossier, PAY_FEE, roles)


def can_take_cash(dossier: Dossier, actor: Actor, relations: Relations) -> bool:
    """Would the desk of this officer take money for this dossier now? Guards of the fee come on top."""
    if not actor.is_officer or actor.is_read_only:
        return False
    beside = BESIDE[PAY_FEE]
    may = bool(cashier_roles(dossier, actor, relations) & beside.by)
    return may and beside.starts_from(dossier.status, dossier.resume_to)


def cashier_roles(dossier: Dossier, actor: Actor, relations: Relations) -> frozenset[ActingRole]:
    """What the actor is here, at the desk that received or at the one that returns the result."""
    pairs = list(relations)
    return acting_roles(dossier, actor, pairs) | acting_roles(dossier, actor, pairs, Action.RETURN_RESULT)
