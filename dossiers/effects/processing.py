"""What starting, deciding, ending and returning write."""

from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from dossiers import commands as c
from dossiers.choices import Outcome, PaperState, Relation
from dossiers.claims import claim_files
from dossiers.deadlines import add_working_hours
from dossiers.effects import clock, desk
from dossiers.models import Assignment, Decision, PaperItem, ResultItem, Step
from dossiers.work import Work
from portal.core.errors import RuleViolation
from procedures.parts import StepPlan


def start(work: Work, command: c.Command) -> None:
    """The first step of the plan after reception begins."""
    asked = cast("c.Start", command)
    plan = next((s for s in work.content.steps if s.kind in ("process", "approve")), None)
    if plan is None:
        raise RuleViolation("no_steps", _("Thủ tục này chưa có bước xử lý. Hãy báo người quản trị thủ tục."))
    step = begin_step(work, plan, asked.assignee_id)
    work.record("start", {"step": step.key}, notify="dossier.processing")


def begin_step(work: Work, plan: StepPlan, assignee_id: int | None) -> Step:
    """End the open step and begin another at the handling agency, due after its budget of working hours."""
    end_step(work)
    agency_id = next(agency for agency, relation in work.relations if relation == Relation.HANDLING)
    step = Step.objects.create(
        dossier=work.dossier,
        key=plan.key,
        kind=plan.kind,
        agency_id=agency_id,
        started_at=work.now,
        due_at=_step_due(work, plan.hours),
    )
    if assignee_id is not None:
        assign(work, step, assignee_id)
    return step


def _step_due(work: Work, hours: int) -> datetime | None:
    return add_working_hours(work.now, hours, clock.calendar_of(work)) if hours else None


def assign(work: Work, step: Step, membership_id: int) -> None:
    """Hand the open step to somebody; who held it before lets go."""
    Assignment.objects.filter(step=step, until=None).update(until=work.now)
    Assignment.objects.create(step=step, membership_id=membership_id, since=work.now)


def end_step(work: Work) -> None:
    open_step = Step.objects.filter(dossier=work.dossier, ended_at=None)
    Assignment.objects.filter(step__in=open_step, until=None).update(until=work.now)
    open_step.update(ended_at=work.now)


def resolve(work: Work, command: c.Command) -> None:
    """The decision and every document it yields; the clock of the law has stopped.

    A fee paid before the result is received is due only for what was granted, wholly or in part: a refusal
    voids it while it is open. It stays void when the refusal is recalled; nobody assesses it again.
    """
    asked = cast("c.Resolve", command)
    end_step(work)
    claim_files([r.file_id for r in asked.results if r.file_id is not None], actor=work.actor)
    decision = Decision.objects.create(
        dossier=work.dossier,
        outcome=asked.outcome,
        reason=asked.reason,
        decided_at=work.now,
        decided_by_id=work.actor.membership_id,
        signed_name=asked.signed.name,
        signed_number=asked.signed.number,
        signed_on=asked.signed.on,
    )
    ResultItem.objects.bulk_create(
        ResultItem(
            decision=decision,
            kind=r.kind,
            number=r.number,
            copies=r.copies,
            medium=r.medium,
            file_id=r.file_id,
        )
        for r in asked.results
    )
    if asked.outcome == Outcome.REFUSED:
        desk.void_result_fees(work)
    work.dossier.resolved_at = work.now
    late = work.dossier.due_at is not None and work.now > work.dossier.due_at
    work.record(
        "resolve",
        {"outcome": str(asked.outcome), "reason": asked.reason, "signed": asked.signed.name, "late": late},
        notify="dossier.resolved",
    )


def recall(work: Work, command: c.Command) -> None:
    """A result not yet handed over goes back to the approver."""
    Decision.objects.filter(dossier=work.dossier, recalled_at=None).update(recalled_at=work.now)
    work.dossier.resolved_at = None
    plan = next((s for s in work.content.steps if s.kind == "approve"), work.content.steps[-1])
    begin_step(work, plan, None)
    work.record("recall", {"reason": cast("c.Recall", command).reason}, notify="dossier.recalled")


def return_result(work: Work, command: c.Command) -> None:
    """Results handed over, borrowed papers given back."""
    asked = cast("c.ReturnResult", command)
    ResultItem.objects.filter(
        decision__dossier=work.dossier, decision__recalled_at=None, handed_over_at=None
    ).update(handed_over_at=work.now)
    PaperItem.objects.filter(dossier=work.dossier, state=PaperState.HELD, is_borrowed=True).update(
        state=PaperState.GIVEN_BACK, given_back_at=work.now
    )
    work.record(
        "return_result",
        {"proxy": asked.proxy, "authorisation": asked.authorisation},
        notify="dossier.returned",
    )


def withdraw(work: Work, command: c.Command) -> None:
    asked = cast("c.Withdraw", command)
    work.record("withdraw", {"reason": asked.reason, "on_paper": asked.on_paper}, notify="dossier.withdrawn")


def stop(work: Work, command: c.Command) -> None:
    work.record("stop", {"reason": cast("c.Stop", command).reason}, notify="dossier.stopped")


def expire(work: Work, command: c.Command) -> None:
    work.record(
        "expire",
        {"answer_by": cast("datetime", work.dossier.answer_by).isoformat()},
        notify="dossier.expired",
    )
