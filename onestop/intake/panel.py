"""What is promised and owed if the dossier is taken in now; named as expected until it is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.deadlines import CalendarUnknown, Limit, compute_due
from portal.accounts import selectors as accounts
from portal.core import clock
from procedures.choices import FeeMode
from procedures.content import Content
from procedures.fees import AssessedFee


@dataclass(frozen=True)
class Panel:
    """`due_at` is None without a legal limit, or where the calendar ends (`trouble`)."""

    due_at: datetime | None
    lines: tuple[str, ...]
    fees: tuple[AssessedFee, ...]
    trouble: str = ""

    @property
    def due_now(self) -> int | None:
        """Đồng to pay before acceptance; None when an amount is not known."""
        return _total(self.fees, FeeMode.BEFORE)

    @property
    def due_later(self) -> int | None:
        return _total(self.fees, FeeMode.AFTER)


def build_panel(
    content: Content, *, case: str, channel: str, answers: Mapping[str, Any], agency_id: int
) -> Panel:
    """Due moment and fees for the case, channel and the answers typed so far. One query."""
    fees = content.assess(case=case or None, channel=channel, answers=answers, on=clock.today())
    limit = content.limit_for(case or None, channel)
    if limit is None or (content.cases and not case):
        return Panel(None, (), fees)
    calendar = accounts.get_work_calendar(agency_id)
    try:
        due = compute_due(clock.now(), Limit(limit.value, limit.unit), calendar=calendar)
    except CalendarUnknown as error:
        return Panel(None, (), fees, error.message)
    return Panel(due.due_at, due.lines, fees)


def _total(fees: tuple[AssessedFee, ...], mode: FeeMode) -> int | None:
    amounts = [fee.amount for fee in fees if fee.mode == mode]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)
