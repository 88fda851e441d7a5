"""What becomes of money that came for a dossier: pure arithmetic over its fees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """`settle`: fees are paid, `rest` is owed back; `hold`: too little, kept until the rest comes; `give_back`: no
    fee waits for it; `ask`: a person decides."""

    SETTLE = "settle"
    HOLD = "hold"
    GIVE_BACK = "give_back"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class OpenFee:
    """A fee that waits for money: đồng owed, đồng that came before and are held, whether it was asked for."""

    id: UUID
    owed: int
    held: int = 0
    is_requested: bool = False

    @property
    def lacking(self) -> int:
        return self.owed - self.held


@dataclass(frozen=True, slots=True)
class Decision:
    """`fees`: what the money is for, in order; `rest`: đồng beyond them."""

    outcome: Outcome
    fees: tuple[OpenFee, ...] = ()
    rest: int = 0


def decide(amount: int, fees: Sequence[OpenFee], *, is_sure: bool = True) -> Decision:
    """The open fees come in the order they were assessed. `is_sure` False: only an amount that fits exactly counts.

    One fee, or all of them together, whose lack is exactly the amount; else the fee that was asked for first.
    """
    exact = _find_exact(amount, fees)
    if exact:
        return Decision(Outcome.SETTLE, exact)
    if not is_sure:
        return Decision(Outcome.ASK)
    if not fees:
        return Decision(Outcome.GIVE_BACK, rest=amount)
    due = next((fee for fee in fees if fee.held), None) or _first_due(fees)
    if amount < due.lacking:
        return Decision(Outcome.HOLD, (due,))
    return Decision(Outcome.SETTLE, (due,), amount - due.lacking)


def _find_exact(amount: int, fees: Sequence[OpenFee]) -> tuple[OpenFee, ...]:
    same = [fee for fee in fees if fee.lacking == amount]
    if same:
        return (_first_due(same),)
    return tuple(fees) if len(fees) > 1 and sum(fee.lacking for fee in fees) == amount else ()


def _first_due(fees: Collection[OpenFee]) -> OpenFee:
    return next((fee for fee in fees if fee.is_requested), next(iter(fees)))
