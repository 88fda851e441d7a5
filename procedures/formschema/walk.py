"""Which pages and questions are shown. Each depends only on those before it, so one pass settles all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.core.clock import today
from procedures.formschema.conditions import evaluate
from procedures.formschema.definition import CASE, Condition, Field, FormSchema, Page, row_types


class Walk:
    """Goes through a form from first to last question and remembers the answers that count so far."""

    def __init__(self, form: FormSchema, *, on: date | None = None, case: str = "") -> None:
        self.form = form
        self.on = on or today()
        self.values: dict[str, Any] = {CASE: case}

    def sees(self, part: Page | Field) -> bool:
        """Whether the page, or a top-level question of a visible page, is shown."""
        return self.holds(part.visible_if)

    def sees_in_row(self, group: Field, column: Field, row: Mapping[str, Any]) -> bool:
        """`row`: the answers of the row that count so far."""
        return self.holds(column.visible_if, group, row)

    def holds(
        self, condition: Condition | None, group: Field | None = None, row: Mapping[str, Any] | None = None
    ) -> bool:
        types = row_types(group) if group else None
        return evaluate(condition, self.values, self.form.types, on=self.on, row=row, row_types=types)

    def take(self, field: Field, value: Any) -> None:
        """The answer counts from here on."""
        if value is not None:
            self.values[field.key] = value


def visible_pages(
    form: FormSchema, answers: Mapping[str, Any], *, on: date | None = None, case: str = ""
) -> tuple[Page, ...]:
    """The pages that these answers lead to, in order. `on`: the day ages are counted at, today by default."""
    walk = Walk(form, on=on, case=case)
    return tuple(page for page in form.pages if _pass(walk, page, answers))


def visible_answers(
    form: FormSchema, answers: Mapping[str, Any], *, on: date | None = None, case: str = ""
) -> dict[str, Any]:
    """The answers that count, as they are: those to hidden questions are left out, nothing is cleaned."""
    walk = Walk(form, on=on, case=case)
    for page in form.pages:
        _pass(walk, page, answers)
    return {key: value for key, value in walk.values.items() if key != CASE}


def _pass(walk: Walk, page: Page, answers: Mapping[str, Any]) -> bool:
    if not walk.sees(page):
        return False
    for field in page.fields:
        if walk.sees(field):
            value = answers.get(field.key)
            walk.take(field, _rows(walk, field, value) if field.type == "group" else value)
    return True


def _rows(walk: Walk, group: Field, rows: object) -> list[dict[str, Any]] | None:
    kept: list[dict[str, Any]] = []
    for row in rows if isinstance(rows, list) else []:
        seen: dict[str, Any] = {}
        for column in group.fields if isinstance(row, dict) else ():
            if column.key in row and walk.sees_in_row(group, column, seen):
                seen[column.key] = row[column.key]
        kept.append(seen)
    return kept or None
