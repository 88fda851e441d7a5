"""What an actor may do with a dossier now; guards may still refuse for reasons that need typing."""

from collections.abc import Iterable
from dataclasses import dataclass

from dossiers.choices import ActingRole
from dossiers.models import Dossier
from dossiers.proposals import DECLINE, SUPPLEMENT
from dossiers.roles import acting_roles
from dossiers.two_people import DECIDERS
from dossiers.workflow import BESIDE, Action, actions_for
from portal.accounts.actor import Actor
from portal.audit.kinds import ProposalKind

_NEVER_OFFERED = frozenset({Action.SUBMIT, Action.RECEIVE, Action.SETTLE, Action.EXPIRE})
_ASKED_FOR_BY_HAND = frozenset({"consent", "reissue_secret"})


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a dossier, so that an act beside the table has something to act on.

    `open_fee`: of known amount; `lying_here`: papers or corrected documents to hand over; `was_asked`: a
    supplement was asked for after acceptance; `proposal`: the kind that waits for a second person; `waiver`: one of
    an open fee waits, `unwaived`: an open fee has none that waits.
    """

    open_fee: bool = False
    unknown_fee: bool = False
    open_confirmation: bool = False
    lying_here: bool = False
    was_asked: bool = False
    results: bool = False
    proposal: ProposalKind | None = None
    waiver: bool = False
    unwaived: bool = False


NOTHING = Hanging()


def offered_actions(
    dossier: Dossier, actor: Actor, relations: Iterable[tuple[int, str]], hanging: Hanging = NOTHING
) -> list[str]:
    """Names of the actions of the table, then of the acts beside it."""
    pairs = list(relations)
    roles = acting_roles(dossier, actor, pairs)
    returner = acting_roles(dossier, actor, pairs, Action.RETURN_RESULT)
    if not roles | returner or actor.is_read_only:
        return []
    offered = [a for a in actions_for(dossier.status, dossier.resume_to, roles) if a not in _NEVER_OFFERED]
    offered = [a for a in offered if a is not Action.RETURN_RESULT]
    offered += [a for a in actions_for(dossier.status, None, returner) if a is Action.RETURN_RESULT]
    idle = _find_idle(dossier, roles, hanging)
    return [str(action) for action in offered] + [
        act for act in _beside(dossier, roles | returner) if act not in idle
    ]


def _beside(dossier: Dossier, roles: frozenset[ActingRole]) -> list[str]:
    return [
        name
        for name, act in BESIDE.items()
        if act.by & roles and act.starts_from(dossier.status, dossier.resume_to)
    ]


def _find_idle(dossier: Dossier, roles: frozenset[ActingRole], hanging: Hanging) -> frozenset[str]:
    """Acts that the status allows but that have nothing to act on."""
    waits_for_me = hanging.proposal is not None and DECIDERS[hanging.proposal.key] in roles
    idle = {
        "pay_fee": not hanging.open_fee,
        "assess_fee": not hanging.unknown_fee,
        "ask_confirmation": hanging.open_confirmation,
        "answer_confirmation": not hanging.open_confirmation,
        "reschedule": dossier.rescheduled_from is not None or dossier.due_at is None,
        "request_withdrawal": dossier.withdrawal_requested_at is not None,
        "propose_decline": hanging.proposal is DECLINE,
        "propose_supplement": not hanging.was_asked or hanging.proposal is not None,
        "approve_supplement": hanging.proposal is not SUPPLEMENT,
        "reject_proposal": not waits_for_me,
        "propose_waiver": not hanging.unwaived,
        "waive_fee": not hanging.waiver,
        "reject_waiver": not hanging.waiver,
        "return_papers": not hanging.lying_here,
        "correct_result": not hanging.results,
    }
    return _ASKED_FOR_BY_HAND | {name for name, is_idle in idle.items() if is_idle}
