"""Turns the questions of a page into controls and blocks, with what they hold now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.formschema.conditions import dump_condition
from procedures.formschema.controls import Control, Look, Place, build_attributes, build_control, is_short
from procedures.formschema.definition import Condition, Field, Page
from procedures.formschema.display import row_title
from procedures.formschema.page_layout import (
    Block,
    Composite,
    Files,
    FileView,
    Frame,
    Group,
    GroupRow,
    Note,
    Single,
)
from procedures.formschema.prefill import PrefillValue, find_offer
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Input


@dataclass
class PageBuilder:
    """Gathers controls, their values and the layout.

    `hidden`: names of questions that are not shown now. `order`: names that errors may stand at, as drawn.
    `places`: the row and the composite question a control is in, for the error summary.
    """

    raw: Mapping[str, Any]
    hidden: frozenset[str]
    prefill: Mapping[str, PrefillValue]
    files: Mapping[str, Sequence[FileView]]
    warnings: Mapping[str, list[str]]
    file_hint: str
    max_file_bytes: int
    controls: dict[str, Control] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def build(self, page: Page) -> list[Block]:
        return [self._block(question) for question in page.fields]

    def _block(self, question: Field) -> Block:
        frame = self._frame(question, question.key)
        if question.type == "group":
            self.order.append(f"group-{question.key}")
            return self._group(question, replace(frame, id=f"id_group-{question.key}"))
        if question.type == "file":
            self.order.append(f"file-{question.requirement}")
            return self._files(question, replace(frame, id=f"id_file-{question.requirement}"))
        if question.type == "note":
            return Note(frame)
        return self._question(question, question.key, self.raw.get(question.key), frame)

    def _files(self, question: Field, frame: Frame) -> Files:
        hint = " ".join(part for part in (frame.hint, self.file_hint) if part)
        files = self.files.get(question.requirement, ())
        return Files(replace(frame, hint=hint), question.requirement, self.max_file_bytes, files)

    def _group(self, group: Field, frame: Frame) -> Group:
        rows = self.raw.get(group.key) or []
        removable = len(rows) > int(group.min or 0)
        drawn = tuple(self._row(group, n, row, removable=removable) for n, row in enumerate(rows))
        add = f"group-{group.key}-add" if len(rows) < int(group.max or 0) else ""
        return Group(frame, group.key, drawn, add, str(group.add_label) or _("Thêm"))

    def _row(self, group: Field, n: int, row: Mapping[str, Any], *, removable: bool) -> GroupRow:
        name, title = f"{group.key}-{n}", row_title(group, n)
        blocks = tuple(
            self._question(column, f"{name}-{column.key}", row.get(column.key), row=title)
            if column.type != "note"
            else Note(self._frame(column, f"{name}-{column.key}"))
            for column in group.fields
        )
        remove = f"group-{group.key}-remove-{n}" if removable else ""
        return GroupRow(title, name, remove, blocks)

    def _question(
        self, question: Field, name: str, value: Any, frame: Frame | None = None, *, row: str = ""
    ) -> Block:
        kind = field_types.get(question.type)
        frame = frame or self._frame(question, name)
        shown = kind.show(value, question)
        inputs = kind.inputs(question, shown)
        names = [f"{name}-{item.part}" if item.part else name for item in inputs]
        for control, item in zip(names, inputs, strict=True):
            place = self._place(question, item, control, name, frame)
            self.order.append(control)
            inside = [row, str(question.label) if item.part else ""]
            self.places[control] = ", ".join(part for part in inside if part)
            self.controls[control] = build_control(item, place)
            held = shown.get(item.part, "")
            self.values[control] = bool(held) if item.widget == "tick" else held
        if len(inputs) == 1 and not inputs[0].part:
            return Single(name)
        return Composite(frame, tuple(Single(control) for control in names), bool(row))

    def _place(self, question: Field, item: Input, control: str, name: str, frame: Frame) -> Place:
        offered = find_offer(question, self.prefill)
        look = Look(
            is_hidden=frame.is_hidden,
            warnings=tuple(self.warnings.get(control, ())),
            in_row=is_short(item.choices),
        )
        locked = bool(frame.source and offered and offered.locked)
        if not item.part:
            look = replace(
                look, attributes=frame.attributes, marker=frame.marker, is_optional=frame.is_optional
            )
            look = replace(look, source=frame.source)
            return Place(control, str(question.label), frame.hint or item.hint, locked, look)
        first = f"id_{name}-{field_types.get(question.type).first(question).part}"
        with_values = json.dumps(item.shown_with) if item.shown_with else None
        look = replace(
            look,
            attributes=build_attributes(data_with=with_values, data_with_of=with_values and first),
            is_optional=question.required and not item.required,
            button=f"address-{name}-province"
            if item.part == "province" and question.precision != "province"
            else "",
        )
        return Place(control, item.label, item.hint, locked, look)

    def _frame(self, question: Field, name: str) -> Frame:
        condition = question.visible_if
        hidden = name in self.hidden
        optional = not question.required and field_types.get(question.type).is_answer
        return Frame(
            id=f"id_{name}",
            label=str(question.label),
            hint=str(question.hint),
            is_optional=optional or (question.type == "file" and not question.required),
            attributes=_attributes(question, condition, hidden),
            marker=name if condition is not None else "",
            is_hidden=hidden,
            source=self._source(question),
        )

    def _source(self, question: Field) -> str:
        """Where the value came from, as long as it still is what was offered."""
        offered = find_offer(question, self.prefill)
        if offered is None or self.raw.get(question.key) != offered.value:
            return ""
        return offered.source


def _attributes(question: Field, condition: Condition | None, hidden: bool) -> Any:
    return build_attributes(
        data_key=question.key,
        data_type=question.type,
        data_ahead=question.min == "today",
        data_decimals=question.decimals if question.type == "decimal" else None,
        data_visible_if=json.dumps(dump_condition(condition), ensure_ascii=False) if condition else None,
        hidden=hidden,
    )


def list_terms(conditions: Sequence[Condition | None]) -> Iterator[str]:
    """Keys that conditions ask about."""
    for condition in conditions:
        for term in condition.terms if condition else ():
            if isinstance(term, Condition):
                yield from list_terms([term])
            else:
                yield term.field
                if term.other:
                    yield term.other
