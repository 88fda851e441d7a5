"""What an e-form is made of: frozen values, read from the `form` part of a procedure's document."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.core.jsontypes import Json
from procedures.texts import EMPTY, Text

CASE = "case"
"""Reserved key: conditions may ask which case (trường hợp) of the procedure was chosen."""


@dataclass(frozen=True)
class Term:
    """One comparison. `other` names the field to compare with; then `value` is None."""

    field: str
    op: str
    value: Json = None
    other: str = ""


@dataclass(frozen=True)
class Condition:
    """`mode` is all or any; its terms are comparisons or, one level down, conditions of comparisons."""

    mode: str
    terms: "tuple[Term | Condition, ...]"


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    value: str
    label: Text
    hint: Text = EMPTY


@dataclass(frozen=True)
class Field:
    """One question. Settings that a type does not use keep their defaults.

    `min`, `max`: least and greatest number, rows of a group, or day (ISO or "today").
    `limits`: further settings of the type, for example `precision` of an address.
    """

    key: str
    type: str
    label: Text
    required: bool = False
    hint: Text = EMPTY
    official: Text = EMPTY
    prefill: str = ""
    visible_if: Condition | None = None
    options: tuple[Option, ...] = ()
    min: int | str | None = None
    max: int | str | None = None
    max_length: int | None = None
    decimals: int = 2
    requirement: str = ""
    fields: "tuple[Field, ...]" = ()
    row_label: Text = EMPTY
    add_label: Text = EMPTY
    precision: str = "line"
    abroad: bool = False
    papers: tuple[str, ...] = ()
    issue: str = "optional"

    @property
    def lead(self) -> str:
        """The label, ready to stand inside a sentence: lower case first, unless it starts an abbreviation."""
        label = str(self.label).rstrip(".:")
        return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


@dataclass(frozen=True)
class Page:
    """One page of questions; a hidden page takes all its answers with it."""

    key: str
    title: Text
    fields: tuple[Field, ...]
    visible_if: Condition | None = None
    hint: Text = EMPTY


@dataclass(frozen=True)
class Check:
    """A refusal over several answers: `message` is shown at `fields` when the condition holds.

    A check about fields of one group is run for every row of it; `group` is its key.
    """

    condition: Condition
    message: Text
    fields: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True)
class PartyMap:
    """How answers become a party: of one page, or of each row of a group. `map`: attribute -> field key."""

    role: str
    kind: str
    map: tuple[tuple[str, str], ...]
    page: str = ""
    group: str = ""
    visible_if: Condition | None = None

    def source(self, attribute: str) -> str:
        return dict(self.map).get(attribute, "")


@dataclass(frozen=True)
class FormSchema:
    """All pages, checks and parties of one published form."""

    pages: tuple[Page, ...]
    checks: tuple[Check, ...] = ()
    parties: tuple[PartyMap, ...] = ()

    def fields(self) -> Iterator[Field]:
        """Top-level questions in the order they are asked."""
        for page in self.pages:
            yield from page.fields

    def get_page(self, key: str) -> Page:
        """Raises KeyError for an unknown page."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields()}

    @cached_property
    def types(self) -> dict[str, str]:
        """Type name by top-level key, with the reserved key of the case."""
        return {CASE: "choice"} | {field.key: field.type for field in self.fields()}


def row_types(group: Field) -> dict[str, str]:
    """Type name by key inside a group's row."""
    return {field.key: field.type for field in group.fields}
