"""The parts of a procedure's document, as frozen values. Keys are stable and never reused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from procedures.choices import LimitUnit, RequirementMode
from procedures.texts import EMPTY, Text


@dataclass(frozen=True)
class Case:
    """Trường hợp: decides which papers, time limit and fee apply."""

    key: str
    label: Text
    hint: Text = EMPTY


@dataclass(frozen=True)
class Requirement:
    """Thành phần hồ sơ. `cases` empty means every case; `replaces` names the requirement it stands for.

    `database`: the national database that holds it (Resolution 66.7/2025); `picture`: how a good one looks.
    """

    key: str
    name: Text
    mode: str
    required: bool = True
    cases: tuple[str, ...] = ()
    originals: int = 1
    copies: int = 0
    hint: Text = EMPTY
    replaces: str = ""
    filled_online: bool = False
    database: Text = EMPTY
    picture: str = ""

    def applies_to(self, case: str | None) -> bool:
        return not self.cases or case in self.cases

    @property
    def is_submitted(self) -> bool:
        return self.mode == RequirementMode.SUBMIT

    @property
    def is_presented(self) -> bool:
        return self.mode == RequirementMode.PRESENT

    @property
    def is_looked_up(self) -> bool:
        return self.mode == RequirementMode.LOOKUP


@dataclass(frozen=True)
class TimeLimit:
    """`value` counts `unit`; for same_day the value is 1 and the 15:00 rule applies (domain: I2)."""

    value: int
    unit: str
    case: str | None = None
    channel: str | None = None

    def __str__(self) -> str:
        if self.unit == LimitUnit.SAME_DAY:
            return _("Trong ngày")
        return f"{self.value} {LimitUnit(self.unit).label}"


@dataclass(frozen=True)
class StepPlan:
    """One step of the internal flow; `hours` are working hours of its budget."""

    key: str
    name: Text
    kind: str
    hours: int
    role: str


@dataclass(frozen=True)
class SupplementPolicy:
    """`window_days`: working days in which a round may be asked (Decree 61/2018 Art. 17, 19)."""

    policy: str
    rounds: int
    window_days: int


@dataclass(frozen=True)
class ResultKind:
    key: str
    name: Text
    medium: str


@dataclass(frozen=True)
class LegalText:
    number: str
    title: Text


@dataclass(frozen=True)
class Way:
    """One way to file or to receive, with its own sentence."""

    channel: str
    text: Text


@dataclass(frozen=True)
class BlankForm:
    key: str
    name: Text
    hint: Text = EMPTY


@dataclass(frozen=True)
class Agencies:
    """Who decides, who performs, who is authorised and who helps (Decree 63/2010 Art. 8)."""

    competent: Text
    performing: Text
    authorised: Text = EMPTY
    coordinating: Text = EMPTY


@dataclass(frozen=True)
class OtherPortal:
    """Where the procedure is done online when this portal does not do it."""

    name: Text
    url: str
