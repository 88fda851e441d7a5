"""The gateways are asked about every attempt that is not final: a lost message costs minutes, never money."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db.models import F

from payments.gateways.base import Contract, PayState, Verdict
from payments.gateways.registry import gateways
from payments.models import Payment
from payments.online.attempts import Source
from payments.services.accounts import open_contract
from payments.services.verdicts import apply_verdict
from portal.core import clock
from portal.core.errors import PortalError
from portal.core.locking import claim_rows, durable

AT_ONCE, BATCH = 8, 24
LEASE = timedelta(minutes=3)
"""A worker that died while asking gives its attempts back after this long."""
BUDGET_S = 20.0
"""Two tasks that take longer than the watch allows would look like a deaf worker."""
OUR_ADDRESS = "127.0.0.1"
logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """One attempt to ask about, with all that asking needs: no database while a gateway is talked to."""

    payment: Payment
    contract: Contract


def reconcile_due() -> int:
    """Ask about every attempt whose time has come and apply the answers; returns how many were asked.

    Attempts are claimed with SKIP LOCKED and a lease, so two workers never ask about one at once; no transaction is
    open while asking. What could not be asked waits and is asked again; after an hour a person sees it. A gateway of
    which nothing in a batch was answered is left alone until the next call. Safe to run twice, and after any kill.
    """
    asked, until = 0, time.monotonic() + BUDGET_S
    while time.monotonic() < until:
        questions = _claim()
        if not questions:
            break
        answers = _ask_all(questions)
        for question, verdict in zip(questions, answers, strict=True):
            _apply(question, verdict)
        asked += len(questions)
        if all(verdict.state == PayState.UNKNOWN for verdict in answers):
            break
    return asked


def _claim() -> list[Question]:
    now = clock.now()
    with durable():
        due = Payment.objects.filter(next_ask_at__lte=now).order_by("next_ask_at", "pk")
        rows = claim_rows(due.select_related("account"), limit=BATCH)
        Payment.objects.filter(pk__in=[row.pk for row in rows]).update(
            next_ask_at=now + LEASE, asked_at=now, asked_count=F("asked_count") + 1
        )
    return [Question(row, open_contract(row.account)) for row in rows]


def _ask_all(questions: Sequence[Question]) -> list[Verdict]:
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ask") as pool:
        return list(pool.map(_ask, questions))


def _ask(question: Question) -> Verdict:
    """The gateway's word. One that cannot be asked says nothing new: its attempts end by the clock."""
    payment = question.payment
    if payment.gateway not in gateways:
        return Verdict(PayState.UNKNOWN)
    gateway = gateways.get(payment.gateway)
    if not gateway.can_query:
        return Verdict(PayState.PENDING)
    try:
        return gateway.ask(question.contract, payment.reference, payment.created_at, OUR_ADDRESS)
    except Exception:  # the edge to the gateway
        logger.exception("payment_question_failed", payment=str(payment.pk))
        return Verdict(PayState.UNKNOWN)


def _apply(question: Question, verdict: Verdict) -> None:
    said = {
        "state": str(verdict.state),
        "code": verdict.code,
        "amount": "" if verdict.amount is None else str(verdict.amount),
        "number": verdict.gateway_number,
    }
    try:
        apply_verdict(question.payment.pk, verdict, Source.QUERY, said)
    except PortalError as refusal:  # held by somebody: its lease brings it back
        logger.warning("payment_answer_waits", payment=str(question.payment.pk), why=refusal.code)
    except Exception:  # the edge of a task: one attempt that breaks must not hold up those behind it
        logger.exception("payment_answer_failed", payment=str(question.payment.pk))
