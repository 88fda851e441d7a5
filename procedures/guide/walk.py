"""Goes through a check from question to question: which is next, and what the answers mean so far. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procedures.choices import Channel
from procedures.content import Content
from procedures.formschema.conditions import evaluate
from procedures.formschema.definition import CASE, Condition, Field, Option
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from procedures.guide.counting import list_counts
from procedures.guide.definition import AGENCY, CHANNEL, UNSURE, Guide, Stop, list_keys
from procedures.guide.derive import guide_of
from procedures.guide.exempting import list_exemptions
from procedures.texts import Text

_HOW = Text("Bạn muốn nộp cách nào?", "How will you file?")
_WHERE = Text("Bạn sẽ nộp ở đâu?", "Where will you file?")
_FILE_WORDS = {
    Channel.ONLINE.value: Text("Qua mạng", "Online"),
    Channel.DESK.value: Text("Đến tận nơi", "In person"),
    Channel.POST.value: Text("Gửi qua bưu chính", "By post"),
}


@dataclass(frozen=True)
class Step:
    """One page of the check: a question, or the few numbers that fees count by."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Taken:
    """One answered question. `raw` is how the answer stands in the address."""

    step: str
    field: Field
    raw: str
    words: str


@dataclass
class Walk:
    """`given`: answers by key as they stand in the address, `places`: (code, name) of the offices.

    After `run()`: `taken` in order, `current` the page to show or None at the end, `errors` of that page.
    """

    content: Content
    given: Mapping[str, str]
    on: date
    places: Sequence[tuple[str, str]] = ()
    taken: list[Taken] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    case: str | None = None
    channel: str = ""
    agency: str = ""
    stop: Stop | None = None
    current: Step | None = None
    ahead: int = 0

    def __post_init__(self) -> None:
        self.guide: Guide = guide_of(self.content)
        self.channels = list_channels(self.content)
        self._settled: set[str] = set()

    def run(self) -> "Walk":
        """Up to the first question without an answer, to a reason to stop, or to the end."""
        for step in self._steps():
            self.stop = self._find_stop()
            if self.stop is not None:
                return self
            if self.given.get("change") == step.key or not self._take(step):
                self.current = step
                self.ahead = self._count_ahead(step)
                return self
        self.stop = self._find_stop()
        return self

    @property
    def doubts(self) -> list[Field]:
        """Questions answered with “not sure” on which it depends whether somebody may."""
        asked = {key for rule in self.guide.stops for key in list_keys(rule.condition)}
        return [item.field for item in self.guide.questions if item.field.key in self.unsure & asked]

    @property
    def exemptions(self) -> tuple[Field, ...]:
        """Questions on which a relief of the case depends."""
        return list_exemptions(self.content, self.guide, self.case, self.channels, self.on)

    def holds(self, condition: Condition | None) -> bool:
        return evaluate(condition, self.values, self.guide.types, on=self.on)

    def _steps(self) -> Iterator[Step]:
        if not self.guide.cases:
            yield from self._ask_case()
        for question in self.guide.questions:
            if self.holds(question.field.visible_if):
                yield Step(question.field.key, (question.field,))
            self._settled.add(question.field.key)
        if self.guide.cases:
            rule = next((rule for rule in self.guide.cases if self.holds(rule.condition)), None)
            if rule is None:
                yield from self._ask_case()
            else:
                self._set_case(rule.case)
        counts = list_counts(self.content, self.guide, self.case, self.channels, self.on)
        if counts:
            yield Step(counts[0].key, counts)
        for exemption in self.exemptions:
            yield Step(exemption.key, (exemption,))
        yield from self._ask_where()

    def _ask_case(self) -> Iterator[Step]:
        cases = self.content.cases
        if len(cases) > 1:
            options = tuple(Option(case.key, case.label, case.hint) for case in cases)
            yield Step(CASE, (_choice(CASE, self.content.case_question, options),))
            self._set_case(self.values[CASE])
        elif cases:
            self._set_case(cases[0].key)

    def _set_case(self, case: str) -> None:
        self.case = self.values[CASE] = case
        self._settled.add(CASE)

    def _ask_where(self) -> Iterator[Step]:
        if len(self.channels) > 1:
            options = tuple(Option(name, _FILE_WORDS[name]) for name in self.channels)
            yield Step(CHANNEL, (_choice(CHANNEL, _HOW, options),))
            self.channel = str(self.values.pop(CHANNEL))
        else:
            self.channel = next(iter(self.channels), "")
        if len(self.places) > 1:
            options = tuple(Option(code, Text(name)) for code, name in self.places)
            not_yet = Option(UNSURE, Text("Tôi chưa biết nơi nào", "I do not know which yet"))
            yield Step(AGENCY, (_choice(AGENCY, _WHERE, (*options, not_yet)),))
            self.agency = str(self.values.pop(AGENCY, ""))
        elif self.places:
            self.agency = self.places[0][0]

    def _take(self, step: Step) -> bool:
        """Whether every question of the page has an answer that can be used."""
        asked = self.given.get("asked") == step.key
        for question in step.fields:
            raw = self.given.get(question.key, "")
            if raw == UNSURE and may_be_unsure(question):
                self.unsure.add(question.key)
                self._note(step, question, raw, str(UNSURE_WORDS))
                continue
            try:
                value = field_types.get(question.type).clean(raw, question, self.on)
            except Refused as refused:
                self.errors[question.key] = refused.message
                continue
            if value is None:
                if asked:
                    self.errors[question.key] = field_types.get(question.type).missing(question).message
                continue
            self.values[question.key] = value
            self._note(
                step, question, _address(value), field_types.get(question.type).display(value, question)
            )
        done = {item.field.key for item in self.taken if item.step == step.key}
        if len(done) == len(step.fields):
            return True
        self.taken = [item for item in self.taken if item.step != step.key]
        return False

    def _note(self, step: Step, question: Field, raw: str, words: str) -> None:
        self.taken.append(Taken(step.key, question, raw, words))

    def _find_stop(self) -> Stop | None:
        """A reason counts once every question it asks about was passed."""
        for stop in self.guide.stops:
            if set(list_keys(stop.condition)) <= self._settled and self.holds(stop.condition):
                return stop
        return None

    def _count_ahead(self, step: Step) -> int:
        """How many questions may still follow this one, at most."""
        keys = [item.field.key for item in self.guide.questions]
        if step.key in keys:
            rest = len(keys) - keys.index(step.key) - 1
        else:
            rest = len(keys) if step.key == CASE and not self.guide.cases else 0
        rest += len(self.places) > 1 and step.key != AGENCY
        rest += len(self.channels) > 1 and step.key not in (AGENCY, CHANNEL)
        late = [field.key for field in self.exemptions]
        rest += len(late) - (late.index(step.key) + 1 if step.key in late else 0)
        if step.key in (CHANNEL, AGENCY):
            rest -= len(late)
        if step.key in keys or step.key == CASE:
            rest += bool(list_counts(self.content, self.guide, self.case, self.channels, self.on))
        return rest


UNSURE_WORDS = Text("Tôi không chắc", "I am not sure")


def may_be_unsure(question: Field) -> bool:
    """Yes-or-no questions always offer it; of a choice it must be one of the options."""
    return question.type == "boolean" or UNSURE in {option.value for option in question.options}


def list_channels(content: Content) -> tuple[str, ...]:
    """Ways of filing that the document names and somebody offers: online here, or at the portal it names."""
    return tuple(
        name
        for name in content.channels
        if name != Channel.ONLINE.value or content.takes_online or content.other_portal is not None
    )


def _choice(key: str, label: Text, options: tuple[Option, ...]) -> Field:
    label = label or Text("Bạn thuộc trường hợp nào?", "Which case is yours?")
    return Field(key, "choice", label, required=True, options=options)


def _address(value: Any) -> str:
    """The canonical answer as it stands in the address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
