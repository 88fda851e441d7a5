"""What an actor may do with a dossier now; guards may still refuse for reasons that need typing."""

from collections.abc import Iterable

from dossiers.choices import ActingRole
from dossiers.models import Dossier
from dossiers.roles import acting_roles
from dossiers.workflow import BESIDE, Action, actions_for
from portal.accounts.actor import Actor

_NEVER_OFFERED = frozenset({Action.SUBMIT, Action.RECEIVE, Action.SETTLE, Action.EXPIRE})
_ASKED_FOR_BY_HAND = frozenset({"consent", "reissue_secret"})


def offered_actions(
    dossier: Dossier,
    actor: Actor,
    relations: Iterable[tuple[int, str]],
    *,
    has_open_fee: bool = False,
    has_open_confirmation: bool = False,
) -> list[str]:
    """Names of the actions of the table, then of the acts beside it.

    The two flags say what hangs on the dossier: an open fee of known amount, a draft result being checked.
    """
    pairs = list(relations)
    roles = acting_roles(dossier, actor, pairs)
    returner = acting_roles(dossier, actor, pairs, Action.RETURN_RESULT)
    if not roles | returner or actor.is_read_only:
        return []
    offered = [a for a in actions_for(dossier.status, dossier.resume_to, roles) if a not in _NEVER_OFFERED]
    offered = [a for a in offered if a is not Action.RETURN_RESULT]
    offered += [a for a in actions_for(dossier.status, None, returner) if a is Action.RETURN_RESULT]
    missing = _missing(dossier, has_open_fee=has_open_fee, has_open_confirmation=has_open_confirmation)
    return [str(action) for action in offered] + [
        act for act in _beside(dossier, roles | returner) if act not in missing
    ]


def _beside(dossier: Dossier, roles: frozenset[ActingRole]) -> list[str]:
    return [
        name
        for name, act in BESIDE.items()
        if act.by & roles and act.starts_from(dossier.status, dossier.resume_to)
    ]


def _missing(dossier: Dossier, *, has_open_fee: bool, has_open_confirmation: bool) -> frozenset[str]:
    """Acts that the status allows but that have nothing to act on."""
    idle = {
        "pay_fee": not has_open_fee,
        "ask_confirmation": has_open_confirmation,
        "answer_confirmation": not has_open_confirmation,
        "reschedule": dossier.rescheduled_from is not None or dossier.due_at is None,
        "request_withdrawal": dossier.withdrawal_requested_at is not None,
    }
    return _ASKED_FOR_BY_HAND | {name for name, is_idle in idle.items() if is_idle}
