"""The use case of the counter that spans apps: taking a paper dossier in, with its cash and acceptance."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers import chain, selectors, transitions
from dossiers import commands as c
from dossiers.choices import FeeMode, FeeStatus
from dossiers.requirements import missing_papers
from dossiers.services.filing import begin, file_first
from dossiers.work import Work, use_case
from payments import steps as payments
from portal.accounts.actor import Actor
from portal.core import idempotency
from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json


@dataclass(frozen=True)
class Intake:
    """A paper dossier over the counter. `accept`: collect what is due before acceptance and accept at once;
    `collect_after`: also take now what is due only before the result."""

    request: c.FilingRequest
    accept: bool = False
    collect_after: bool = False
    payer_name: str = ""


def take_in(intake: Intake, *, actor: Actor, key: str, body: Json) -> UUID:
    """Receive, collect cash and accept in one transaction: all of it or nothing. Returns the dossier's id.

    `key` is the token of the form and `body` what was sent with it: a repeat of both (double click) answers
    with the dossier of the first; another body raises RuleViolation `idempotency_key_reused`.
    Raises RuleViolation (`incomplete`, `fee_open`, …), Forbidden, NotFound as the steps do, LockTimeout.
    """
    user_key = f"user:{actor.user_id}"
    digest = hashlib.sha256(chain.canonical(body)).hexdigest()
    with use_case(actor) as case:
        known = idempotency.claim(user_key, key, digest)
        if known is not None:
            return UUID(str(known["dossier"]))
        work = begin(case, intake.request)
        file_first(work, intake.request)
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
            payments.receive_cash(work, fee.pk, payer_name=intake.payer_name)
