"""What a payer sees: how the newest attempt goes, what can be done now, and in which ways the fee can be paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dossiers.choices import END_STATUSES
from payments.choices import PaymentOutcome, PaymentStatus
from payments.gateways.registry import gateways
from payments.online import attempts
from payments.online.links import build_link
from payments.online.ways import Ways, find_ways
from payments.panel import is_payable
from portal.core import clock

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from payments.models import Payment
    from portal.accounts.models import Agency

WORTH_A_NEW_TRY = timedelta(minutes=3)
_REFRESH_S = ((timedelta(minutes=1), 4), (timedelta(minutes=5), 15), (timedelta(minutes=30), 60))
"""Since the return: how often the confirming page loads itself again; then it stops."""
_EXPLAINED = ("failed", "confirming")


@dataclass(frozen=True, slots=True)
class Attempt:
    """The newest attempt. `state`: begun, confirming, late, failed, expired, paid or surplus.

    `reason` is the gateway's word on why; `refresh_s` seconds to the next look, None for never; `may_replace`:
    a new attempt beside this living one is offered.
    """

    payment: Payment
    state: str
    label: str
    reason: str
    refresh_s: int | None
    may_replace: bool

    @property
    def closes_at(self) -> datetime:
        """Until when the gateway takes the money."""
        return attempts.find_closing(self.payment.expires_at)


@dataclass(frozen=True, slots=True)
class Offer:
    """All of it. `is_open`: money is wanted now; `surplus` attempts brought money that goes back."""

    is_open: bool
    attempt: Attempt | None
    surplus: tuple[Payment, ...]
    ways: Ways
    place: Agency | None
    link: str

    @property
    def can_start(self) -> bool:
        """Is there a way to pay online that no living attempt stands in?"""
        lives = self.attempt is not None and self.attempt.state in ("begun", "confirming")
        return self.is_open and bool(self.ways.online) and not lives


def build_offer(dossier: Dossier, fee: Fee, payments: Sequence[Payment]) -> Offer:
    """`payments` of the fee, newest first; `dossier` comes with its agency. Two queries while the fee is open."""
    is_open = is_payable(fee) and dossier.status not in END_STATUSES
    ways = find_ways(dossier, fee) if is_open else Ways()
    newest = build_attempt(payments[0]) if payments else None
    return Offer(
        is_open=is_open,
        attempt=newest if is_open or (newest and newest.state == "paid") else None,
        surplus=tuple(payment for payment in payments if payment.outcome == PaymentOutcome.SURPLUS),
        ways=ways,
        place=dossier.agency,
        link=build_link(fee.pk) if ways.online else "",
    )


def build_attempt(payment: Payment) -> Attempt:
    """One attempt as it stands at this moment."""
    now = clock.now()
    known = gateways.get(payment.gateway) if payment.gateway in gateways else None
    state = find_state(payment, now)
    waited = now - (payment.returned_at or payment.created_at)
    return Attempt(
        payment=payment,
        state=state,
        label=str(known.label) if known else payment.gateway,
        reason=known.explain(payment.answer_code)
        if known and state in _EXPLAINED and payment.answer_code
        else "",
        refresh_s=_find_refresh(waited) if state == "confirming" else None,
        may_replace=state == "begun" or (state == "confirming" and waited >= WORTH_A_NEW_TRY),
    )


def find_state(payment: Payment, now: datetime) -> str:
    """What the payer is told; `late`: its time is over, and the gateway has not said how it ended."""
    if payment.status == PaymentStatus.PAID:
        return "paid" if payment.outcome == PaymentOutcome.SETTLED else "surplus"
    if payment.status not in attempts.OPEN:
        return str(payment.status)
    if payment.status == PaymentStatus.CREATED:
        return "begun" if now < attempts.find_closing(payment.expires_at) else "late"
    return "confirming" if now < payment.expires_at else "late"


def _find_refresh(waited: timedelta) -> int | None:
    return next((seconds for until, seconds in _REFRESH_S if waited < until), None)
