"""Which questions of one page are shown for the answers it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from procedures.formschema.answers import has_answer
from procedures.formschema.definition import Field, FormSchema, Page
from procedures.formschema.types import field_types
from procedures.formschema.walk import Walk, visible_answers


@dataclass(frozen=True)
class PageVisibility:
    """`hidden`: names of hidden questions. `values`: answers that count.

    `conditional`: path and label of visible, unanswered questions that have a condition.
    `control_names`: path of a question -> name of what its errors stand at.
    """

    hidden: frozenset[str]
    conditional: tuple[tuple[str, str], ...]
    values: Mapping[str, Any]
    control_names: Mapping[str, str]


def see_page(
    form: FormSchema, page: Page, answers: Mapping[str, Any], *, on: date, case: str
) -> PageVisibility:
    """`answers`: canonical, or as typed where they are not yet right; those count as unanswered."""
    before = replace(form, pages=form.pages[: form.pages.index(page)])
    walk = Walk(form, on=on, case=case)
    walk.values.update(visible_answers(before, answers, on=on, case=case))
    seen = _Seen(walk)
    for question in page.fields:
        seen.look(question, answers.get(question.key))
    return PageVisibility(frozenset(seen.hidden), tuple(seen.conditional), walk.values, seen.control_names)


class _Seen:
    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.hidden: set[str] = set()
        self.conditional: list[tuple[str, str]] = []
        self.control_names: dict[str, str] = {}

    def look(self, question: Field, value: Any) -> None:
        visible = self.walk.sees(question)
        self._note(question, question.key, value, visible=visible)
        if question.type == "group":
            self.control_names[question.key] = f"group-{question.key}"
            for n, row in enumerate(value if isinstance(value, list) else []):
                self._look_at_row(question, n, row if isinstance(row, dict) else {}, visible=visible)
        if question.type == "file":
            self.control_names[question.key] = f"file-{question.requirement}"
        if visible:
            self.walk.take(question, value)

    def _look_at_row(self, group: Field, n: int, row: Mapping[str, Any], *, visible: bool) -> None:
        counted: dict[str, Any] = {}
        for column in group.fields:
            name, value = f"{group.key}.{n}.{column.key}", row.get(column.key)
            seen = visible and self.walk.sees_in_row(group, column, counted)
            self._note(column, name, value, visible=seen)
            if seen:
                counted[column.key] = value

    def _note(self, question: Field, path: str, value: Any, *, visible: bool) -> None:
        name = path.replace(".", "-")
        if not visible:
            self.hidden.add(name)
        kind = field_types.get(question.type)
        asks = visible and question.visible_if is not None and question.type != "note"
        if asks and not _is_answered(question, value):
            self.conditional.append((path, str(question.label)))
        part = kind.first(question).part
        if part:
            self.control_names[path] = f"{name}-{part}"


def _is_answered(question: Field, value: Any) -> bool:
    if question.type == "group":
        return any(has_answer(question, row) for row in value or () if isinstance(row, dict))
    return value not in (None, "", [], {})
