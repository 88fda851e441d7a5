"""The way of a dossier from filing to its end: for each state the next act, and who does it."""

from collections.abc import Callable, Mapping

from dossiers import commands as c
from dossiers import selectors
from dossiers.choices import Medium, Outcome, Status
from dossiers.models import Dossier
from dossiers.services import acting
from payments.services.desk import pay_in_cash
from portal.accounts.choices import Role
from portal.core import clock
from portal.demo.seeds.moments import after
from portal.demo.seeds.people import Cast
from procedures.selectors import get_content

Act = Callable[[Dossier, Cast], object]
_MOST_ACTS = 12
PACE = 3
"""Working hours from one act to the next."""


def advance(dossier: Dossier, cast: Cast, *, until: Status, step: str = "") -> Dossier:
    """Bring a dossier on until it reaches a status and, if named, a step of its plan.

    It goes on from wherever the dossier stands, so an interrupted run is completed by the next.
    Raises PortalError as the acts do.
    """
    for _count in range(_MOST_ACTS):
        if dossier.status == until and (not step or _current_step(dossier) == step):
            return dossier
        with after(dossier, PACE):
            _next_act(dossier)(dossier, cast)
        dossier = Dossier.objects.get(pk=dossier.pk)
    raise RuntimeError(f"{dossier.code} does not reach {until} {step}")


def resolve(dossier: Dossier, cast: Cast, outcome: Outcome = Outcome.GRANTED, reason: str = "") -> Dossier:
    """The decision on paper, signed by the approver of the agency."""
    approver = cast.member(dossier, Role.APPROVER)
    today = clock.today()
    signed = c.Signature(approver.user.full_name, today, f"{today.timetuple().tm_yday}/{today.year}")
    kind = get_content(dossier.procedure_version_id).results[0].key
    command = c.Resolve(outcome, signed, reason, (c.ResultDraft(kind, medium=Medium.PAPER),))
    actor = cast.at_work(dossier, Role.APPROVER)
    return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def _next_act(dossier: Dossier) -> Act:
    if dossier.status == Status.PROCESSING and _current_step(dossier) == _approval_step(dossier):
        return resolve
    return _ACTS[Status(dossier.status)]


def _accept(dossier: Dossier, cast: Cast) -> Dossier:
    actor = cast.at_work(dossier, Role.RECEPTION)
    return acting.perform(dossier.pk, c.Accept(), actor=actor, version=dossier.version)


def _start(dossier: Dossier, cast: Cast) -> Dossier:
    command = c.Start(cast.member(dossier, Role.CASE_OFFICER).pk)
    actor = cast.at_work(dossier, Role.CASE_OFFICER)
    return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


def _to_approval(dossier: Dossier, cast: Cast) -> Dossier:
    return acting.transfer(
        dossier.pk,
        actor=cast.at_work(dossier, Role.CASE_OFFICER),
        version=dossier.version,
        step=_approval_step(dossier),
        assignee_id=cast.member(dossier, Role.APPROVER).pk,
    )


def _pay(dossier: Dossier, cast: Cast) -> object:
    fee = next(fee for fee in selectors.list_fees(dossier) if fee.requested_at is not None)
    actor = cast.at_work(dossier, Role.RECEPTION)
    return pay_in_cash(dossier.pk, fee.pk, actor=actor, version=dossier.version)


def _return(dossier: Dossier, cast: Cast) -> Dossier:
    actor = cast.at_work(dossier, Role.RECEPTION)
    command = c.ReturnResult(identity_checked=True)
    return acting.perform(dossier.pk, command, actor=actor, version=dossier.version)


_ACTS: Mapping[Status, Act] = {
    Status.SUBMITTED: _accept,
    Status.AWAITING_PAYMENT: _pay,
    Status.ACCEPTED: _start,
    Status.PROCESSING: _to_approval,
    Status.RESOLVED: _return,
}


def _current_step(dossier: Dossier) -> str:
    step = selectors.get_current_step(dossier)
    return step.key if step else ""


def _approval_step(dossier: Dossier) -> str:
    steps = get_content(dossier.procedure_version_id).steps
    return next(step.key for step in steps if step.kind == "approve")
