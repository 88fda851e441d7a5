"""The life of an attempt as tables: what a word of the gateway does to it, and when it is asked again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from payments.choices import PaymentStatus
from payments.gateways.base import PayState
from payments.online.attempts import Move, find_move, find_next_question
from payments.online.links import build_token, read_token
from portal.core.errors import NotFound

BEGAN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Row = dict[str, Move]
OPEN: Row = {"paid": Move.TAKE, "failed": Move.FAIL, "pending": Move.WAIT, "unknown": Move.WAIT}
ENDED: Row = {"paid": Move.TAKE, "failed": Move.KEEP, "pending": Move.KEEP, "unknown": Move.KEEP}
TABLE: dict[str, Row] = {
    "created": OPEN,
    "pending": OPEN,
    "failed": ENDED,
    "expired": ENDED,
    "paid": dict.fromkeys(PayState, Move.KEEP),
}


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("status", PaymentStatus)
def test_every_word_on_every_status(status: str, is_over: bool) -> None:
    moves = {state: find_move(status, state, is_over=is_over) for state in PayState}

    ends = is_over and status in ("created", "pending")
    assert moves == {**TABLE[status], **({"pending": Move.EXPIRE} if ends else {})}


def test_paid_is_for_ever_and_only_money_leaves_an_end() -> None:
    for state in PayState:
        for is_over in (False, True):
            assert find_move("paid", state, is_over=is_over) is Move.KEEP
            for ended in ("failed", "expired"):
                assert find_move(ended, state, is_over=is_over) in (Move.KEEP, Move.TAKE)


def asked_at(
    returned_after: timedelta | None = None, until: int = 130, *, is_answered: bool = True
) -> list[int]:
    """Minutes after the beginning at which an attempt that nobody decides is asked about."""
    expires, asked, now = BEGAN + 90 * MINUTE, [], BEGAN + 5 * MINUTE
    while now <= BEGAN + until * MINUTE:
        asked.append(int((now - BEGAN) / MINUTE))
        now = find_next_question(
            created_at=BEGAN,
            expires_at=expires,
            returned_at=None if returned_after is None else BEGAN + returned_after,
            now=now,
            is_answered=is_answered,
        )
    return asked


def test_it_is_asked_every_five_minutes_and_at_its_end() -> None:
    assert asked_at() == list(range(5, 131, 5))


def test_no_money_waits_longer_than_a_quarter_of_an_hour_for_a_lost_message() -> None:
    times = [0, *asked_at()]
    assert max(after - before for before, after in pairwise(times)) <= 15


def test_while_somebody_waits_it_is_asked_every_minute() -> None:
    assert asked_at(4 * MINUTE)[:6] == [5, 6, 7, 8, 9, 14]


def test_a_question_without_an_answer_is_soon_repeated_while_the_attempt_is_young() -> None:
    assert asked_at(until=26, is_answered=False) == [*range(5, 16), 20, 25]


def test_a_link_is_the_fee_and_our_signature() -> None:
    fee = UUID("019a0000-0000-7000-8000-00000000000a")
    token = build_token(fee)

    assert (len(token), read_token(token)) == (43, fee)
    other = build_token(UUID("019a0000-0000-7000-8000-00000000000b"))
    bent = [
        token[:-1],
        token + "A",
        token.swapcase(),
        token[:22] + other[22:],
        "",
        "x",
        "ờ" * 43,
        token + "=",
        f" {token}",
    ]
    bent += [
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(43)
    ]
    for forged in bent:
        with pytest.raises(NotFound):
            read_token(forged)
