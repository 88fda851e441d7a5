"""Waiving a fee as an officer sees it: what was proposed, by whom, and what this officer may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dossiers import selectors as dossiers
from dossiers.choices import FeeStatus
from dossiers.proposals import list_open_waivers
from dossiers.roles import acting_roles
from dossiers.waiving import PROPOSE, WAIVE
from dossiers.workflow import BESIDE
from portal.accounts.choices import Role

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from portal.accounts.actor import Actor
    from portal.audit.models import Proposal

READERS = (Role.RECEPTION, Role.CASE_OFFICER, Role.DESK_HEAD, Role.APPROVER, Role.LEADER)


@dataclass(frozen=True, slots=True)
class WaiverCard:
    """A proposal that waits (`proposer` empty: none does), and whether this officer may propose or decide."""

    is_open: bool
    may_propose: bool
    may_decide: bool
    proposer: str = ""
    proposed_at: datetime | None = None
    until: datetime | None = None
    reason: str = ""
    basis: str = ""
    paper: str = ""
    is_own: bool = False

    @property
    def waits(self) -> bool:
        return self.proposed_at is not None


def build_waiver(dossier: Dossier, fee: Fee, actor: Actor) -> WaiverCard:
    """At most two queries: why the dossier is this officer's, and what waits."""
    proposal = list_open_waivers([fee.pk]).get(str(fee.pk))
    roles = acting_roles(dossier, actor, dossiers.relations_of(dossier))
    is_open = fee.status == FeeStatus.OPEN

    def may(act: str) -> bool:
        beside = BESIDE[act]
        starts = beside.starts_from(dossier.status, dossier.resume_to)
        return bool(roles & beside.by) and starts and not actor.is_read_only

    if proposal is None:
        return WaiverCard(is_open, is_open and may(PROPOSE), may_decide=False)
    return _describe(proposal, actor, is_open=is_open, may_decide=may(WAIVE))


def _describe(proposal: Proposal, actor: Actor, *, is_open: bool, may_decide: bool) -> WaiverCard:
    said = proposal.payload if isinstance(proposal.payload, dict) else {}
    is_own = proposal.proposed_by_id == actor.user_id
    return WaiverCard(
        is_open=is_open,
        may_propose=False,
        may_decide=may_decide and not is_own,
        proposer=proposal.proposed_by.full_name,
        proposed_at=proposal.proposed_at,
        until=proposal.until,
        reason=str(said.get("why") or ""),
        basis=str(said.get("basis") or ""),
        paper=str(said.get("paper") or ""),
        is_own=is_own,
    )
