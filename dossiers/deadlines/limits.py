"""The values a deadline is made of: limit, pause, policy, and the answer."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation


class CalendarUnknown(RuleViolation):
    """The counting would pass a day on which nobody has yet said whether the office works."""

    def __init__(self, day: date, known_from: date, known_until: date) -> None:
        message = _("Lịch làm việc chỉ có từ %(first)s đến %(last)s. Chưa thể tính hạn.") % {
            "first": f"{known_from:%d/%m/%Y}",
            "last": f"{known_until:%d/%m/%Y}",
        }
        super().__init__(code="calendar_unknown", message=message)
        self.day = day


class Unit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    DAY = "day"  # "ngày" without "làm việc" is a calendar day (I7)
    MONTH = "month"
    HOUR = "hour"
    SAME_DAY = "same_day"


class Policy(StrEnum):
    RESET = "RESET"
    PAUSE = "PAUSE"


class PauseKind(StrEnum):
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    CONFIRMATION = "confirmation"


LONGEST = 36_500
_WHOLE = frozenset({Unit.CALENDAR_DAY, Unit.DAY, Unit.MONTH})


@dataclass(frozen=True)
class Limit:
    """A statutory limit. `value` may be a fraction only in working days and hours (7.5 ngày làm việc).

    `unit` is a value of Unit; with `same_day` the value is ignored. Raises RuleViolation.
    """

    value: int | float | Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in set(Unit):
            raise RuleViolation(code="invalid_limit", message=_("Đơn vị thời hạn không hợp lệ."))
        if self.unit == Unit.SAME_DAY:
            return
        if not 0 < self.amount <= LONGEST:
            raise RuleViolation(code="invalid_limit", message=_("Thời hạn phải lớn hơn 0 và không quá dài."))
        if self.unit in _WHOLE and self.amount.denominator != 1:
            raise RuleViolation(code="invalid_limit", message=_("Thời hạn này phải là số nguyên."))

    @property
    def amount(self) -> Fraction:
        """The value without the rounding of binary fractions."""
        return Fraction(str(self.value))

    @property
    def is_in_calendar_days(self) -> bool:
        """Counted in days of the calendar, so that a pause moves whole days (I5)."""
        return self.unit in _WHOLE


@dataclass(frozen=True)
class Pause:
    """A time in which the clock stands still; `end` is None while it is open.

    Only a SUPPLEMENT restarts the limit under RESET; the other kinds pause whatever the policy (I13).
    """

    start: datetime
    end: datetime | None
    kind: str = PauseKind.SUPPLEMENT

    def __post_init__(self) -> None:
        if self.kind not in set(PauseKind):
            raise RuleViolation(code="invalid_pause", message=_("Loại tạm dừng không hợp lệ."))


@dataclass(frozen=True)
class Due:
    """The due moment, or None while a pause is open, and the sentences that explain it.

    While paused, `remaining_seconds` is the working time left of the limit, or
    `remaining_days` the calendar days left where the limit is counted in such days.
    """

    due_at: datetime | None
    lines: tuple[str, ...]
    remaining_seconds: int | None = None
    remaining_days: int | None = None
