"""What every field type promises, and the controls it asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from portal.core.jsontypes import Json, JsonObject
from portal.core.text import clean_text
from procedures.formschema.definition import Field

QUOTED = 30
TEXT_PATTERN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]*$"
"""What `portal.core.text.clean_text` takes, for JSON Schema: no controls, no lone surrogates."""
Shown = Mapping[str, Any]
"""What the controls of a question hold: part -> text, or list of texts. One control has the part ""."""


class Refused(Exception):  # noqa: N818  a sentence for the person who typed, not a fault of the program
    """An answer that cannot be taken. `parts`: sentence by control; a question with one control has ""."""

    def __init__(self, message: str, part: str = "", *, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.parts = dict(parts or {part: message})


class PartFaults:
    """Gathers what is wrong with the controls of one question, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def read(self, part: str, reader: Callable[[], str]) -> str:
        """What the reader gives; its refusal is noted and gives ""."""
        try:
            return reader()
        except Refused as refused:
            self.found[part] = refused.message
            return ""

    def note(self, part: str, message: str) -> None:
        self.found.setdefault(part, message)

    def raise_any(self) -> None:
        if self.found:
            raise Refused(next(iter(self.found.values())), parts=self.found)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Input:
    """One control. `widget`: text, area, select, radios, checks or tick.

    `shown_with`: values of the first control of the question that make this one of use.
    """

    part: str = ""
    label: str = ""
    hint: str = ""
    widget: str = "text"
    kind: str = "text"
    inputmode: str = ""
    autocomplete: str = "off"
    width: str = ""
    max_length: int | None = None
    rows: int = 4
    choices: tuple[Choice, ...] = ()
    required: bool = False
    shown_with: tuple[str, ...] = ()


class FieldType(Protocol):
    """One kind of question: how it is asked, read, kept, checked, shown and printed."""

    name: str
    title: str
    prefill: frozenset[str]
    is_answer: bool
    settings: frozenset[str]

    def clean(self, raw: object, field: Field, on: date) -> Json:
        """The canonical value of what was typed or sent, None for nothing. Raises Refused. Idempotent."""

    def missing(self, field: Field) -> Refused:
        """What to say when a required question is left empty."""

    def json_schema(self, field: Field) -> JsonObject:
        """The shape of the canonical value."""

    def show(self, value: Any, field: Field) -> Shown:
        """What the controls hold for a canonical value, or for what was typed and not yet taken."""

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        """The controls, given what they hold now."""

    def first(self, field: Field) -> Input:
        """The control that links lead to; cheap, so without its choices."""

    def display(self, value: Any, field: Field) -> str:
        """As people read it. Never fails, also on values kept from older rules."""

    def print_text(self, value: Any, field: Field) -> str:
        """As it stands on a printed form."""


class BaseType:
    """Defaults shared by types with one text control."""

    name: str
    title: str
    prefill: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    is_answer: bool = True

    def clean(self, raw: object, field: Field, on: date) -> Json:
        text = read_line(raw)
        return self.parse(text, field, on) if text else None

    def parse(self, text: str, field: Field, on: date) -> Json:
        return text

    def missing(self, field: Field) -> Refused:
        return Refused(ask(field, _("Nhập %(lead)s.")))

    def json_schema(self, field: Field) -> JsonObject:
        return {"type": "string", "minLength": 1, "pattern": TEXT_PATTERN}

    def show(self, value: Any, field: Field) -> Shown:
        return {"": "" if value is None else str(value)}

    def inputs(self, field: Field, shown: Shown) -> tuple[Input, ...]:
        return (Input(),)

    def first(self, field: Field) -> Input:
        return next(iter(self.inputs(field, {})), Input())

    def display(self, value: Any, field: Field) -> str:
        return str(self.show(value, field)[""])

    def print_text(self, value: Any, field: Field) -> str:
        return self.display(value, field)


def ask(field: Field, sentence: str) -> str:
    """The sentence about this question; a label that is itself a question is quoted."""
    if str(field.label).endswith("?"):
        return _("Trả lời câu này: “%(label)s”") % {"label": field.label}
    return sentence % {"lead": field.lead}


def read_text(raw: object) -> str:
    """Text at the door: NFC, line ends as one newline, no blanks around. Only text is taken for text."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise Refused(_("Phần này phải là chữ."))
    try:
        return clean_text(raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    except RuleViolation as error:
        raise Refused(error.message) from error


def read_line(raw: object) -> str:
    """Text on one line: runs of blanks become one."""
    return " ".join(read_text(raw).split())


def read_parts(raw: object, parts: Sequence[str], refused: Refused) -> dict[str, str] | None:
    """Every part of a composite answer on one line; None for no answer. Raises `refused` for what is no object."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, dict):
        raise refused
    return {part: read_line(raw.get(part)) for part in parts}


def own_token(field: Field, token: str) -> str:
    """The autocomplete token of a question about the person who types; any other question has none."""
    return token if field.prefill.startswith("person.") else "off"


def quote(text: str) -> str:
    """What was typed, short enough to be repeated in a message."""
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
