"""The way of a refund as a table, and how much may still go back. Pure values.

| act | from | to | by |
|---|---|---|---|
| suggest | | suggested | the system |
| begin | | proposed | one person |
| propose | suggested; proposed, once the proposal has lapsed | proposed | one person |
| approve, reject | proposed | approved, rejected | a second person |
| succeed, doubt, fail | approved, unsure | done, unsure, failed | the gateway's answer |
| pay_out | approved (cash, transfer) | done | one person |
| retry | failed | approved | who may decide |
| turn | failed; approved (cash, transfer) | approved, another way | who may decide |
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from payments.choices import RefundStatus, RefundWay


class Act(StrEnum):
    """What can happen to a refund that exists."""

    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    SUCCEED = "succeed"
    DOUBT = "doubt"
    FAIL = "fail"
    PAY_OUT = "pay_out"
    RETRY = "retry"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `ways`: only for refunds that go this way; empty means any."""

    sources: frozenset[RefundStatus]
    target: RefundStatus
    ways: frozenset[RefundWay] = frozenset()


_S, _W = RefundStatus, RefundWay
_SENDING = frozenset({_S.APPROVED, _S.UNSURE})
_GATEWAY = frozenset({_W.GATEWAY})
BY_HAND = frozenset({_W.CASH, _W.TRANSFER})
"""Ways that a person carries out and notes."""

STEPS: Mapping[Act, tuple[Step, ...]] = {
    Act.PROPOSE: (Step(frozenset({_S.SUGGESTED, _S.PROPOSED}), _S.PROPOSED),),
    Act.APPROVE: (Step(frozenset({_S.PROPOSED}), _S.APPROVED),),
    Act.REJECT: (Step(frozenset({_S.PROPOSED}), _S.REJECTED),),
    Act.SUCCEED: (Step(_SENDING, _S.DONE, _GATEWAY),),
    Act.DOUBT: (Step(_SENDING, _S.UNSURE, _GATEWAY),),
    Act.FAIL: (Step(_SENDING, _S.FAILED, _GATEWAY),),
    Act.PAY_OUT: (Step(frozenset({_S.APPROVED}), _S.DONE, BY_HAND),),
    Act.RETRY: (Step(frozenset({_S.FAILED}), _S.APPROVED, _GATEWAY),),
    Act.TURN: (
        Step(frozenset({_S.FAILED}), _S.APPROVED),
        Step(frozenset({_S.APPROVED}), _S.APPROVED, BY_HAND),
    ),
}

DECIDED = (_S.APPROVED, _S.UNSURE, _S.FAILED, _S.DONE)
"""A second person agreed: it is booked as owed back, and stays so until it is paid."""

WAITING = (_S.SUGGESTED, _S.PROPOSED, _S.APPROVED, _S.UNSURE, _S.FAILED)
"""Somebody, or the gateway, still has to do something."""


def find_target(act: Act, status: str, way: str) -> RefundStatus | None:
    """Where the act leads from this state, None where it is not possible."""
    steps = (step for step in STEPS[act] if status in step.sources and (not step.ways or way in step.ways))
    return next((step.target for step in steps), None)


def list_acts(status: str, way: str) -> tuple[Act, ...]:
    """Everything the table allows in this state."""
    return tuple(act for act in Act if find_target(act, status, way) is not None)


@dataclass(frozen=True, slots=True)
class Room:
    """What one payment, receipt or transfer brought, and what of it goes back or went back already; đồng."""

    brought: int
    given: int

    @property
    def left(self) -> int:
        return max(0, self.brought - self.given)


def measure_room(brought: int, refunds: Iterable[tuple[str, int]]) -> Room:
    """`refunds`: (status, amount) of the others. What was rejected takes no room; what was only suggested does."""
    return Room(brought, sum(amount for status, amount in refunds if status != RefundStatus.REJECTED))
