"""Which questions a condition may ask about at some place: those before it, and the case of the procedure."""

from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import Document
from procedures.building.spots import Spot
from procedures.formschema.definition import CASE, Field, FormSchema, Option
from procedures.texts import EMPTY, Text

_NEVER_ASKED = ("file", "note")
Known = tuple[Field, ...]


def case_question(document: Document) -> Field | None:
    """The choice of the case as a question, where there is a choice."""
    cases = document.get("cases")
    options = tuple(
        Option(str(case.get("key", "")), _text(case.get("label")))
        for case in cases or ()
        if isinstance(case, dict)
    )
    if not options:
        return None
    return Field(CASE, "choice", Text(_("Trường hợp của thủ tục")), options=options)


def list_known(document: Document, schema: FormSchema, spot: Spot | None) -> Known:
    """Known to the part at the spot; None: to what stands behind all questions."""
    case = case_question(document)
    found = [case] if case else []
    for page in schema.pages:
        if spot is not None and spot.kind == "page" and spot.key == page.key:
            break
        for field in page.fields:
            if spot is not None and spot.kind == "field":
                if not spot.group and field.key == spot.key:
                    return _asked(found)
                if spot.group == field.key:
                    return inside(_asked(found), field, spot.key)
            found.append(field)
    return _asked(found)


def list_known_after(document: Document, schema: FormSchema, spot: Spot) -> Known:
    """Known to a new question that is put behind the one at the spot, or at the end of a page."""
    if spot.kind == "page":
        pages = [page.key for page in schema.pages]
        last = schema.get_page(spot.key).fields[-1] if spot.key in pages else None
        spot = Spot("field", last.key) if last else spot
    before = list_known(document, schema, spot)
    column = next((field for field in schema.fields() if field.key == spot.group), None)
    parts = column.fields if column else tuple(schema.fields())
    return before + _asked([field for field in parts if field.key == spot.key])


def inside(known: Known, group: Field, until: str = "") -> Known:
    """What a row knows: what is known outside, but for keys the row has itself, and its own earlier questions."""
    own: list[Field] = []
    for column in group.fields:
        if column.key == until:
            break
        own.append(column)
    hidden = {column.key for column in group.fields}
    return tuple(field for field in known if field.key not in hidden) + _asked(own)


def _asked(fields: list[Field]) -> Known:
    return tuple(field for field in fields if field.type not in _NEVER_ASKED)


def _text(value: Any) -> Text:
    vi = value.get("vi") if isinstance(value, dict) else None
    return Text(vi) if isinstance(vi, str) else EMPTY
