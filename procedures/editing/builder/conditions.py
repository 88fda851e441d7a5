"""Conditions as a table of selects and inputs; the guide's section of the editor uses the same piece.

To show one: `build_editor(show_condition(condition, known), known, …)` for
templates/catalogue/builder/condition.html. To read one back: `build_condition(read_rows(typed), known)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from procedures.building.conditions import (
    MOST_ROWS,
    OTHER,
    SEVERAL,
    Row,
    Rows,
    build_condition,
    list_comparable,
    list_ops,
    list_values,
    read_rows,
    show_condition,
)
from procedures.formschema.condition_parsing import AGE, PRESENT
from procedures.formschema.conditions import get_kind
from procedures.formschema.definition import Field

__all__ = ["ConditionEditor", "Rows", "build_condition", "build_editor", "read_rows", "show_condition"]
Errors = Mapping[str, Sequence[str]]
Options = list[tuple[str, str]]
_MOST_TICKS = 12


@dataclass(frozen=True)
class RowEditor:
    """One row. `control`: none, select, ticks, lines or line: how its value is given."""

    name: str
    row: Row
    fields: Options
    ops: Options = field(default_factory=list)
    control: str = "none"
    values: tuple[str, ...] = ()
    choices: Options = field(default_factory=list)
    hint: str = ""
    error: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def text(self) -> str:
        return "\n".join(self.values)


@dataclass(frozen=True)
class NestEditor:
    number: str
    mode: str
    rows: tuple[RowEditor, ...]


@dataclass(frozen=True)
class ConditionEditor:
    """For the template. `href`: where a changed row is posted to be drawn anew, "" when nothing answers there."""

    name: str
    legend: str
    mode: str
    rows: tuple[RowEditor, ...]
    nests: tuple[NestEditor, ...]
    count: int
    href: str
    is_open: bool

    @property
    def has_mode(self) -> bool:
        """Whether it matters how the rows are joined."""
        return len(self.rows) + len(self.nests) > 2  # noqa: PLR2004  one row, and the empty one behind it


def build_editor(
    rows: Rows,
    known: Sequence[Field],
    *,
    legend: str = "",
    blank: str = "",
    name: str = "if",
    href: str = "",
    errors: Errors | None = None,
    add_nest: bool = False,
) -> ConditionEditor:
    """The rows with one more for the next comparison, in every inner set too.

    `known`: questions that may be asked about. `blank`: words of the choice that asks about nothing.
    """
    blank = blank or _("(không có điều kiện)")
    numbers = list(rows.nests) + ([_next(rows)] if add_nest else [])
    drawn = {
        nest: [
            _draw(row, known, f"{name}-{n}", _("(bỏ so sánh này)"), errors or {})
            for n, row in enumerate(rows.rows)
            if (row.nest if row.nest in rows.nests else "") == nest
        ]
        for nest in ("", *numbers)
    }
    count = len(rows.rows)
    for nest, group in drawn.items():
        if count < MOST_ROWS:
            words = _("(thêm so sánh)") if group or nest else blank
            group.append(_draw(Row(nest=nest), known, f"{name}-{count}", words, errors or {}))
            count += 1
    nests = tuple(
        NestEditor(number, rows.nests.get(number, "any"), tuple(drawn[number])) for number in numbers
    )
    is_open = bool(rows.rows or add_nest)
    return ConditionEditor(
        name, legend or _("Chỉ hỏi khi"), rows.mode, tuple(drawn[""]), nests, count, href, is_open
    )


def _next(rows: Rows) -> str:
    numbers = [int(number) for number in rows.nests if number.isascii() and number.isdigit()]
    return str(max(numbers, default=0) + 1)


def _draw(row: Row, known: Sequence[Field], name: str, blank: str, errors: Errors) -> RowEditor:
    fields = [("", blank), *((question.key, str(question.label)) for question in known)]
    error = " ".join(line for part in ("field", "op", "value") for line in errors.get(f"{name}-{part}", ()))
    question = next((question for question in known if question.key == row.field), None)
    if question is None:
        return RowEditor(name, Row(nest=row.nest), fields, error=error)
    ops = list_ops(question)
    op = row.op if row.op in dict(ops) else ops[0][0]
    control, choices, hint = _control(question, op, known)
    allowed = {value for value, _label in choices}
    values = tuple(value for value in row.values if value in allowed) if choices else row.values
    return RowEditor(
        name, Row(row.field, op, values, row.nest), fields, ops, control, values, choices, hint, error
    )


def _control(question: Field, op: str, known: Sequence[Field]) -> tuple[str, Options, str]:
    if op in PRESENT:
        return "none", [], ""
    if op.endswith(OTHER):
        others = [(other.key, str(other.label)) for other in list_comparable(question, known)]
        return "select", [("", _("Chọn câu hỏi")), *others], ""
    choices = list_values(question)
    if choices and op in SEVERAL:
        return ("ticks" if len(choices) <= _MOST_TICKS else "several"), choices, ""
    if choices:
        return "select", [("", _("Chọn giá trị")), *choices], ""
    if op in SEVERAL:
        return "lines", [], _("Mỗi dòng một giá trị")
    kind = "age" if op in AGE else get_kind(question.type)
    hints = {"date": _("Ví dụ: 15/8/1990"), "age": _("Số tuổi, ví dụ 18"), "time": _("Ví dụ: 7:30")}
    return "line", [], hints.get(kind, "")
