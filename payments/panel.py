"""What a dossier's fees look like to somebody: lines, state, receipt, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dossiers import selectors as dossiers
from dossiers.choices import FeeMode, FeeStatus
from payments import selectors
from payments.lines import FeeLine, read_lines
from payments.refunds.telling import Part, tell_refunds
from payments.rights import can_take_cash
from portal.accounts.actor import Actor

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee
    from payments.models import Receipt
    from portal.accounts.models import Agency


@dataclass(frozen=True, slots=True)
class FeeCard:
    """One fee. `state`: open, unknown (no amount yet), settled, waived, void; `refunds`: told to its payer."""

    fee: Fee
    title: str
    state: str
    lines: tuple[FeeLine, ...]
    receipt: Receipt | None
    can_collect: bool
    waiver_waits: bool = False
    refunds: tuple[str, ...] = ()

    @property
    def amount(self) -> int | None:
        return self.fee.amount

    @property
    def paid_at(self) -> datetime | None:
        return self.fee.settled_at


@dataclass(frozen=True, slots=True)
class Panel:
    """All fees in force of a dossier, and the desk where they are paid."""

    cards: tuple[FeeCard, ...]
    place: Agency | None

    @property
    def has_open(self) -> bool:
        return any(card.state == "open" for card in self.cards)


def build_panel(dossier: Dossier, actor: Actor) -> Panel:
    """At most two queries: the fees with their receipts, and for officers why the dossier is theirs.

    `dossier` comes with its agency, as `open_dossier` gives it.
    """
    fees = selectors.list_fees(dossier)
    may_take = any(is_payable(fee) for fee in fees) and takes_cash(dossier, actor)
    return Panel(tuple(build_card(fee, may_take=may_take) for fee in fees), dossier.agency)


def takes_cash(dossier: Dossier, actor: Actor) -> bool:
    """Does this officer's desk take money for the dossier now? One query for officers, none for others."""
    return actor.is_officer and can_take_cash(dossier, actor, dossiers.relations_of(dossier))


def is_payable(fee: Fee) -> bool:
    return fee.status == FeeStatus.OPEN and bool(fee.amount)


def build_card(fee: Fee, *, may_take: bool) -> FeeCard:
    """One fee as it is shown. `fee` comes with its receipt (payments.selectors)."""
    return FeeCard(
        fee=fee,
        title=str(FeeMode(fee.mode).label),
        state="unknown" if fee.status == FeeStatus.OPEN and fee.amount is None else str(fee.status),
        lines=read_lines(fee.lines),
        receipt=getattr(fee, "receipt", None),
        can_collect=may_take and is_payable(fee),
        waiver_waits=bool(getattr(fee, "waiver_waits", False)),
        refunds=tell_refunds(map(Part.read, getattr(fee, "money_back", ())), fee.refund_due),
    )
