"""Answers of a question of the guided check, one a line; each keeps the value that conditions compare with."""

from typing import Any

from procedures.editing.keys import make_key
from procedures.editing.places import MISSING


def show_options(raw: object) -> list[str]:
    """The answers of a question, one a line."""
    rows = raw if isinstance(raw, list) else []
    return ["\n".join(_label(row) for row in rows if isinstance(row, dict))]


def write_options(raw: object, typed: str) -> Any:
    """Answers keep their value: a line that stayed is the same answer; as many lines as before are renamed in place."""
    old = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
    lines = list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in typed.split("\n")))))
    by_label = {_label(row): row for row in old}
    if len(lines) == len(old) and not set(lines) >= set(by_label):
        by_label |= {
            line: _rename(row, line) for line, row in zip(lines, old, strict=True) if line not in by_label
        }
    used = {str(row.get("value")) for row in old}
    found = []
    for line in lines:
        row = by_label.get(line)
        if row is None:
            value = make_key(line, used, otherwise="y")
            used.add(value)
            row = {"value": value, "label": {"vi": line}}
        found.append(row)
    return found or MISSING


def _rename(row: dict[str, Any], label: str) -> dict[str, Any]:
    old = row.get("label")
    return {**row, "label": {**(old if isinstance(old, dict) else {}), "vi": label}}


def _label(row: dict[str, Any]) -> str:
    label = row.get("label")
    words = label.get("vi") if isinstance(label, dict) else ""
    return words if isinstance(words, str) else ""
