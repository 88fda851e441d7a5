"""What a cashier's session looks like on a page: the money it moved, its count, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from payments.choices import DifferenceKind
from payments.models import CashSession, Difference
from payments.till import reads as tills
from payments.till.counting import say_difference
from payments.till.reads import Numbers, Taken

CLOSED_HREF = "?before=%s"


@dataclass(frozen=True, slots=True)
class Drawer:
    """One session. `notes`: (denomination, how many), the largest first. Amounts in đồng."""

    session: CashSession
    taken: Taken
    numbers: tuple[Numbers, ...]
    is_difference_open: bool

    @property
    def notes(self) -> list[tuple[int, int]]:
        return sorted(((int(value), number) for value, number in self.session.notes.items()), reverse=True)

    @property
    def difference(self) -> str:
        """ "Thiếu 20.000 đ", or nothing."""
        return say_cash_difference(self.session)

    @property
    def card_difference(self) -> str:
        return say_difference((self.session.card_counted or 0) - (self.session.card_expected or 0))

    @property
    def rest(self) -> int:
        return tills.rest_of(self.session)


def build_drawer(session: CashSession) -> Drawer:
    """Four queries at most: ledger, receipts, their numbers, and for a short or over session its difference."""
    is_off = session.closed_at is not None and session.counted != session.expected
    return Drawer(
        session=session,
        taken=tills.sum_session(session),
        numbers=tuple(tills.list_numbers(session)),
        is_difference_open=is_off and _is_difference_open(session),
    )


def say_cash_difference(session: CashSession) -> str:
    """Of a closed session: "Thiếu 20.000 đ", or nothing."""
    return say_difference((session.counted or 0) - (session.expected or 0))


def _is_difference_open(session: CashSession) -> bool:
    found = Difference.objects.filter(session=session, kind=DifferenceKind.DRAWER, ended_at__isnull=True)
    return found.exists()


def read_before(typed: str | None) -> UUID | None:
    """Where a page of the list begins; anything else shows the first page."""
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None
