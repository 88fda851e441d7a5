"""What was typed on a section's page, put into a copy of the document it was typed over."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from procedures.editing.charges import act_on_fees, write_fees
from procedures.editing.fields import Posted
from procedures.editing.guiding import write_condition
from procedures.editing.layout import LAYOUT, Custom, Group
from procedures.editing.levels import write_level
from procedures.editing.limits import write_limits
from procedures.editing.performers import write_performers
from procedures.editing.rows import Done, Rows, Used, act, anchor_of, read_rows, write_rows, write_specs

Document = dict[str, Any]
_CUSTOM: Mapping[str, Callable[[Document, Posted], None]] = {
    "limits": write_limits,
    "level": write_level,
    "performed_by": write_performers,
}


def apply_typed(section: str, document: Document, posted: Posted, used: Used) -> Document:
    """A new document with the section as it was typed; the given one is left alone.

    `used`: keys of a list that this procedure ever had, so that no new part gets one of them.
    """
    changed = copy.deepcopy(document)
    for block in LAYOUT.get(section, ()):
        if isinstance(block, Group):
            write_specs(block.specs, changed, "", posted)
        elif isinstance(block, Rows):
            write_rows(block, changed, posted, used)
            _write_conditions(block, changed, posted)
        elif isinstance(block, Custom) and block.name == "fees":
            write_fees(changed, posted, used)
        else:
            _CUSTOM[block.name](changed, posted)
    return _tidy(changed)


def _write_conditions(rows: Rows, document: Document, posted: Posted) -> None:
    for spec in rows.specs:
        if spec.kind == "condition":
            for index, part in enumerate(read_rows(rows, document)):
                if isinstance(part, dict):
                    write_condition(document, rows.name, index, part, spec.name, posted)


def _tidy(document: Document) -> Document:
    """A guide without anything in it is none: then it follows from cases and conditions."""
    guide = document.get("guide")
    if isinstance(guide, dict) and guide and not any(guide.values()):
        del document["guide"]
    return document


def press(section: str, document: Document, button: str, used: Used) -> Done | None:
    """Does what a button of a row says ("up:requirements:3") to the document itself; None: nothing to do."""
    action, _colon, rest = button.partition(":")
    name, _colon, number = rest.partition(":")
    index = int(number) if number.isdecimal() else -1
    if name == "fees" and section == "fees":
        return act_on_fees(document, action, index, used)
    rows = next(
        (block for block in LAYOUT.get(section, ()) if isinstance(block, Rows) and block.name == name), None
    )
    done = act(rows, document, action, index) if rows else None
    _tidy(document)
    return done


def find_changed_row(section: str, old: Document, new: Document) -> str:
    """The id of the first row that says something else now: where the editor was; empty where none does."""
    for block in LAYOUT.get(section, ()):
        if isinstance(block, Rows):
            pairs = zip(read_rows(block, old), read_rows(block, new), strict=False)
            for index, (was, now) in enumerate(pairs):
                if was != now:
                    return anchor_of(block.name, index)
    return ""
