"""The differences that a draft makes to the dossiers of the past, counted and in order. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dossiers.replay.verdicts import Verdict
from portal.core.money import format_vnd

MOST_SHOWN = 40


@dataclass(frozen=True)
class Compared:
    """One dossier judged by the version in force (`before`) and by the draft (`after`)."""

    code: str
    before: Verdict
    after: Verdict

    @property
    def is_newly_refused(self) -> bool:
        return not self.before.refusals and bool(self.after.refusals)

    @property
    def is_newly_taken(self) -> bool:
        return bool(self.before.refusals) and not self.after.refusals

    @property
    def is_newly_unrouted(self) -> bool:
        return self.before.is_routed and not self.after.is_routed

    @property
    def has_other_fee(self) -> bool:
        """Only where both documents take the dossier: a refused one owes nothing."""
        return not self.before.refusals and not self.after.refusals and self.before.fee != self.after.fee

    @property
    def has_other_due(self) -> bool:
        return self.before.due_at != self.after.due_at

    @property
    def days_moved(self) -> int:
        """Calendar days from the old due day to the new one; 0 where one of them is not known."""
        if self.before.due_at is None or self.after.due_at is None:
            return 0
        return (self.after.due_at.date() - self.before.due_at.date()).days

    @property
    def is_touched(self) -> bool:
        return (
            self.is_newly_refused
            or self.is_newly_taken
            or self.is_newly_unrouted
            or self.has_other_fee
            or self.has_other_due
        )


@dataclass(frozen=True)
class FeeTotal:
    """Sums in đồng over the dossiers whose fee both documents know; `unknown`: how many are left out."""

    before: int
    after: int
    unknown: int

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def change_text(self) -> str:
        """ "+15.000 đ", "−15.000 đ"."""
        sign = "+" if self.change > 0 else "−" if self.change else ""
        return sign + format_vnd(abs(self.change))


@dataclass(frozen=True)
class Report:
    compared: tuple[Compared, ...]

    @property
    def count(self) -> int:
        return len(self.compared)

    @cached_property
    def touched(self) -> Sequence[Compared]:
        """The hardest differences first."""
        rows = [row for row in self.compared if row.is_touched]
        return sorted(rows, key=lambda row: (not row.is_newly_refused, not row.is_newly_unrouted, row.code))

    @property
    def shown(self) -> Sequence[Compared]:
        return self.touched[:MOST_SHOWN]

    @cached_property
    def refused(self) -> Sequence[Compared]:
        return [row for row in self.compared if row.is_newly_refused]

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why dossiers would newly be refused, the commonest first, with how many."""
        counted = Counter(reason for row in self.refused for reason in row.after.refusals)
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))

    @property
    def taken(self) -> int:
        return _count(row.is_newly_taken for row in self.compared)

    @property
    def unrouted(self) -> int:
        return _count(row.is_newly_unrouted for row in self.compared)

    @property
    def already_refused(self) -> int:
        """Refused by the version in force too: older rules took them."""
        return _count(bool(row.before.refusals) and bool(row.after.refusals) for row in self.compared)

    @cached_property
    def fees(self) -> FeeTotal:
        rows = [row for row in self.compared if not row.before.refusals and not row.after.refusals]
        known = [
            (row.before.fee, row.after.fee)
            for row in rows
            if row.before.fee is not None and row.after.fee is not None
        ]
        return FeeTotal(
            sum(before for before, _after in known),
            sum(after for _before, after in known),
            len(rows) - len(known),
        )

    @property
    def other_fee(self) -> int:
        return _count(row.has_other_fee for row in self.compared)

    @property
    def sooner(self) -> int:
        return _count(row.days_moved < 0 for row in self.compared)

    @property
    def later(self) -> int:
        return _count(row.days_moved > 0 for row in self.compared)

    @property
    def other_due(self) -> int:
        """Also those moved within a day, and those that gained or lost a legal time."""
        return _count(row.has_other_due for row in self.compared)


def _count(flags: Iterable[bool]) -> int:
    return sum(1 for flag in flags if flag)
