"""Blocks: questions that many procedures ask alike. Inserting copies them, with keys of their own."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from procedures.building.forms import Document, Form, Outcome, Part, refuse, short
from procedures.building.moving import new_keys
from procedures.building.references import list_keys
from procedures.building.spots import Spot, read_spot
from procedures.building.types import NOT_IN_GROUPS

SHIPPED_DIR = Path(__file__).parent / "blocks"


def insert_block(document: Document, name: str, fields: list[Part], after: Spot) -> Outcome:
    """Copies the questions of a block behind a question, or to the end of a page. Raises RuleViolation."""
    form = Form.open(document)
    copies = copy.deepcopy(fields)
    if after.group:
        copies = [_as_column(field) for field in copies]
    place = form.place(after)
    new_keys(form, copies)
    if after.kind == "page":
        place.item["fields"].extend(copies)
    else:
        place.items[place.index + 1 : place.index + 1] = copies
    spot = Spot("field", copies[0]["key"], after.group)
    return Outcome(form.close(), str(spot), _("Chèn khối “%(name)s”") % {"name": short(name)})


def take_fields(document: Document, spots: list[str]) -> list[Part]:
    """Copies of the questions at these spots, to be kept as a block; conditions on other questions fall away.

    Raises RuleViolation when none is named, or one cannot be reused.
    """
    form = Form.open(document)
    found: list[Part] = []
    for spot in filter(None, map(read_spot, spots)):
        item = form.place(spot).item
        found += item["fields"] if spot.kind == "page" else [item]
    found = [field for field in found if field["type"] != "file"]
    if not found:
        raise refuse(
            _("Chọn ít nhất một câu hỏi. Ô tệp gắn với giấy tờ của thủ tục nên không vào khối."), "spots"
        )
    own = {part["key"] for field in found for part in (field, *field.get("fields", ()))}
    for field in found:
        for part in (field, *field.get("fields", ())):
            if not own.issuperset(list_keys(part.get("visible_if") or {})):
                del part["visible_if"]
    return found


def read_shipped() -> Iterator[Part]:
    """The blocks the product brings along: key, name, hint and fields."""
    for path in sorted(SHIPPED_DIR.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _as_column(field: Part) -> Part:
    if field["type"] in NOT_IN_GROUPS:
        raise refuse(_("Khối này có nhóm lặp lại, nên không đặt được trong một nhóm khác."))
    return {name: value for name, value in field.items() if name != "prefill"}
