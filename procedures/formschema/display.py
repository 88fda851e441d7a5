"""Answers as people read them back: the page "check answers", the dossier, and the printed form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from procedures.formschema.definition import Field, FormSchema, Page
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Input
from procedures.formschema.walk import Walk


@dataclass(frozen=True)
class DisplayRow:
    """`value` is "" when a visible question was not answered. `group`: "Người thứ 1" for a row of a group.

    `path` is the answer's address ("members.0.full_name"), `anchor` the id of its first control on the page,
    `official` the name it has on the legal form, `printed` how it stands there.
    """

    label: str
    value: str
    path: str
    anchor: str
    group: str = ""
    official: str = ""
    printed: str = ""


@dataclass(frozen=True)
class DisplayPage:
    key: str
    title: str
    rows: tuple[DisplayRow, ...]


def display_rows(
    form: FormSchema, answers: Mapping[str, Any], *, on: date | None = None, case: str = ""
) -> list[DisplayPage]:
    """Visible pages with their visible questions, answered or not; files and notes are left out.

    Reads stored answers as they are: values from older lists and rules are shown, never refused.
    `on`: the day of filing for a filed dossier.
    """
    walk, pages = Walk(form, on=on, case=case), []
    for page in form.pages:
        if walk.sees(page):
            rows = tuple(_page_rows(walk, page, answers))
            pages.append(DisplayPage(page.key, str(page.title), rows))
    return pages


def _page_rows(walk: Walk, page: Page, answers: Mapping[str, Any]) -> Iterator[DisplayRow]:
    for field in page.fields:
        if not walk.sees(field) or not field_types.get(field.type).is_answer:
            continue
        value = answers.get(field.key)
        if field.type == "group":
            yield from _group_rows(walk, field, value if isinstance(value, list) else [])
        else:
            yield build_row(field, value, field.key)
        walk.take(field, value)


def _group_rows(walk: Walk, group: Field, rows: list[Any]) -> Iterator[DisplayRow]:
    if not rows:
        yield DisplayRow(
            str(group.label), "", group.key, f"id_group-{group.key}", official=str(group.official)
        )
    for n, row in enumerate(rows):
        seen: dict[str, Any] = {}
        for column in group.fields if isinstance(row, dict) else ():
            if not walk.sees_in_row(group, column, seen) or not field_types.get(column.type).is_answer:
                continue
            seen[column.key] = row.get(column.key)
            yield build_row(column, row.get(column.key), f"{group.key}.{n}.{column.key}", row_title(group, n))


def build_row(field: Field, value: Any, path: str, group: str = "") -> DisplayRow:
    """One question and its answer."""
    kind = field_types.get(field.type)
    return DisplayRow(
        label=str(field.label),
        value=kind.display(value, field),
        path=path,
        anchor=control_id(path, kind.first(field)),
        group=group,
        official=str(field.official),
        printed=kind.print_text(value, field),
    )


def row_title(group: Field, n: int) -> str:
    """ "Người thứ 1", by the group's own words or plainly."""
    if group.row_label:
        return str(group.row_label).replace("{n}", str(n + 1))
    return _("%(label)s, mục %(n)d") % {"label": group.label, "n": n + 1}


def control_id(path: str, item: Input) -> str:
    """The id of a control: "members.0.home" and its province -> "id_members-0-home-province"; of radios and
    checks the first."""
    name = "-".join([*path.split("."), *([item.part] if item.part else [])])
    return f"id_{name}_0" if item.widget in ("radios", "checks") else f"id_{name}"
