"""A procedure's document as one frozen value: the eleven items, the form and the rules of its flow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procedures.choices import Channel, LimitUnit, ServiceLevel
from procedures.fees import AssessedFee, FeeRule, assess
from procedures.formschema.schema import FormSchema
from procedures.guide.definition import Guide
from procedures.parts import (
    Agencies,
    BlankForm,
    Case,
    LegalText,
    OtherPortal,
    Requirement,
    ResultKind,
    StepPlan,
    SupplementPolicy,
    TimeLimit,
    Way,
)
from procedures.reliefs import Relief
from procedures.texts import Text

CURRENT_SCHEMA = 1
Document = dict[str, Any]
# From schema number n to n + 1; published bytes stay as they are and are upgraded on every read.
UPGRADES: Mapping[int, Callable[[Document], Document]] = {}


@dataclass(frozen=True)
class Content:
    """`province`: whose own procedure it is, "" for the whole country; `partial`: some items are not known.

    `next_codes`: procedures people usually need afterwards.
    """

    schema: int
    code: str
    name: Text
    everyday_name: Text
    aliases: tuple[str, ...]
    field: Text
    province: str
    partial: bool
    tiers: tuple[str, ...]
    audience: Text
    level: ServiceLevel
    summary: Text
    effective_from: date | None
    case_question: Text
    cases: tuple[Case, ...]
    requirements: tuple[Requirement, ...]
    sets: int
    channels: tuple[str, ...]
    limits: tuple[TimeLimit, ...]
    limit_note: Text
    fees: tuple[FeeRule, ...]
    performed_by: tuple[str, ...]
    agencies: Agencies
    steps: tuple[StepPlan, ...]
    supplement: SupplementPolicy
    check_hours: int
    same_day: bool
    authorised_desk: bool
    quick: bool
    all_owners_consent: bool
    draft_confirmation: bool
    form: FormSchema | None
    results: tuple[ResultKind, ...]
    legal_basis: tuple[LegalText, ...]
    conditions: tuple[Text, ...]
    how_steps: tuple[Text, ...]
    submit_ways: tuple[Way, ...]
    receive_ways: tuple[Way, ...]
    forms_files: tuple[BlankForm, ...]
    samples: tuple[BlankForm, ...]
    other_portal: OtherPortal | None
    source_url: str
    next_codes: tuple[str, ...]
    guide: Guide | None = None
    reliefs: tuple[Relief, ...] = ()

    def case_or_none(self, key: str | None) -> Case | None:
        return next((case for case in self.cases if case.key == key), None)

    def requirement(self, key: str) -> Requirement | None:
        return next((item for item in self.requirements if item.key == key), None)

    def requirements_for(self, case: str | None) -> tuple[Requirement, ...]:
        """Papers of one case; without a case, those every case shares."""
        return tuple(item for item in self.requirements if item.applies_to(case))

    def limit_for(self, case: str | None, channel: str | None) -> TimeLimit | None:
        """The most specific limit of the case and channel; None when the law states none."""
        fitting = [
            limit for limit in self.limits if limit.case in (None, case) and limit.channel in (None, channel)
        ]
        return max(
            fitting, key=lambda limit: (limit.case is not None, limit.channel is not None), default=None
        )

    def fees_for(self, case: str | None, channel: str | None) -> tuple[FeeRule, ...]:
        """Every rule that may apply to the case and channel, dated ones too; `fees.assess` picks by day."""
        return tuple(
            rule for rule in self.fees if rule.case in (None, case) and rule.channel in (None, channel)
        )

    def assess(
        self, *, case: str | None, channel: str | None, answers: Mapping[str, Any], on: date
    ) -> tuple[AssessedFee, ...]:
        """What these cleaned answers owe on that day, reliefs taken off: one result per mode."""
        return assess(
            self.fees,
            case=case,
            channel=channel,
            answers=answers,
            on=on,
            reliefs=self.reliefs,
            types=self.form.types if self.form else {},
        )

    @property
    def takes_online(self) -> bool:
        """A citizen may file here online: the level allows it and the law names the channel."""
        return self.level.can_submit_online and Channel.ONLINE.value in self.channels

    @property
    def is_same_day_only(self) -> bool:
        return bool(self.limits) and all(limit.unit == LimitUnit.SAME_DAY for limit in self.limits)


def upgrade(
    document: Document,
    *,
    upgrades: Mapping[int, Callable[[Document], Document]] = UPGRADES,
    current: int = CURRENT_SCHEMA,
) -> Document:
    """The document in today's shape; pure, the given document is left alone."""
    number = document.get("schema")
    while isinstance(number, int) and number < current and number in upgrades:
        document = {**upgrades[number](document), "schema": number + 1}
        number += 1
    return document


def parse_content(document: object) -> Content:
    """Reads a document into a Content.

    Raises RuleViolation `invalid_content`; its `errors` map each exact path ("requirements[2].mode")
    to messages a catalogue admin can act on.
    """
    from procedures.content_reader import read_content  # the reader needs the values above

    return read_content(document)
