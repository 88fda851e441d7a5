"""What becomes of money, by what the dossier owes."""

from uuid import UUID

import pytest

from payments.statements.deciding import Decision, OpenFee, Outcome, decide


def fee(number: int, owed: int, *, held: int = 0, is_requested: bool = False) -> OpenFee:
    return OpenFee(UUID(int=number), owed, held, is_requested)


A, B = fee(1, 15_000), fee(2, 20_000)
ASKED = fee(2, 20_000, is_requested=True)
HELD = fee(1, 15_000, held=8_000)


@pytest.mark.parametrize(
    ("amount", "fees", "decision"),
    [
        (15_000, [A], Decision(Outcome.SETTLE, (A,))),
        (14_999, [A], Decision(Outcome.HOLD, (A,))),
        (15_001, [A], Decision(Outcome.SETTLE, (A,), 1)),
        (15_000, [], Decision(Outcome.GIVE_BACK, rest=15_000)),
        (7_000, [HELD], Decision(Outcome.SETTLE, (HELD,))),
        (6_000, [HELD], Decision(Outcome.HOLD, (HELD,))),
        (9_000, [HELD], Decision(Outcome.SETTLE, (HELD,), 2_000)),
        (15_000, [A, B], Decision(Outcome.SETTLE, (A,))),
        (20_000, [A, B], Decision(Outcome.SETTLE, (B,))),
        (35_000, [A, B], Decision(Outcome.SETTLE, (A, B))),
        (1_000, [A, B], Decision(Outcome.HOLD, (A,))),
        (1_000, [A, ASKED], Decision(Outcome.HOLD, (ASKED,))),
        (1_000, [HELD, ASKED], Decision(Outcome.HOLD, (HELD,))),
        (30_000, [A, ASKED], Decision(Outcome.SETTLE, (ASKED,), 10_000)),
        (27_000, [HELD, ASKED], Decision(Outcome.SETTLE, (HELD, ASKED))),
    ],
)
def test_decisions(amount: int, fees: list[OpenFee], decision: Decision) -> None:
    assert decide(amount, fees) == decision


@pytest.mark.parametrize(
    ("amount", "outcome"), [(15_000, Outcome.SETTLE), (14_999, Outcome.ASK), (15_001, Outcome.ASK)]
)
def test_a_code_that_is_not_sure_needs_the_amount_to_the_dong(amount: int, outcome: Outcome) -> None:
    assert decide(amount, [A], is_sure=False).outcome is outcome
    assert decide(amount, [], is_sure=False).outcome is Outcome.ASK
