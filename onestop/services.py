"""The use cases of the counter that span apps: taking a paper dossier in, and certifying papers on the spot."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import chain, selectors, transitions
from dossiers import commands as c
from dossiers.choices import FeeMode, FeeStatus
from dossiers.requirements import missing_papers
from dossiers.rights import require_sight
from dossiers.services.filing import begin, file_first
from dossiers.services.prepared import claim_prepared, mark_used
from dossiers.work import Work, use_case, write_dossier
from onestop.certification import steps as certification
from onestop.certification.steps import Certification
from payments.services.tills import receive_at_desk
from portal.accounts.actor import Actor
from portal.core import idempotency
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class Intake:
    """A paper dossier over the counter. `accept`: collect what is due before acceptance and accept at once;
    `collect_after`: also take now what is due only before the result. `prepared`: the code of the form filled
    at home that it was read from, or ""."""

    request: c.FilingRequest
    accept: bool = False
    collect_after: bool = False
    payer_name: str = ""
    prepared: str = ""


def take_in(intake: Intake, *, actor: Actor, key: str, body: Json) -> UUID:
    """Receive, collect cash and accept in one transaction: all of it or nothing. Returns the dossier's id.

    `key` is the token of the form and `body` what was sent with it: a repeat of both (double click) answers
    with the dossier of the first; another body raises RuleViolation `idempotency_key_reused`.
    Raises RuleViolation (`incomplete`, `fee_open`, …), Forbidden, NotFound as the steps do, Conflict
    `prepared_used` when another dossier was made of the form meanwhile, LockTimeout.
    """
    user_key = f"user:{actor.user_id}"
    digest = hashlib.sha256(chain.canonical(body)).hexdigest()
    with use_case(actor) as case:
        known = idempotency.claim(user_key, key, digest)
        if known is not None:
            return UUID(str(known["dossier"]))
        prepared = claim_prepared(intake.prepared, intake.request.procedure_code) if intake.prepared else None
        work = begin(case, intake.request)
        file_first(work, intake.request)
        if prepared is not None:
            mark_used(prepared, work.dossier)
        if intake.accept:
            _require_papers(work, intake.request)
            _collect(work, intake)
            transitions.apply(work, c.Accept())
        idempotency.remember(user_key, key, {"dossier": str(work.dossier.pk)})
    return work.dossier.pk


def _require_papers(work: Work, request: c.FilingRequest) -> None:
    """What is incomplete may be received, to ask for the rest, but not accepted (Decree 61/2018 Art. 17)."""
    sent = {line.requirement for line in request.papers} | {paper for paper, _file in request.uploads}
    answers = work.filing.answers if work.filing else {}
    missing = missing_papers(work.content, request.case_key, answers, sent)
    if missing:
        errors = {f"paper-{item.key}": [_("Còn thiếu: %(name)s.") % {"name": item.name}] for item in missing}
        raise RuleViolation(
            "incomplete", _("Hồ sơ còn thiếu giấy tờ bắt buộc nên chưa tiếp nhận được."), errors=errors
        )


def _collect(work: Work, intake: Intake) -> None:
    modes = {FeeMode.BEFORE, FeeMode.AFTER} if intake.collect_after else {FeeMode.BEFORE}
    for fee in selectors.list_fees(work.dossier):
        if fee.mode in modes and fee.status == FeeStatus.OPEN and fee.amount:
            receive_at_desk(work, fee.pk, payer_name=intake.payer_name)


def certify(asked: Certification, *, actor: Actor, key: str, body: Json) -> UUID:
    """A quick certification, from receipt to return, in one transaction: all of it or nothing.

    Cash receipt and book numbers are taken last and have no gaps; nobody is notified, no step is begun, no
    Mẫu 01 is made. Returns the dossier's id. `key` and `body` as in `take_in`: a repeat answers with the first.
    Raises RuleViolation (`not_quick`, `signer_not_authorised`, `incomplete`, …), Conflict `fee_changed` when
    the total is no longer `asked.agreed`, Forbidden, NotFound, LockTimeout. Source: Decree 23/2015/NĐ-CP.
    """
    user_key = f"user:{actor.user_id}"
    with use_case(actor) as case:
        known = idempotency.claim(user_key, key, hashlib.sha256(chain.canonical(body)).hexdigest())
        if known is not None:
            return UUID(str(known["dossier"]))
        work = certification.certify(case, asked)
        idempotency.remember(user_key, key, {"dossier": str(work.dossier.pk)})
    return work.dossier.pk


def cancel_certification(dossier_id: UUID, reason: str, *, actor: Actor) -> None:
    """Strike the lines of a mistaken certification; the dossier stays returned and its numbers stay taken.

    What was paid becomes owed back (`Fee.refund_due`); the receipt stays. On the same day only, by the head of
    the desk. Locks the dossier. Raises NotFound, Forbidden, Conflict (`not_certified`, `already_cancelled`,
    `another_day`), RuleViolation without a reason.
    """
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        certification.cancel(work, reason)
