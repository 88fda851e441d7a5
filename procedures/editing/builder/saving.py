"""One operation from the browser into the draft."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.core.errors import NotFound
from procedures import services
from procedures.building.checking import refuse_broken
from procedures.building.forms import Document, Outcome, refuse
from procedures.building.inserting import insert_block, take_fields
from procedures.building.operations import apply_operation
from procedures.building.spots import read_spot
from procedures.building.typed import Typed, many, one
from procedures.editing.builder.reads import access_block
from procedures.editing.reads import Desk
from procedures.services.drafts import start_draft

_LISTS = ("papers", "fields", "spots")
_SUMMARY_LENGTH = 200


def read_typed(data: QueryDict) -> dict[str, Any]:
    """Each control with its text; a list where several values may be picked."""
    return {
        name: values if name in _LISTS or name.endswith("-value") else values[-1]
        for name, values in data.lists()
        if values
    }


def save_operation(actor: Actor, desk: Desk, typed: Typed) -> str:
    """Applies what was asked to the draft, begins one where there is none, and returns the spot to go on at.

    Raises RuleViolation, StillUsed and Conflict; then nothing was changed.
    """
    document = desk.read_document()
    outcome = apply_typed(document, typed)
    if outcome.document == document:
        return outcome.spot
    row_version = desk.row_version or start_draft(actor, desk.code).row_version
    services.save_draft(
        actor,
        desk.code,
        content=outcome.document,
        row_version=row_version,
        summary=outcome.summary[:_SUMMARY_LENGTH],
    )
    return outcome.spot


def keep_block(actor: Actor, desk: Desk, typed: Typed) -> str:
    """Keeps the ticked questions as a block for other procedures; returns its name. Raises RuleViolation."""
    fields = take_fields(desk.read_document(), many(typed, "spots"))
    block = services.add_block(actor, name=one(typed, "name"), hint=one(typed, "block_hint"), fields=fields)
    return str(block.name["vi"])


def apply_typed(document: Document, typed: Typed) -> Outcome:
    """The outcome of what was asked, not yet stored. Raises RuleViolation."""
    if one(typed, "op") != "insert_block":
        return apply_operation(one(typed, "op"), document, typed)
    after = read_spot(one(typed, "at"))
    if after is None or after.kind not in ("page", "field"):
        raise refuse(_("Chọn trong danh sách chỗ để chèn: một trang hoặc một câu hỏi."))
    if not one(typed, "block"):
        raise refuse(_("Chọn một khối."), "block")
    try:
        block = access_block(one(typed, "block"))
    except NotFound as gone:
        raise refuse(_("Khối này không còn. Hãy chọn khối khác."), "block") from gone
    outcome = insert_block(document, block.name, block.fields, after)
    refuse_broken(document, outcome.document)
    return outcome
