"""What a posted page says: raw answers by key, and which of its buttons was pressed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procedures.formschema.definition import Field, Page
from procedures.formschema.types import field_types

SHOWN = "shown"
"""Hidden inputs of this name tell which conditional questions were on the screen."""
Posted = Mapping[str, Any]


@dataclass(frozen=True)
class Command:
    """A button other than "save": it keeps what is typed and changes the page.

    `kind`: group_add, group_remove, province, file_upload or file_remove. `key`: group, name of the address,
    requirement, or id of the attachment. `row`: of group_remove, from 0. `anchor`: where the page goes on.
    """

    kind: str
    key: str
    row: int = 0
    anchor: str = ""


def find_command(page: Page, data: Posted) -> Command | None:
    """The button that was pressed, None for "save". Buttons of other pages are not known."""
    for field in page.fields:
        if field.type == "group":
            if f"group-{field.key}-add" in data:
                return Command("group_add", field.key, count_rows(field, data), f"id_group-{field.key}-end")
            for row in range(count_rows(field, data)):
                if f"group-{field.key}-remove-{row}" in data:
                    return Command("group_remove", field.key, row, f"id_group-{field.key}")
        if field.type == "file" and f"file-upload-{field.requirement}" in data:
            return Command("file_upload", field.requirement, anchor=f"id_file-{field.requirement}")
    for name in data:
        province = re.fullmatch(r"address-([a-z0-9_-]+)-province", name)
        if province:
            return Command("province", province.group(1), anchor=f"id_{province.group(1)}-commune")
        if name.startswith("file-remove-"):
            return Command("file_remove", name.removeprefix("file-remove-"))
    return None


def read_page(page: Page, data: Posted, before: Mapping[str, Any]) -> dict[str, Any]:
    """Raw answers of the page. A conditional question that was not on the screen keeps what it had."""
    shown = set(read_list(data, SHOWN))
    raw: dict[str, Any] = {}
    for field in page.fields:
        if not field_types.get(field.type).is_answer:
            continue
        if field.visible_if is not None and field.key not in shown:
            raw[field.key] = before.get(field.key)
        elif field.type == "group":
            raw[field.key] = _read_rows(field, data, before.get(field.key), shown)
        else:
            raw[field.key] = read_question(field, field.key, data)
    return raw


def read_question(field: Field, name: str, data: Posted) -> Any:
    """Raw answer of one question; `name` is the name of its controls."""
    inputs = field_types.get(field.type).inputs(field, {})
    if len(inputs) == 1 and not inputs[0].part:
        if inputs[0].widget == "checks":
            return read_list(data, name)
        return data.get(name, "")
    return {item.part: data.get(f"{name}-{item.part}", "") for item in inputs}


def count_rows(group: Field, data: Posted) -> int:
    """How many rows were on the screen; never more than a group may have."""
    text = str(data.get(f"{group.key}-rows", ""))
    count = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0  # noqa: PLR2004  up to 99
    return min(count, int(group.max or 0))


def pad_rows(page: Page, raw: dict[str, Any]) -> None:
    """Opens the rows that a group has at least, so that there is something to fill in."""
    for field in page.fields:
        if field.type == "group":
            rows = raw.get(field.key)
            rows = [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []
            raw[field.key] = rows + [{}] * max(0, int(field.min or 0) - len(rows))


def apply_command(command: Command | None, page: Page, raw: dict[str, Any]) -> None:
    """Adds or takes away the row that the button asks for."""
    if command is None or command.kind not in ("group_add", "group_remove"):
        return
    group = next(field for field in page.fields if field.key == command.key)
    rows = raw.get(group.key) or []
    if command.kind == "group_remove":
        rows = [row for n, row in enumerate(rows) if n != command.row]
    elif len(rows) < int(group.max or 0):
        rows = [*rows, {}]
    raw[group.key] = rows


def read_list(data: Posted, name: str) -> list[str]:
    """All values of a name, from a QueryDict or a plain mapping."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name, [])
    return list(value) if isinstance(value, list | tuple) else [value]


def _read_rows(group: Field, data: Posted, before: object, shown: set[str]) -> list[dict[str, Any]]:
    earlier = before if isinstance(before, list) else []
    rows = []
    for n in range(count_rows(group, data)):
        old = earlier[n] if n < len(earlier) and isinstance(earlier[n], dict) else {}
        row: dict[str, Any] = {}
        for column in group.fields:
            name = f"{group.key}-{n}-{column.key}"
            if not field_types.get(column.type).is_answer:
                continue
            if column.visible_if is not None and name not in shown:
                row[column.key] = old.get(column.key)
            else:
                row[column.key] = read_question(column, name, data)
        rows.append(row)
    return rows
