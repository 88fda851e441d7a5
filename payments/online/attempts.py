"""The life of one attempt to pay: what a gateway's word makes of it, and when the gateway is asked again.

`created` -> `pending` (the person came back) -> `paid` | `failed` | `expired`. Money decides: `failed` and `expired`
may still become `paid`, `paid` never changes (architecture §9).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from payments.choices import PaymentStatus
from payments.gateways.base import PayState

LIVES_FOR = timedelta(minutes=90)
GATEWAY_CLOSES_EARLIER = timedelta(minutes=5)
"""The gateway is told an earlier end, so that nobody pays while the attempt is being ended here."""

OPEN = (PaymentStatus.CREATED, PaymentStatus.PENDING)
"""Nobody knows yet whether money came."""

ASKED_EVERY = timedelta(minutes=5)
AFTER_RETURN = timedelta(seconds=10)
WHILE_WAITED_FOR = timedelta(minutes=1)
OFTEN_FOR = timedelta(minutes=15)
"""For so long after an attempt began a question without an answer is repeated as fast: money should not wait longer."""
LAST_QUESTION = timedelta(minutes=10)
"""After an attempt failed or expired the gateway is asked once more: a message may have been lost."""
WHEN_UNANSWERED, ASKED_FOR = timedelta(hours=1), timedelta(days=1)
"""A last question without an answer is repeated each hour, for a day."""
UNANSWERED_AFTER = timedelta(hours=1)


def find_closing(expires_at: datetime) -> datetime:
    """Until when the gateway takes money for an attempt."""
    return expires_at - GATEWAY_CLOSES_EARLIER


class Source(StrEnum):
    """How a word of a gateway came: its own message, the person's browser, the answer to our question."""

    IPN = "ipn"
    RETURN = "return"
    QUERY = "query"


class Move(StrEnum):
    """What a verdict does to an attempt."""

    TAKE = "take"
    FAIL = "fail"
    EXPIRE = "expire"
    WAIT = "wait"
    KEEP = "keep"


class Applied(StrEnum):
    """What became of a verdict."""

    SETTLED = "settled"
    SURPLUS = "surplus"
    FAILED = "failed"
    EXPIRED = "expired"
    WAITING = "waiting"
    UNCHANGED = "unchanged"
    WRONG_AMOUNT = "wrong_amount"


_UNFINISHED: Mapping[PayState, Move] = {
    PayState.PAID: Move.TAKE,
    PayState.FAILED: Move.FAIL,
    PayState.PENDING: Move.WAIT,
    PayState.UNKNOWN: Move.WAIT,
}


def find_move(status: str, state: PayState, *, is_over: bool) -> Move:
    """The state table. `is_over`: our time is up, and this is the answer to our own question."""
    if status == PaymentStatus.PAID:
        return Move.KEEP
    if status not in OPEN:
        return Move.TAKE if state == PayState.PAID else Move.KEEP
    if is_over and state == PayState.PENDING:
        return Move.EXPIRE
    return _UNFINISHED[state]


def find_next_question(
    *,
    created_at: datetime,
    expires_at: datetime,
    returned_at: datetime | None,
    now: datetime,
    is_answered: bool = True,
) -> datetime:
    """When to ask again about an attempt that is not final: every five minutes and at its end.

    It is asked every minute while a person waits at the confirming page, for five minutes, and while a young attempt
    gets no answer, for a quarter of an hour.
    """
    is_waited_for = returned_at is not None and now < returned_at + ASKED_EVERY
    is_unheard = not is_answered and now < created_at + OFTEN_FOR
    following = now + (WHILE_WAITED_FOR if is_waited_for or is_unheard else ASKED_EVERY)
    return min(following, expires_at) if now < expires_at else following
